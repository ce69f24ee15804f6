"""The tracking door: judges what came, stores it durably, then says so."""

import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from flask import Request

from engine.accounts.keys import KeyInfo
from engine.errors import TooMuch
from engine.events.accepting import accept, refuse_backlog
from engine.events.incoming import (
    MOST_BYTES,
    MOST_ITEMS,
    Incoming,
    Trust,
    parse_body,
    read_call,
)
from engine.events.json_body import BadItem
from engine.events.json_body import BadItem
from server.errors import Malformed, WrongMediaType
from server.tracking.limits import Buckets
from server.tracking.presented import KnownKeys, check_key, decide_trust, find_presented
from server.wiring import House

_GZIP: Final = b"\x1f\x8b"
_REFUSED_TYPES: Final = ("multipart/",)


@dataclass(slots=True)
class Collected:
    """What became of the items of a request.

    Attributes:
        errors: of the items that were not taken: index, code, message.
    """

    accepted: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)


class Collector:
    """One process's tracking door, with what it remembers from call to call."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._keys = KnownKeys()
        self._buckets = Buckets(house.settings.requests_per_minute)

    def collect(self, request: Request, *, kind: str | None, is_history: bool = False) -> Collected:
        """Judge and store one request; what is counted as accepted is on disk when this returns.

        Args:
            request: what came.
            kind: of a single call; None for a batch.
            is_history: the items are old news, and let nobody in.

        Raises:
            EngineError: nothing of it was taken; see `server.errors` for what each means.
        """
        now = self._house.clock.now()
        self._buckets.take(f"address:{request.remote_addr}", now=time.monotonic())
        body = parse_body(read_body(request))
        key = self._keys.find(self._house, find_presented(request, body))
        check_key(key, request.headers.get("Origin"))
        self._buckets.take(f"key:{key.id}", now=time.monotonic())
        items, around = _list_items(body, kind)
        collected, judged = self._judge(items, around, key, kind, is_history=is_history, now=now)
        if judged:
            self._store(judged, key, now)
            collected.accepted = sum(len(several) for several in judged.values())
        return collected

    def _judge(
        self,
        items: list[Any],
        around: Mapping[str, Any],
        key: KeyInfo,
        kind: str | None,
        *,
        is_history: bool,
        now: datetime,
    ) -> tuple[Collected, dict[Trust, list[Incoming]]]:
        collected = Collected()
        judged: dict[Trust, list[Incoming]] = {}
        for index, item in enumerate(items):
            try:
                call = read_call(
                    item,
                    kind=kind,
                    received_at=now,
                    sent_at=around.get("sentAt"),
                    context=_read_context(around),
                    is_history=is_history,
                )
            except BadItem as error:
                collected.errors.append(
                    {"index": index, "code": error.item_code, "message": str(error)}
                )
                continue
            trust = decide_trust(self._house, key, item)
            judged.setdefault(trust, []).append(call)
        return collected, judged

    def _store(self, judged: dict[Trust, list[Incoming]], key: KeyInfo, now: datetime) -> None:
        with self._house.database.transaction() as session:
            refuse_backlog(session, limit=self._house.settings.backlog)
            for trust, calls in judged.items():
                accept(session, calls, source=f"key:{key.id}", trust=trust, now=now)


def read_body(request: Request) -> bytes:
    """Return a request's body, inflated; judged by its content, since some libraries mislabel it.

    Raises:
        TooMuch: larger than a request may be, also once inflated.
        Malformed: broken gzip.
        WrongMediaType: a form with files.
    """
    if (request.mimetype or "").startswith(_REFUSED_TYPES):
        raise WrongMediaType("send JSON, gzipped or not")
    request.max_content_length = MOST_BYTES
    raw = request.get_data(cache=False)
    if len(raw) > MOST_BYTES:
        raise TooMuch(f"a request holds at most {MOST_BYTES:,} bytes")
    if not raw.startswith(_GZIP):
        return raw
    inflater = zlib.decompressobj(wbits=31)
    try:
        body = inflater.decompress(raw, MOST_BYTES + 1)
    except zlib.error:
        raise Malformed("the gzip data is broken") from None
    if len(body) > MOST_BYTES:
        raise TooMuch(f"a request holds at most {MOST_BYTES:,} bytes, inflated")
    if not inflater.eof:
        raise Malformed("the gzip data ends too early")
    return body


def _list_items(body: Any, kind: str | None) -> tuple[list[Any], Mapping[str, Any]]:
    """Return the items of a request, and what stands around them."""
    if not isinstance(body, dict):
        raise Malformed("the body is a JSON object")
    if kind is not None:
        return [body], {}
    items = body.get("batch")
    if not isinstance(items, list):
        raise Malformed("batch is a list of calls")
    if len(items) > MOST_ITEMS:
        raise TooMuch(f"a batch holds at most {MOST_ITEMS} calls")
    return items, body


def _read_context(around: Mapping[str, Any]) -> Mapping[str, Any]:
    context = around.get("context")
    return context if isinstance(context, dict) else {}
