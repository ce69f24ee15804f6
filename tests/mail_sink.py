"""An SMTP server that keeps what it is handed."""

from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header

from aiosmtpd.controller import Controller

from tests.processes import free_port


class Sink:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):
        message = message_from_bytes(envelope.content)
        subject = str(make_header(decode_header(message["Subject"])))
        self.letters.append((envelope.rcpt_tos[0], subject, message))
        return "250 OK"

    @property
    def subjects(self):
        return sorted((recipient, subject) for recipient, subject, _ in self.letters)


@contextmanager
def run_sink():
    sink = Sink()
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        sink.url = f"smtp://127.0.0.1:{port}"
        yield sink
    finally:
        controller.stop()
