"""Calls to make, and how to make them."""

import datetime
from base64 import b64encode
from datetime import UTC, timedelta
from uuid import uuid4

from channels.base import Call
from channels.webhook.guard import Guard
from channels.webhook.http import HttpWebhooks
from tests.channels.servers import Response

NOW = datetime.datetime.now(UTC)
SECRET = "whsec_" + b64encode(b"s" * 32).decode()


def call(url, **changed):
    base = {"method": "POST", "headers": (), "body": b'{"a": 1}', "secret": SECRET}
    base["timeout"] = timedelta(seconds=5)
    return Call(**{"id": uuid4(), "url": url, **base, **changed})


def send(*calls, now=NOW, **options):
    provider = HttpWebhooks(options.pop("guard", Guard("127.0.0.0/8")), **options)
    told = {}
    provider.send(calls, told.__setitem__, now=now)
    provider.close()
    assert sorted(told) == list(range(len(calls)))
    return [told[index] for index in range(len(calls))]


def answering(status, body=b"{}", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: Response(status, body, named)
