"""Who is where in a journey: at a node, gone for a reason, at a goal, or with which message."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from engine.actions.wait_for import EventPath, WaitForNode
from engine.bulk import is_among
from engine.contacts.naming import find_name
from engine.errors import NotFound
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.publishing.interventions import waits_for_time
from engine.journeys.reporting.message_figures import FATES, MARKS
from engine.journeys.reporting.reports import Reported
from engine.language.say import say
from engine.messages.states import MessageState
from engine.models.contact import Contact, Identity
from engine.models.journey import Enrollment, GoalReached
from engine.models.message import Message

Status = Literal["inside", "completed", "exited", "set_aside"]
Fate = Literal[
    "queued",
    "sent",
    "delivered",
    "opened",
    "clicked",
    "bounced",
    "replied",
    "skipped",
    "cancelled",
    "failed",
    "uncertain",
]
_STATUSES: Final[dict[Status, Collection[EnrollmentStatus]]] = {
    "inside": ACTIVE,
    "completed": (EnrollmentStatus.COMPLETED,),
    "exited": (EnrollmentStatus.EXITED,),
    "set_aside": (EnrollmentStatus.FAILED,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom one wants to see; what is None does not matter.

    Attributes:
        node: where they are or were last; with `message`, whose message it is.
        reason: why they left early, or why the message did not leave.
        goal: that they reached.
        message: what became of a message of theirs.
    """

    node: str | None = None
    status: Status | None = None
    reason: str | None = None
    goal: str | None = None
    message: Fate | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """An enrollment, and where it is.

    Attributes:
        cursor: by which the list goes on after this one.
        contact: its outside id.
        name: of the contact; empty if it has none.
        node: where it is, or was when it ended.
        since: when it came there.
        until: when it goes on; None if it is over.
        expects: of a wait for something: events by name, conditions by their label.
        ended_at: when it ended, or was set aside.
        at: when the goal was reached, or the message intended.
        message: the state of that message; its node, and why it did not leave.
    """

    cursor: int
    enrollment: int
    contact: UUID
    name: str
    email: str | None
    external_id: str | None
    version: int
    status: str
    entered_at: datetime
    node: str
    kind: str
    since: datetime
    until: datetime | None
    expects: tuple[str, ...]
    may_skip: bool
    ended_at: datetime | None
    reason: str | None
    at: datetime | None
    message: str | None
    message_node: str | None
    message_reason: str | None


def list_people(
    session: Session, reported: Reported, asked: Asked, *, before: int | None, limit: int
) -> list[Whereabouts]:
    """Return people of a journey, the newest enrollments (or messages) first.

    Args:
        reported: which versions.
        asked: whom of them.
        before: only those with a smaller cursor.
        limit: so many at most.

    Raises:
        NotFound: no version has such a node.
    """
    several = _find(session, reported, asked, before=before, limit=limit)
    rows = session.execute(
        select(Enrollment, Contact)
        .join(Contact, Contact.id == Enrollment.contact_id)
        .where(Enrollment.id.in_([one.enrollment_id for one in several]))
    ).all()
    people = {row.id: (row, contact) for row, contact in rows}
    names = _load_external(session, [contact.id for _, contact in people.values()])
    plans = {plan.version_id: plan for plan in reported.plans}
    found = []
    for one in several:
        row, contact = people[one.enrollment_id]
        plan, external_id = plans[row.version_id], names.get(contact.id)
        found.append(_describe(one, row, contact, plan, external_id))
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """An enrollment that is asked for; `at` and `message` say by what it was found."""

    cursor: int
    enrollment_id: int
    at: datetime | None = None
    message: Message | None = None


def _find(
    session: Session, reported: Reported, asked: Asked, *, before: int | None, limit: int
) -> list[_Found]:
    places = None if asked.node is None else _list_places(reported, asked.node)
    is_goal, is_message = asked.goal is not None, asked.message is not None
    cursor = Message.id if is_message else Enrollment.id
    chosen: list[ColumnElement[bool]] = [Enrollment.version_id.in_(reported.ids)]
    if asked.status is not None:
        chosen.append(is_among(Enrollment.status, _STATUSES[asked.status]))
    if before is not None:
        chosen.append(cursor < before)
    if asked.message is not None:
        chosen += [Message.enrollment_id == Enrollment.id, *_choose_messages(reported, asked)]
    else:
        if places is not None:
            chosen.append(tuple_(Enrollment.version_id, Enrollment.node).in_(places))
        if asked.reason is not None:
            chosen.append(Enrollment.reason == asked.reason)
    if is_goal:
        chosen += [GoalReached.enrollment_id == Enrollment.id, GoalReached.goal == asked.goal]
    newest = cursor.desc()
    if is_message:
        found = select(Message, Enrollment.id).where(*chosen).order_by(newest).limit(limit)
        return [
            _Found(message.id, enrollment_id, message.created_at, message)
            for message, enrollment_id in session.execute(found)
        ]
    if is_goal:
        reached = select(Enrollment.id, GoalReached.at).where(*chosen).order_by(newest)
        return [_Found(one, one, at) for one, at in session.execute(reached.limit(limit))]
    ids = session.scalars(select(Enrollment.id).where(*chosen).order_by(newest).limit(limit))
    return [_Found(one, one) for one in ids]


def _list_places(reported: Reported, node: str) -> list[tuple[int, int]]:
    """Return where a node stands: (version id, place).

    Raises:
        NotFound: no version has it.
    """
    places = [
        (plan.version_id, plan.places[node]) for plan in reported.plans if node in plan.places
    ]
    if not places:
        msg = say("there is no node {node!r} in this version", node=node)
        raise NotFound(msg)
    return places


def _choose_messages(reported: Reported, asked: Asked) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [Message.version_id.in_(reported.ids)]
    if asked.node is not None:
        chosen.append(Message.node == asked.node)
    if asked.reason is not None:
        chosen.append(Message.reason == asked.reason)
    if asked.message in MARKS:
        chosen.append(getattr(Message, f"{asked.message}_at").is_not(None))
    else:
        states = [state for state, fate in FATES.items() if fate == asked.message]
        chosen.append(Message.state.in_(states))
    return chosen


def _load_external(session: Session, contact_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Identity.contact_id, Identity.value).where(
            Identity.contact_id.in_(list(contact_ids)), Identity.kind == "external"
        )
    )
    return dict(rows.all())


def _describe(
    one: _Found, row: Enrollment, contact: Contact, plan: Plan, external_id: str | None
) -> Whereabouts:
    status, message = EnrollmentStatus(row.status), one.message
    is_asleep = status is EnrollmentStatus.WAITING and row.signal is None
    return Whereabouts(
        cursor=one.cursor,
        enrollment=row.id,
        contact=contact.uid,
        name=find_name(contact.attributes),
        email=contact.email,
        external_id=external_id,
        version=plan.number,
        status=status.name.lower(),
        entered_at=row.entered_at,
        node=plan.keys[row.node],
        kind=str(getattr(plan.get_node(row.node), "kind", "")),
        since=row.arrived_at,
        until=row.wake_at if status in ACTIVE else None,
        expects=list_expected(plan, row.node) if is_asleep else (),
        may_skip=is_asleep and waits_for_time(plan, row.node),
        ended_at=row.ended_at,
        reason=row.reason,
        at=one.at,
        message=None if message is None else MessageState(message.state).name.lower(),
        message_node=None if message is None else message.node,
        message_reason=None if message is None else message.reason,
    )


def list_expected(plan: Plan, place: int) -> tuple[str, ...]:
    """Return what would end a wait before its time."""
    node = plan.get_node(place)
    if not isinstance(node, WaitForNode):
        return ()
    return tuple(one.event if isinstance(one, EventPath) else one.label for one in node.paths_)
