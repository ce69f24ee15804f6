"""Everything that happened to one contact, on one line: read from where each thing is kept.

Each source is asked for its newest entries below the cursor, in the same order; the merged page is
cut and then told in full. An entry stands where it stood however much comes in above it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session

from engine.db import OutOfTime, is_postgresql, limited
from engine.errors import Invalid, Unavailable
from engine.events.arrivals import (
    CONTACT_ERASED,
    CONTACT_UPDATED,
    NO_ACTIVITY,
    SUBSCRIBED,
    UNSUBSCRIBED,
)
from engine.journeys.reporting.timeline_rows import KINDS, ROWS, Happened, Kind
from engine.language.say import say
from engine.models.contact import ConsentProof
from engine.models.event import Event
from engine.models.journey import Enrollment, Journey
from engine.models.message import Message
from engine.models.segment import Segment, SegmentMember

LOOKING: Final = timedelta(seconds=3)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_CHANGES: Final = (*NO_ACTIVITY, CONTACT_UPDATED)
"""What is said about a contact, and not something that it did."""
_TOLD_ELSEWHERE: Final = and_(Event.name.in_((SUBSCRIBED, UNSUBSCRIBED)), Event.actor != "contact")
"""Events of choices whose proof is told."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place on the timeline: an instant, and which of those that happened at it."""

    at: datetime
    rank: int
    id: str

    def write(self) -> str:
        """Return it as text."""
        return f"{(self.at - _EPOCH) // _TICK}.{self.rank}.{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return what `write` wrote.

        Raises:
            Invalid: it did not write that.
        """
        at, _, rest = text.partition(".")
        rank, _, id_ = rest.partition(".")
        try:
            instant = _EPOCH + int(at) * _TICK
            return cls(instant, int(rank), id_)
        except (ValueError, OverflowError):
            raise Invalid(say("before: this is no place on the timeline")) from None


@dataclass(frozen=True, slots=True)
class Line:
    """A page of the timeline.

    Attributes:
        next: where the next page begins; None: there is none.
    """

    items: list[Happened] = field(default_factory=list)
    next: str | None = None


def read_timeline(
    session: Session,
    contact_id: int,
    *,
    kinds: Collection[Kind] = (),
    search: str = "",
    before: str | None = None,
    limit: int,
) -> Line:
    """Return what happened to a contact, the newest first.

    Args:
        kinds: only these; none: all.
        search: text that stands in the name of it, or in its properties.
        before: the `next` of the page before.

    Raises:
        Invalid: `before` is no such place.
        Unavailable: looking takes too long.
    """
    cursor = None if before is None else Cursor.read(before)
    asked = set(kinds or KINDS)
    places: list[Cursor] = []
    try:
        with limited(session, LOOKING):
            for rank, source in enumerate(_SOURCES):
                if asked & source.kinds:
                    statement = source.select(contact_id, asked, search.strip())
                    places += _take(session, statement, rank, cursor, limit + 1)
    except OutOfTime:
        raise Unavailable(say("looking through all that happened takes too long")) from None
    places.sort(key=lambda one: (one.at, -one.rank, _order(one.id)), reverse=True)
    page = places[:limit]
    told = _tell(session, page)
    return Line(told, page[-1].write() if len(places) > limit else None)


def _take(
    session: Session, statement: Select[Any, Any], rank: int, cursor: Cursor | None, limit: int
) -> list[Cursor]:
    rows = statement.subquery()
    id_: ColumnElement[Any] = rows.c.id
    if isinstance(id_.type, String) and is_postgresql(session):
        id_ = id_.collate("C")  # the order in which the page is put together
    asked = select(rows.c.at, rows.c.id).order_by(rows.c.at.desc(), id_.desc()).limit(limit)
    if cursor is not None:
        asked = asked.where(_is_below(rows.c.at, id_, rank, cursor))
    return [Cursor(at, rank, str(id_)) for at, id_ in session.execute(asked)]


def _is_below(
    at: ColumnElement[Any], id_: ColumnElement[Any], rank: int, cursor: Cursor
) -> ColumnElement[bool]:
    """Return the condition that an entry of this source stands below the cursor."""
    if rank > cursor.rank:
        return at <= cursor.at
    if rank < cursor.rank:
        return at < cursor.at
    last: Any = cursor.id if isinstance(id_.type, String) else _read_id(cursor.id)
    return or_(at < cursor.at, and_(at == cursor.at, id_ < last))


def _read_id(text: str) -> int:
    try:
        return min(int(text), 2**63 - 1)
    except ValueError:
        raise Invalid(say("before: this is no place on the timeline")) from None


def _order(id_: str) -> tuple[int, str]:
    return (int(id_), "") if id_.isdigit() else (0, id_)


def _tell(session: Session, page: Sequence[Cursor]) -> list[Happened]:
    told: dict[tuple[int, str], Happened] = {}
    for rank, source in enumerate(_SOURCES):
        ids = [one.id for one in page if one.rank == rank]
        if ids:
            found = ROWS[source.name](session, ids)
            told |= {(rank, id_): happened for id_, happened in found.items()}
    return [told[one.rank, one.id] for one in page if (one.rank, one.id) in told]


@dataclass(frozen=True, slots=True)
class _Source:
    """One of the places where something of a contact is kept.

    Attributes:
        select: of a contact, the kinds asked for and a text, gives `at` and `id` of its entries.
    """

    name: str
    kinds: frozenset[Kind]
    select: Callable[[int, Collection[Kind], str], Select[Any, Any]]


def _contains(search: str, *texts: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Return the condition that a text stands in one of these; every one contains nothing."""
    if not search:
        return literal(value=True)
    # SQLite's `lower` knows no letters but A to Z: others are found as they are written.
    as_written = (text.contains(search, autoescape=True) for text in texts)
    folded = (func.lower(text).contains(search.lower(), autoescape=True) for text in texts)
    return or_(*as_written, *folded)


def _select_events(contact_id: int, kinds: Collection[Kind], search: str) -> Select[Any, Any]:
    asked = select(Event.occurred_at.label("at"), Event.id.label("id")).where(
        Event.contact_id == contact_id,
        not_(_TOLD_ELSEWHERE),
        _contains(search, Event.name, cast(Event.properties, String)),
    )
    of_kind = {
        "change": Event.name.in_(_CHANGES),
        "erasure": Event.name == CONTACT_ERASED,
        "event": Event.name.not_in((*_CHANGES, CONTACT_ERASED)),
    }
    if not of_kind.keys() <= set(kinds):
        asked = asked.where(or_(*(of_kind[one] for one in of_kind if one in kinds)))
    return asked


def _select_messages(contact_id: int, _kinds: Collection[Kind], search: str) -> Select[Any, Any]:
    at = func.coalesce(Message.sent_at, Message.created_at)
    return select(at.label("at"), Message.id.label("id")).where(
        Message.contact_id == contact_id,
        _contains(search, Message.template, Message.channel, Message.node),
    )


def _select_entries(contact_id: int, _kinds: Collection[Kind], search: str) -> Select[Any, Any]:
    return (
        select(Enrollment.entered_at.label("at"), Enrollment.id.label("id"))
        .join(Journey, Journey.id == Enrollment.journey_id)
        .where(Enrollment.contact_id == contact_id, _contains(search, Journey.name, Journey.key))
    )


def _select_ends(contact_id: int, kinds: Collection[Kind], search: str) -> Select[Any, Any]:
    return (
        _select_entries(contact_id, kinds, search)
        .with_only_columns(Enrollment.ended_at.label("at"), Enrollment.id.label("id"))
        .where(Enrollment.ended_at.is_not(None))
    )


def _select_choices(contact_id: int, _kinds: Collection[Kind], search: str) -> Select[Any, Any]:
    return select(ConsentProof.occurred_at.label("at"), ConsentProof.id.label("id")).where(
        ConsentProof.contact_id == contact_id,
        _contains(search, ConsentProof.topic, ConsentProof.channel, ConsentProof.choice),
    )


def _select_memberships(contact_id: int, _kinds: Collection[Kind], search: str) -> Select[Any, Any]:
    # A contact is in a segment once, so that the segment tells the entry apart.
    key = SegmentMember.segment + ":" + cast(SegmentMember.contact_id, String)
    return (
        select(SegmentMember.since.label("at"), key.label("id"))
        .join(Segment, Segment.key == SegmentMember.segment)
        .where(SegmentMember.contact_id == contact_id, _contains(search, Segment.name, Segment.key))
    )


_SOURCES: Final = (
    _Source("ended", frozenset({"journey"}), _select_ends),
    _Source("message", frozenset({"message"}), _select_messages),
    _Source("entered", frozenset({"journey"}), _select_entries),
    _Source("segment", frozenset({"segment"}), _select_memberships),
    _Source("consent", frozenset({"consent"}), _select_choices),
    _Source("event", frozenset({"event", "change", "erasure"}), _select_events),
)
"""In the order in which things of one instant stand: what came of something above it."""
