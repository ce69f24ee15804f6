"""SMTP servers that keep what they are handed, or only who it was for and when."""

import asyncio
import threading
import time
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


class QuickSink:
    """Keeps who letters were for and when they came; costs so little that hundreds a second may."""

    def __init__(self):
        self.taken = []
        self.port = self.loop = self.ends = None
        self.is_open = threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    async def serve(self):
        self.loop, self.ends = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self.talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.is_open.set()
        await self.ends.wait()
        server.close()

    async def talk(self, reader, writer):
        recipient = ""
        writer.write(b"220 sink\r\n")
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    writer.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
                elif verb == b"DATA":
                    writer.write(b"354 go on\r\n")
                    await writer.drain()
                    await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append((recipient, time.monotonic()))
                    writer.write(b"250 2.0.0 taken\r\n")
                else:
                    if verb == b"RCPT":
                        recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                    writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            writer.close()


@contextmanager
def run_quick_sink():
    sink = QuickSink()
    thread = threading.Thread(target=lambda: asyncio.run(sink.serve()), daemon=True)
    thread.start()
    assert sink.is_open.wait(10)
    try:
        yield sink
    finally:
        sink.loop.call_soon_threadsafe(sink.ends.set)
        thread.join(10)
