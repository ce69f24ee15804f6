"""The tracking door: judges what came, stores it durably, then says so."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Request

from engine.accounts.keys import KeyInfo, KeyKind
from engine.errors import Denied, EngineError
from engine.events.accepting import accept, refuse_backlog
from engine.events.incoming import Incoming, Trust, parse_body, read_call
from engine.events.json_body import BadItem
from server.tracking.bodies import (
    Calls,
    find_origin,
    list_calls,
    note_hops,
    read_body,
    read_pixel,
)
from server.tracking.limits import Buckets, name_address
from server.tracking.presented import (
    KnownKeys,
    check_key,
    choose_key,
    decide_trust,
    is_signed,
    read_key_header,
)
from server.tracking.refusing import Heard, Refusals, find_item_status
from server.wiring import House


@dataclass(slots=True)
class Collected:
    """What became of the calls of a request.

    Attributes:
        accepted: how many are on disk.
        errors: of those that were not taken: index, code, message.
    """

    accepted: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)


class Collector:
    """One process's tracking door, with what it remembers from call to call."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._keys = KnownKeys()
        self._refusals = Refusals()
        self._buckets = Buckets(house.settings.requests_per_minute)

    def collect(self, request: Request, *, kind: str | None, is_history: bool = False) -> Collected:
        """Judge and store one request; what is counted as accepted is on disk when this returns.

        Args:
            request: what came.
            kind: of a single call; None for a batch.
            is_history: the calls are old news, and let nobody in.

        Raises:
            EngineError: nothing of it was taken; see `server.errors` for what each means.
        """
        heard = self._hear(request, request.headers.get("Origin"))
        try:
            return self._collect(request, heard, kind, is_history=is_history)
        except EngineError as error:
            self._refusals.note_error(self._house, heard, error, now=time.monotonic())
            raise

    def _collect(
        self, request: Request, heard: Heard, kind: str | None, *, is_history: bool
    ) -> Collected:
        address = name_address(request.remote_addr)
        self._take_turn(address)
        in_header = read_key_header(request)
        if in_header is not None:
            # Who has no key is not worth parsing for.
            heard.key = self._keys.find(self._house, in_header)
        body = parse_body(read_body(request))
        calls = note_hops(request, list_calls(body, is_single=kind is not None))
        heard.calls = calls.items
        heard.key = key = self._keys.find(self._house, choose_key(in_header, body))
        check_key(key, origin=heard.origin, is_history=is_history)
        self._charge(key, address, len(calls.items))
        return self._keep(calls, key, kind, heard, is_history=is_history)

    def collect_pixel(self, request: Request) -> Collected:
        """Take the call that a pixel's address is, under a browser key.

        Raises:
            EngineError: it was not taken.
        """
        heard = self._hear(request, find_origin(request))
        try:
            return self._collect_pixel(request, heard)
        except EngineError as error:
            self._refusals.note_error(self._house, heard, error, now=time.monotonic())
            raise

    def _collect_pixel(self, request: Request, heard: Heard) -> Collected:
        address = name_address(request.remote_addr)
        self._take_turn(address)
        call = read_pixel(request)
        heard.calls = [call]
        heard.key = key = self._keys.find(self._house, choose_key(None, call))
        if key.kind is not KeyKind.BROWSER:
            raise Denied("a secret key stands in an address: revoke it, and use a browser key")
        check_key(key, origin=heard.origin, is_history=False)
        self._charge(key, address, 1)
        kind = "track" if "event" in call else "page"
        return self._keep(Calls([call]), key, kind, heard, is_history=False)

    def _hear(self, request: Request, origin: str | None) -> Heard:
        return Heard(path=request.path, at=self._house.clock.now(), origin=origin)

    def _take_turn(self, address: str) -> None:
        self._buckets.take(address, now=time.monotonic())

    def _charge(self, key: KeyInfo, address: str, count: int) -> None:
        """Count calls: of a public key each one that a request holds, whoever sends them."""
        now = time.monotonic()
        if key.kind is not KeyKind.BROWSER:
            count = 1
        if count > 1:
            self._buckets.take(address, count - 1, now=now)
        self._buckets.take(f"key:{key.id}", max(1, count), now=now)

    def _keep(
        self, calls: Calls, key: KeyInfo, kind: str | None, heard: Heard, *, is_history: bool
    ) -> Collected:
        collected, judged, now = Collected(), [], heard.at
        trust = decide_trust(key)
        for index, item in enumerate(calls.items):
            try:
                call = read_call(
                    item,
                    kind=kind,
                    received_at=now,
                    sent_at=calls.sent_at,
                    context=calls.context,
                    is_history=is_history,
                )
            except BadItem as error:
                collected.errors.append(
                    {"index": index, "code": error.item_code, "message": str(error)}
                )
                continue
            judged.append(self._sign(call, item) if trust is Trust.BROWSER else call)
        if judged:
            with self._house.database.transaction() as session:
                refuse_backlog(session, limit=self._house.settings.backlog)
                accept(session, judged, source=f"key:{key.id}", trust=trust, now=now)
        collected.accepted = len(judged)
        if collected.errors:
            code = collected.errors[0]["code"]
            status = find_item_status(code) if kind is not None else 200 if judged else 400
            self._refusals.note_items(
                self._house, heard, collected.errors, status=status, now=time.monotonic()
            )
        return collected

    def _sign(self, call: Incoming, item: Mapping[str, Any]) -> Incoming:
        return replace(call, is_signed=True) if is_signed(self._house, item) else call
