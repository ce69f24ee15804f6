"""A push service as Firefox has one: it keeps a line to each browser, and passes pushes on to it.

Written from what Mozilla documents: https://mozilla-services.github.io/autopush-rs/ (the browser's
side over a WebSocket) and RFC 8030 (the sender's).
"""

import json
import threading
import uuid
from contextlib import contextmanager

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from tests.channels.push_services import read_token, write
from tests.channels.servers import Response, http_server

HEADERS = {"encoding": "aes128gcm"}


class Autopush:
    """One push service, to which one browser has a line.

    Attributes:
        base: what its endpoints begin with.
        line_url: where browsers call.
        channels: the live subscriptions, each with the key of who alone may send to it.
        asked: the requests of senders.
        told: what the browser said.
        is_awake: while it is not, no browser gets a subscription.
    """

    def __init__(self):
        self.base = self.line_url = ""
        self.channels, self.asked, self.told = {}, [], []
        self.uaid, self.line = None, None
        self.is_awake = threading.Event()
        self.is_awake.set()

    def talk(self, line):
        """Answer a browser until it hangs up."""
        self.line = line
        try:
            for said in line:
                heard = json.loads(said)
                self.told.append(heard)
                answer = self.answer(heard)
                if answer is not None:
                    line.send(json.dumps(answer))
        except ConnectionClosed:
            pass

    def answer(self, heard):
        match heard:
            case {"messageType": "hello"}:
                if self.uaid is None or heard.get("uaid") != self.uaid:
                    self.uaid = uuid.uuid4().hex
                return {
                    "messageType": "hello",
                    "status": 200,
                    "uaid": self.uaid,
                    "use_webpush": True,
                }
            case {"messageType": "register", "channelID": channel}:
                self.is_awake.wait()
                self.channels[channel] = heard["key"]
                endpoint = f"{self.base}/wpush/v2/{channel}"
                return {
                    "messageType": "register", "status": 200, "channelID": channel,
                    "pushEndpoint": endpoint,
                }  # fmt: skip
            case {"messageType": "unregister", "channelID": channel}:
                self.channels.pop(channel, None)
                return {"messageType": "unregister", "status": 200, "channelID": channel}
            case {"messageType": "ping"} | {}:
                return {} if not heard else {"messageType": "ping"}
        return None

    def take(self, request):
        """Take a push of a sender."""
        self.asked.append(request)
        channel = request.path.rpartition("/")[2]
        claims, key = read_token(request.headers["authorization"])
        if channel not in self.channels:
            return Response(410)
        if claims["aud"] != self.base or key != self.channels[channel].rstrip("="):
            return Response(403)
        push = {
            "messageType": "notification", "channelID": channel, "version": uuid.uuid4().hex,
            "data": write(request.body), "headers": HEADERS, "ttl": int(request.headers["ttl"]),
        }  # fmt: skip
        self.line.send(json.dumps(push))
        return Response(201, b"", {"Location": "/m/1"})

    def codes(self):
        """What the browser said of each push that it took: 100 is "shown to its page's worker"."""
        acks = [one["updates"] for one in self.told if one["messageType"] == "ack"]
        return [update["code"] for updates in acks for update in updates]

    def forget(self):
        """Lose every subscription, as a service does that lost its data: the browser hears so next."""
        self.channels.clear()
        self.uaid = None
        self.line.close()


@contextmanager
def autopush(tls_context):
    """Run a push service."""
    service = Autopush()
    with (
        http_server(service.take, tls_context) as (base, _),
        serve(service.talk, "127.0.0.1", 0, close_timeout=0.1) as lines,
    ):
        service.base = base.replace("127.0.0.1", "localhost")
        threading.Thread(target=lines.serve_forever, daemon=True).start()
        service.line_url = f"ws://localhost:{lines.socket.getsockname()[1]}/"
        yield service
        lines.shutdown()
