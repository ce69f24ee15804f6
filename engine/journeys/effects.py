"""Performs what passes decided, set-wise: one statement a kind of effect and chunk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from engine.bulk import put_rows
from engine.db import insert_into, table_of
from engine.decision import (
    AskColleague,
    AssignArm,
    CallWebhook,
    ChangeTags,
    CloseQuestion,
    Notify,
    ReachGoal,
    SendMessage,
    UpdateContact,
)
from engine.events.accepting import OwnEvent, append_own
from engine.events.arrivals import CONTACT_UPDATED
from engine.ids import derive_id
from engine.journeys.intents import list_changes, write_gates
from engine.journeys.person import Person
from engine.journeys.questions import ask, close_questions
from engine.journeys.walk import Intent, Passage
from engine.messages.outbox import Draft, intend
from engine.models.contact import Contact
from engine.models.journey import Assignment, GoalReached, Notice


def perform(
    session: Session,
    passages: Sequence[Passage],
    people: dict[int, Person],
    causes: dict[int, list[int]],
    *,
    now: datetime,
) -> None:
    """Perform the effects of these passes.

    Repeating it is harmless because every row has a derived id, or is overwritten by the same.

    Args:
        causes: per enrollment, [event id, root id, depth] of what let it in.
    """
    drafts: list[Draft] = []
    arms: dict[tuple[str, int], dict[str, Any]] = {}
    goals: list[dict[str, Any]] = []
    notices: list[dict[str, Any]] = []
    asked: list[tuple[Passage, Intent]] = []
    unanswered: list[int] = []
    for passage in passages:
        for intent in passage.intents:
            match intent.effect:
                case SendMessage() | CallWebhook():
                    cause = causes.get(passage.traveller.enrollment_id)
                    drafts.append(_draft(passage, intent, cause))
                case AssignArm(salt, label):
                    arms[salt, passage.traveller.contact_id] = _arm(passage, salt, label, now)
                case ReachGoal(goal):
                    goals.append(_goal(passage, goal, now))
                case Notify():
                    notices.append(_notice(passage, intent, now))
                case AskColleague():
                    asked.append((passage, intent))
                case CloseQuestion():
                    unanswered.append(passage.traveller.enrollment_id)
                case _:
                    pass  # changes of the contact are written below, of the context by the runner
    intend(session, drafts, now=now)
    put_rows(session, Assignment, list(arms.values()), replacing=("label", "assigned_at"))
    for row, rows in ((GoalReached, goals), (Notice, notices)):
        if rows:
            session.execute(insert_into(session, row).on_conflict_do_nothing(), rows)
    close_questions(session, unanswered, now=now)
    ask(session, asked, now=now)
    _write_contacts(session, passages, people, causes, now=now)


def _draft(passage: Passage, intent: Intent, cause: list[int] | None) -> Draft:
    traveller, plan = passage.traveller, passage.traveller.plan
    common: dict[str, Any] = {
        "contact_id": traveller.contact_id,
        "journey_id": plan.journey_id,
        "version_id": plan.version_id,
        "enrollment_id": traveller.enrollment_id,
        "node": plan.keys[intent.node],
        "visit": intent.visit,
        "cause_id": cause[0] if cause else None,
    }
    match intent.effect:
        case SendMessage() as effect:
            resends = effect.unknown_outcome == "resend" or (
                effect.unknown_outcome is None and effect.channel == "email"
            )
            return Draft(
                channel=effect.channel,
                message_class=effect.message_class,
                topic=effect.topic or None,
                template=effect.template,
                data=effect.data,
                gates=write_gates(plan, traveller.arms, effect.quiet_hours),
                waits=effect.waits,
                exits_on_error=effect.exits_on_error,
                resends=resends,
                expires_at=effect.expires_at,
                **common,
            )
        case CallWebhook() as call:
            data = {
                "method": call.method,
                "endpoint": call.endpoint,
                "url": call.url,
                "headers": dict(call.headers),
                "body": call.body,
                "timeout": call.timeout,
            }
            return Draft(channel="webhook", data=data, waits=True, **common)
        case other:
            raise TypeError(other)


def _arm(passage: Passage, salt: str, label: str, now: datetime) -> dict[str, Any]:
    return {
        "salt": salt,
        "contact_id": passage.traveller.contact_id,
        "label": label,
        "assigned_at": now,
    }


def _goal(passage: Passage, goal: str, now: datetime) -> dict[str, Any]:
    return {
        "enrollment_id": passage.traveller.enrollment_id,
        "goal": goal,
        "at": now,
        "value": None,
        "event_id": None,
    }


def _notice(passage: Passage, intent: Intent, now: datetime) -> dict[str, Any]:
    traveller, effect = passage.traveller, intent.effect
    if not isinstance(effect, Notify):
        raise TypeError(effect)
    node = traveller.plan.keys[intent.node]
    key = derive_id("notice", traveller.enrollment_id, node, intent.visit)
    return {
        "key": str(key),
        "at": now,
        "to": effect.to,
        "words": effect.words,
        "enrollment_id": traveller.enrollment_id,
        "read_at": None,
    }


def _write_contacts(
    session: Session,
    passages: Sequence[Passage],
    people: dict[int, Person],
    causes: dict[int, list[int]],
    *,
    now: datetime,
) -> None:
    """Write changed attributes, and an event for each contact that others may trigger on."""
    rows: list[dict[str, Any]] = []
    events: list[OwnEvent] = []
    micros = int(now.timestamp() * 1_000_000)
    for passage in passages:
        if not any(isinstance(i.effect, UpdateContact | ChangeTags) for i in passage.intents):
            continue
        traveller = passage.traveller
        person = people[traveller.contact_id]
        before, after = person.state.attributes, traveller.state.attributes
        changes = list_changes(before, after)
        if not changes:
            continue
        times = person.attribute_times | dict.fromkeys(changes, micros)
        rows.append({"the_id": traveller.contact_id, "now_has": dict(after), "times": times})
        events.append(_build_event(passage, changes, causes.get(traveller.enrollment_id), now))
    if rows:
        contact = table_of(Contact)
        session.connection().execute(
            update(contact)
            .where(contact.c.id == bindparam("the_id"))
            .values(attributes=bindparam("now_has"), attribute_times=bindparam("times")),
            rows,
        )
    append_own(session, events, now=now)


def _build_event(
    passage: Passage, changes: dict[str, list[Any]], cause: list[int] | None, now: datetime
) -> OwnEvent:
    traveller = passage.traveller
    event_id, root_id, depth = cause or (None, None, 0)
    return OwnEvent(
        contact_id=traveller.contact_id,
        name=CONTACT_UPDATED,
        occurred_at=now,
        properties={"changes": changes},
        context={"journey_id": traveller.plan.journey_id},
        cause_id=event_id,
        root_id=root_id,
        depth=(depth or 0) + 1,
        message_id=str(derive_id("update", traveller.enrollment_id, traveller.seq + 1)),
    )
