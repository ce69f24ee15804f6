"""Keeps a note of calls that were not taken, a few a second at most, whoever sends them.

A flood of bad calls must not become a flood of writes: what is beyond the measure is only counted,
and the next note says how many there were. Calls with a key that is known are measured apart from
those without one, so that a stranger's noise hides nobody's own mistake.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from engine.accounts.keys import KeyInfo
from engine.errors import EngineError, Unavailable
from engine.events.incoming import LONGEST_ID, LONGEST_NAME
from engine.events.json_body import BadItem
from engine.events.refused import Refusal, keep_refusals
from server.errors import find_status
from server.wiring import House

PER_SECOND: Final = 1.0
BURST: Final = 5.0
MOST_OF_ONE: Final = 5
"""Calls of one batch of which notes are kept; it may hold hundreds with one mistake."""
TOO_LARGE: Final = frozenset({"too_many", "too_long"})
"""Codes of what is well formed, and more than is kept: 422."""


@dataclass(slots=True)
class Heard:
    """What is known of a request by the time it is refused.

    Attributes:
        calls: as sent; empty before the body was read.
    """

    path: str
    at: datetime
    origin: str | None = None
    key: KeyInfo | None = None
    calls: Sequence[Any] = ()

    def refuse(self, status: int, code: str, message: str, call: Any = None) -> Refusal:
        """Return the note of a refusal."""
        given = call if isinstance(call, Mapping) else {}
        return Refusal(
            at=self.at,
            path=self.path,
            status=status,
            code=code,
            message=_clean(message) or "",
            key=self.key.name if self.key else None,
            origin=_clean(self.origin),
            event=_clean(given.get("event"), LONGEST_NAME),
            message_id=_clean(given.get("messageId"), LONGEST_ID),
        )


class Refusals:
    """One process's notes of what was not taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = {True: (BURST, 0.0), False: (BURST, 0.0)}
        self._unsaid = {True: 0, False: 0}

    def note_error(self, house: House, heard: Heard, error: EngineError, *, now: float) -> None:
        """Keep that a whole request was refused.

        Args:
            now: seconds on a clock that never goes back.
        """
        if isinstance(error, Unavailable):
            return  # nothing can be written just now
        code = error.item_code if isinstance(error, BadItem) else error.code
        status = find_item_status(code) if isinstance(error, BadItem) else find_status(error)
        call = heard.calls[0] if len(heard.calls) == 1 else None
        self._keep(house, heard, [heard.refuse(status, code, str(error), call)], now=now)

    def note_items(
        self,
        house: House,
        heard: Heard,
        errors: Sequence[Mapping[str, Any]],
        *,
        status: int,
        now: float,
    ) -> None:
        """Keep that calls of a request were refused: each by itself, the first few of a batch."""
        notes = [
            heard.refuse(status, one["code"], one["message"], heard.calls[one["index"]])
            for one in errors[:MOST_OF_ONE]
        ]
        notes[-1] = replace(notes[-1], unsaid=len(errors) - len(notes))
        self._keep(house, heard, notes, now=now)

    def _keep(self, house: House, heard: Heard, notes: list[Refusal], *, now: float) -> None:
        unsaid = self._take(is_known=heard.key is not None, count=len(notes), now=now)
        if unsaid is None:
            return
        notes[-1] = replace(notes[-1], unsaid=notes[-1].unsaid + unsaid)
        try:
            with house.database.transaction() as session:
                keep_refusals(session, notes)
        except Unavailable:
            return  # the call is refused all the same; the note is a courtesy

    def _take(self, *, is_known: bool, count: int, now: float) -> int | None:
        """Return how many went unsaid before; None if this one does, too."""
        with self._lock:
            held, since = self._held[is_known]
            held = min(BURST, held + (now - since) * PER_SECOND)
            if held < 1:
                self._held[is_known] = (held, now)
                self._unsaid[is_known] += count
                return None
            self._held[is_known] = (held - 1, now)
            unsaid, self._unsaid[is_known] = self._unsaid[is_known], 0
            return unsaid


def find_item_status(code: str) -> int:
    """Return the HTTP status of a call that cannot be taken."""
    return 422 if code in TOO_LARGE else 400


def _clean(value: Any, longest: int = 300) -> str | None:
    """Return text that every database keeps, cut; None of anything else."""
    if not isinstance(value, str):
        return None
    text = value[:longest].replace("\x00", "").encode(errors="replace").decode()
    return text or None
