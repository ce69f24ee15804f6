"""Contacts as a list: searched, in a segment, or those for whom a condition is true now.

A page is found within a moment whatever is asked: where asking about everybody takes too long, the
newest are asked about, slice by slice, and the answer says how far that came.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.contacts.searching import select_found
from engine.db import OutOfTime, limited
from engine.errors import Unavailable
from engine.language.say import say
from engine.models.contact import Contact
from engine.models.segment import SegmentMember
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition
from engine.segments.counting import SLICE, SLICE_TIME, SLICES, WHOLE, is_there

MOST_COUNTED: Final = 10_000
COUNTING: Final = timedelta(seconds=0.6)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to list: all that is given has to be true of a contact.

    Attributes:
        search: the beginning of an id, an address or a name.
        segment: key.
        condition: one that reads no enrollment.
    """

    search: str = ""
    segment: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of contacts.

    Attributes:
        ids: the newest first.
        next: the id below which the next page begins; None: there is none.
        is_cut: asking took too long, so that more may be further on though the page is not full.
    """

    ids: list[int]
    next: int | None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are; at least so many where it is not exact."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """Asks for contacts.

    Attributes:
        session: for reading.
        now: the present instant.
        default_zone: of contacts that have none.
        whole: how long everybody may be asked about at once.
    """

    session: Session
    wanted: Wanted
    now: datetime
    default_zone: str
    whole: timedelta = WHOLE

    def list_page(self, *, before: int | None, limit: int) -> Found:
        """Return a page of them.

        Raises:
            Unavailable: even without the condition, finding them takes too long.
        """
        asked = self._select(before).order_by(Contact.id.desc()).limit(limit + 1)
        try:
            with limited(self.session, self.whole):
                ids = list(self.session.scalars(asked))
        except OutOfTime:
            return self._list_slices(before, limit)
        return Found(ids[:limit], ids[limit - 1] if len(ids) > limit else None)

    def count(self) -> Total | None:
        """Return how many there are, up to `MOST_COUNTED`; None if counting takes too long."""
        if self.wanted == Wanted():
            asked = select(func.count()).select_from(Contact).where(*is_there())
        else:
            some = self._select(None).limit(MOST_COUNTED + 1).subquery()
            asked = select(func.count()).select_from(some)
        try:
            with limited(self.session, COUNTING):
                count = self.session.scalar(asked) or 0
        except OutOfTime:
            return None
        if self.wanted == Wanted():
            return Total(count, exact=True)
        return Total(min(count, MOST_COUNTED), exact=count <= MOST_COUNTED)

    def _select(self, before: int | None, only: list[int] | None = None) -> Select[int]:
        wanted = self.wanted
        asked = self._select_plain(before)
        if wanted.condition is None:
            return asked
        dialect: Any = self.session.get_bind().dialect.name
        holds = compile_condition(
            wanted.condition,
            now=self.now,
            dialect=dialect,
            default_zone=self.default_zone,
            only=only,
        )
        return asked.where(Contact.id.in_(holds))

    def _select_plain(self, before: int | None) -> Select[int]:
        """Return the question without the condition."""
        asked = select(Contact.id).where(*is_there())
        if self.wanted.search.strip():
            asked = asked.where(Contact.id.in_(select_found(self.session, self.wanted.search)))
        if self.wanted.segment is not None:
            members = select(SegmentMember.contact_id).where(
                SegmentMember.segment == self.wanted.segment
            )
            asked = asked.where(Contact.id.in_(members))
        return asked if before is None else asked.where(Contact.id < before)

    def _list_slices(self, before: int | None, limit: int) -> Found:
        """Ask about the newest, a slice at a time, as long as it goes quickly."""
        found: list[int] = []
        for _ in range(SLICES):
            try:
                with limited(self.session, self.whole):
                    ids = self._list_slice(before)
            except OutOfTime:
                raise Unavailable(say("finding them takes too long: ask for less")) from None
            if not ids:
                return Found(found, None)
            try:
                with limited(self.session, SLICE_TIME):
                    asked = self._select(before, ids).order_by(Contact.id.desc())
                    found += self.session.scalars(asked)
            except OutOfTime:
                break
            if len(found) > limit:
                return Found(found[:limit], found[limit - 1])
            before = ids[-1]
        return Found(found, before, is_cut=True)

    def _list_slice(self, before: int | None) -> list[int]:
        asked = self._select_plain(before).order_by(Contact.id.desc()).limit(SLICE)
        return list(self.session.scalars(asked))
