"""What stands in a tracking request: its body inflated, its calls listed."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from flask import Request

from channels.webhook import headers as webhook_headers
from engine.errors import TooMuch
from engine.events.incoming import HOPS, MOST_BYTES, MOST_ITEMS
from engine.events.json_body import BadItem, Unstorable
from server.errors import Malformed, WrongMediaType

MOST_AROUND: Final = 8_192
"""Bytes of the context around a batch: it is kept with each of its calls."""
_GZIP: Final = b"\x1f\x8b"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CHARSETS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_HOPS: Final = re.compile("[0-9]{1,4}")
_PLAIN: Final = frozenset({"writeKey", "userId", "anonymousId", "event", "name", "messageId"})
"""Parameters of the pixel's address that are the call's own; the others are properties."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of one request, as sent.

    Attributes:
        sent_at: when its sender's clock says that it was sent.
        context: of all of them.
    """

    items: list[Any]
    sent_at: Any = None
    context: Mapping[str, Any] = field(default_factory=dict)


def read_body(request: Request) -> bytes:
    """Return a request's body, inflated; judged by its content, since some libraries mislabel it.

    Raises:
        TooMuch: larger than a request may be, also once inflated.
        Malformed: broken gzip.
        WrongMediaType: a form with files, or another encoding than UTF-8.
    """
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if (request.mimetype or "").startswith("multipart/") or charset not in _CHARSETS:
        raise WrongMediaType("send JSON in UTF-8, gzipped or not")
    # One more than is taken: a body without a length is cut there, and must not look whole.
    request.max_content_length = MOST_BYTES + 1
    raw = request.get_data(cache=False)
    if len(raw) > MOST_BYTES:
        raise TooMuch(f"a request holds at most {MOST_BYTES:,} bytes")
    body = _inflate(raw) if raw.startswith(_GZIP) else raw
    if body.startswith(_UTF_16):
        raise WrongMediaType("send JSON in UTF-8, gzipped or not")
    return body


def list_calls(body: Any, *, is_single: bool) -> Calls:
    """Return the calls of a request.

    Raises:
        BadItem: the body is no object, or one that cannot be taken.
        TooMuch: more calls than a batch may hold, or a context too large to be kept with each.
    """
    if isinstance(body, Unstorable):
        raise body.refuse()
    if not isinstance(body, dict):
        raise BadItem("not_an_object", "the body is a JSON object")
    if is_single:
        return Calls([body])
    items = body.get("batch")
    if not isinstance(items, list):
        raise BadItem("no_batch", "batch is a list of calls")
    if len(items) > MOST_ITEMS:
        raise TooMuch(f"a batch holds at most {MOST_ITEMS} calls")
    return Calls(items, body.get("sentAt"), _read_context(body))


def read_pixel(request: Request) -> dict[str, Any]:
    """Return the call that the address of a pixel is."""
    given = {name: value for name, value in request.args.items() if value}
    call: dict[str, Any] = {name: value for name, value in given.items() if name in _PLAIN}
    call["properties"] = {name: value for name, value in given.items() if name not in _PLAIN}
    if request.referrer:
        call["context"] = {"page": {"url": request.referrer}}
    return call


def find_origin(request: Request) -> str | None:
    """Return the origin of the page that asks for a pixel, which names only where it stands."""
    if origin := request.headers.get("Origin"):
        return origin
    parts = urlsplit(request.referrer or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _inflate(raw: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        body = inflater.decompress(raw, MOST_BYTES + 1)
    except zlib.error:
        raise Malformed("the gzip data is broken") from None
    if len(body) > MOST_BYTES:
        raise TooMuch(f"a request holds at most {MOST_BYTES:,} bytes, inflated")
    if not inflater.eof or inflater.unused_data:
        raise Malformed("the gzip data ends too early, or goes on behind its end")
    return body


def _read_context(body: Mapping[str, Any]) -> Mapping[str, Any]:
    context = body.get("context")
    if not isinstance(context, dict):
        return {}
    try:
        size = len(orjson.dumps(context, default=str))
    except orjson.JSONEncodeError:
        raise BadItem("too_deep", "context: nested too deep") from None
    if size > MOST_AROUND:
        raise TooMuch(f"the context around a batch has at most {MOST_AROUND:,} bytes")
    return context


def note_hops(request: Request, calls: Calls) -> Calls:
    """Return the calls with what a webhook of ours says in its header: how often it came around."""
    told = request.headers.get(webhook_headers.HOPS, "")
    if not _HOPS.fullmatch(told):
        return calls
    return replace(calls, context={**calls.context, HOPS: int(told)})
