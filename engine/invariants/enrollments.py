"""What holds of enrollments, each by itself and each beside the others."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, func, literal, or_, select, union_all

from engine.invariants.named import Invariant, Question
from engine.models.contact import Contact
from engine.models.journey import Enrollment, JourneyVersion, Pass, Watch
from engine.models.message import Message

# The numbers of higher rooms: engine.journeys.deciding.states and engine.messages.states.
_ACTIVE: Final = (0, 1)
_WAITING: Final = 1
_EXITED: Final = 3
_ASIDE: Final = 4
_OPEN: Final = (0, 1)
_AT_ONCE: Final = frozenset(
    {
        "branch",
        "split",
        "update_contact",
        "tag",
        "score",
        "consent",
        "notify",
        "emit_event",
        "start_journey",
        "stop_journey",
        "goal",
        "leave",
        "go_to",
    }
)
"""Kinds of node that nobody waits at."""


def _one_active(since: int) -> Question:
    subject = (
        Enrollment.journey_id,
        Enrollment.subject_kind,
        Enrollment.subject_id,
        Enrollment.entry_key,
    )
    return (
        select(*subject, func.count().label("active"))
        .where(Enrollment.status.in_(_ACTIVE), Enrollment.id > since)
        .group_by(*subject)
        .having(func.count() > 1)
    )


def _active_wakes(since: int) -> Question:
    return _enrollments(
        since,
        Enrollment.status.in_(_ACTIVE),
        or_(
            Enrollment.wake_at.is_(None),
            Enrollment.ended_at.is_not(None),
            Enrollment.reason.is_not(None),
        ),
    )


def _ended_says_why(since: int) -> Question:
    says_why = Enrollment.status.in_((_EXITED, _ASIDE))
    return _enrollments(
        since,
        Enrollment.status.not_in(_ACTIVE),
        or_(
            Enrollment.wake_at.is_not(None),
            Enrollment.ended_at.is_(None),
            Enrollment.signal.is_not(None),
            and_(says_why, Enrollment.reason.is_(None)),
            and_(~says_why, Enrollment.reason.is_not(None)),
        ),
    )


def _waits_where_one_can(since: int) -> Question:
    places = (
        select(Enrollment.version_id, Enrollment.node, func.count().label("waiting"))
        .where(Enrollment.status == _WAITING, Enrollment.id > since)
        .group_by(Enrollment.version_id, Enrollment.node)
        .subquery()
    )
    return select(*places.c, JourneyVersion.document).join(
        JourneyVersion, JourneyVersion.id == places.c.version_id
    )


def _nobody_can_wait(row: Row[Any]) -> bool:
    nodes = list(row.document["nodes"].values())
    return not 0 <= row.node < len(nodes) or nodes[row.node]["kind"] in _AT_ONCE


def _passes_run_on(since: int) -> Question:
    gone = (
        select(
            Pass.enrollment_id,
            func.min(Pass.seq).label("first"),
            func.max(Pass.seq).label("last"),
            func.count().label("passes"),
        )
        .where(Pass.enrollment_id > since)
        .group_by(Pass.enrollment_id)
        .subquery()
    )
    # The oldest are pruned by month, so the first that is there may be a later one.
    return (
        select(*gone.c, Enrollment.seq)
        .join(Enrollment, Enrollment.id == gone.c.enrollment_id)
        .where(or_(gone.c.last != Enrollment.seq, gone.c.passes != gone.c.last - gone.c.first + 1))
    )


def _gone_hold_nothing(since: int) -> Question:
    held = union_all(
        select(literal("enrollment").label("what"), Enrollment.contact_id).where(
            Enrollment.status.in_(_ACTIVE), Enrollment.id > since
        ),
        select(literal("message"), Message.contact_id).where(Message.state.in_(_OPEN)),
        select(literal("watch"), Watch.contact_id),
    ).subquery()
    return (
        select(held.c.what, held.c.contact_id)
        .join(Contact, Contact.id == held.c.contact_id)
        .where(or_(Contact.merged_into.is_not(None), Contact.erased_at.is_not(None)))
    )


def _enrollments(since: int, *conditions: ColumnElement[bool]) -> Question:
    return select(
        Enrollment.id.label("enrollment_id"),
        Enrollment.status,
        Enrollment.wake_at,
        Enrollment.ended_at,
        Enrollment.reason,
    ).where(Enrollment.id > since, *conditions)


ENROLLMENTS: Final[Sequence[Invariant]] = (
    Invariant(
        "one_active",
        "A subject is under way once at most in a journey, under one entry key.",
        _one_active,
    ),
    Invariant(
        "active_wakes",
        "Who is under way has an instant to wake at, no end and no reason.",
        _active_wakes,
    ),
    Invariant(
        "ended_says_why",
        "Who is not under way has an end, nothing to wake for, and a reason unless it completed.",
        _ended_says_why,
    ),
    Invariant(
        "waits_where_one_can",
        "Who waits is at a node of its version at which one can wait.",
        _waits_where_one_can,
        breaks=_nobody_can_wait,
    ),
    Invariant(
        "passes_run_on",
        "The passes of an enrollment are numbered without a gap, up to its own number.",
        _passes_run_on,
    ),
    Invariant(
        "gone_hold_nothing",
        "Of a contact that was joined to another, or erased, no enrollment, message or watch is left.",
        _gone_hold_nothing,
    ),
)
