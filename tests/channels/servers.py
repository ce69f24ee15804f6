"""Servers on loopback that speak the protocols, well or badly, as a test wants."""

import json
import socket
import sys
import threading
from base64 import b64encode
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from aiosmtpd.controller import Controller
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

SMTP_GOOD = {
    "greeting": "220 hi",
    "EHLO": "250-x\r\n250-SIZE 1000000\r\n250 PIPELINING",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go",
    ".": "250 2.0.0 queued as 1",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


def free_port():
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return closed.getsockname()[1]


class ScriptedSmtp:
    """Answers by a table ``{(step, nth time): reply}``.

    A reply of None cuts the line, "slow" says a byte a moment, ("late", reply) takes half a second.
    """

    def __init__(self, script=None, *, pipelining=True):
        self.script, self.seen, self.messages, self.count = script or {}, [], [], {}
        self.connections = 0
        self.good = SMTP_GOOD if pipelining else {**SMTP_GOOD, "EHLO": "250 x"}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.stopped.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            with connection, suppress(OSError, EOFError):
                self.serve(connection)

    def serve(self, connection):
        stream = connection.makefile("rb")
        self.say(connection, "greeting")
        while line := stream.readline():
            step = line.split()[0].decode().upper()
            self.seen.append(line.decode().strip())
            if self.say(connection, step) == "354":
                self.messages.append(self.read_content(stream))
                self.say(connection, ".")
            if step == "QUIT":
                return

    def read_content(self, stream):
        if self.script.get("cut content", 0) > len(self.messages):
            stream.read(1000)
            raise EOFError
        content = b""
        while (line := stream.readline()) != b".\r\n":
            if not line:
                raise EOFError
            content += line
        return content

    def say(self, connection, step):
        number = self.count[step] = self.count.get(step, 0) + 1
        good = self.good.get(step, "500 what")
        reply = self.script.get((step, number), self.script.get((step, "all"), good))
        if reply is None:
            connection.shutdown(socket.SHUT_RDWR)
            raise EOFError
        if isinstance(reply, tuple):
            self.stopped.wait(0.5)
            reply = reply[1]
        if reply == "slow":
            while not self.stopped.wait(0.05):
                connection.sendall(b"2")
        connection.sendall(reply.encode() + b"\r\n")
        if reply.startswith("421"):
            raise EOFError
        return reply[:3]

    def close(self):
        self.stopped.set()
        self.listener.close()


class SmtpInbox:
    """What a real SMTP server kept; it refuses recipients whose name says so."""

    def __init__(self):
        self.envelopes = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("permanent"):
            return f"550 5.1.1 <{address}>: no such user"
        if address.startswith("temporary"):
            return "451 4.3.0 later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        return "250 2.0.0 kept"


@contextmanager
def smtp_server(inbox=None, **options):
    """A real SMTP server (aiosmtpd); yields its controller, whose `handler` is the inbox."""
    controller = Controller(
        inbox or SmtpInbox(),
        hostname=options.pop("hostname", "127.0.0.1"),
        port=free_port(),
        **options,
    )
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    client: tuple[str, int]

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Response:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def http_server(answer, tls_context=None, host="127.0.0.1"):
    """An HTTP server that answers by ``answer(request) -> Response``; yields (base, requests)."""
    requests, errors = [], []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, body, self.client_address)
            requests.append(request)
            response = answer(request)
            self.send_response(response.status)
            for name, value in {"Content-Type": "application/json", **response.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        def log_message(self, *_):
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def handle_error(self, *_):
            error = sys.exception()
            if not isinstance(error, OSError):  # a client may go away
                errors.append(error)

    server = Quiet((host, 0), Handler)
    if tls_context is not None:
        server.socket = tls_context.wrap_socket(server.socket, server_side=True)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    scheme = "http" if tls_context is None else "https"
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"{scheme}://{shown}:{server.server_port}", requests
    finally:
        server.shutdown()
        server.server_close()
        assert errors == []


@contextmanager
def raw_http_server(converse):
    """A server that reads a request and then does what it likes: ``converse(connection, stop)``."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop, requests = threading.Event(), []

    def serve(connection):
        with connection:
            try:
                stream = connection.makefile("rb")
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    head += stream.readline() or exit_thread()
                length = [x for x in head.lower().split(b"\r\n") if x.startswith(b"content-length")]
                stream.read(int(length[0].split(b":")[1]) if length else 0)
                requests.append(head)
                converse(connection, stop)
            except OSError:
                pass

    def run():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        stop.set()
        listener.close()


def exit_thread():
    raise OSError("the client went away")


def twilio(sid, token):
    """What Twilio answers, as its documentation shows it; the recipient says which case it is."""
    login = "Basic " + b64encode(f"{sid}:{token}".encode()).decode()

    def refuse(status, code, message):
        more = f"https://www.twilio.com/docs/errors/{code}"
        body = {"code": code, "message": message, "more_info": more, "status": status}
        return Response(status, json.dumps(body).encode())

    def answer(request):
        if request.headers.get("authorization") != login:
            return refuse(401, 20003, "Authenticate")
        if (request.method, request.path) != ("POST", f"/2010-04-01/Accounts/{sid}/Messages.json"):
            return refuse(404, 20404, "The requested resource was not found")
        form = request.form
        match form["To"][-3:]:
            case "211":
                return refuse(400, 21211, f"Invalid 'To' Phone Number: {form['To']}")
            case "610":
                return refuse(400, 21610, "Attempt to send to unsubscribed recipient")
            case "408":
                return refuse(403, 21408, "Permission to send an SMS has not been enabled")
            case "606":
                return refuse(400, 21606, f"The From phone number {form['From']} is not valid")
            case "601":
                return refuse(400, 21601, "Phone number is not a valid SMS-capable number")
            case "608":
                return refuse(400, 21608, "The number is unverified: a trial account")
            case "701":
                return refuse(404, 21701, "The Messaging Service does not exist")
            case "705":
                return refuse(400, 21705, "The Messaging Service is invalid")
            case "500":
                return refuse(500, 20500, "An internal server error has occurred")
            case "429":
                response = refuse(429, 20429, "Too Many Requests")
                response.headers["Retry-After"] = "7"
                return response
            case "503":
                return Response(503, b"<html>busy</html>", {"Content-Type": "text/html"})
        sender = form.get("From") or form.get("MessagingServiceSid")
        made = {
            "sid": "SM" + form["To"][1:].zfill(32),
            "status": "queued",
            "to": form["To"],
            "from": sender,
            "body": form["Body"],
            "error_code": None,
        }
        return Response(201, json.dumps(made).encode())

    return answer


def endpoint(secret):
    """A receiver that verifies as the reference library does; the path says what it answers."""

    def answer(request):
        try:
            Webhook(secret).verify(request.body, request.headers)
        except WebhookVerificationError:
            return Response(401, b'{"error": "signature"}')
        match request.path:
            case "/refused":
                return Response(400)
            case "/busy":
                return Response(503, b"{}", {"Retry-After": "7"})
        echo = {"path": request.path, "got": json.loads(request.body or b"null")}
        return Response(200, json.dumps(echo).encode())

    return answer
