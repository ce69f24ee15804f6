"""Performs what passes decided, set-wise: one statement a kind of effect and chunk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from engine.accounts.notices import NewNotice, add_notices
from engine.bulk import put_rows
from engine.contacts.choices import ConsentChange
from engine.contacts.consent import record_consents
from engine.contacts.dossiers import name_keys
from engine.db import insert_into, table_of
from engine.decision import (
    AskColleague,
    AssignArm,
    CallWebhook,
    ChangeConsent,
    ChangeTags,
    CloseQuestion,
    EmitEvent,
    Notify,
    ReachGoal,
    SendMessage,
    StartJourney,
    StopJourney,
    UpdateContact,
)
from engine.events.accepting import OwnEvent, append_own
from engine.ids import derive_id
from engine.journeys.deciding.intents import is_asked_about, list_changes, write_gates
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.walk import Intent, Passage
from engine.journeys.running.questions import ask, close_questions
from engine.journeys.running.telling import Causes, build_told, build_update
from engine.messages.handover.outbox import Draft, intend
from engine.models.contact import Contact
from engine.models.journey import Assignment, GoalReached

CONSENT_SOURCE: Final = "journey"
RESENT: Final = ("email", "push")
"""Channels by which what may have left leaves again unless its node says no: a push replaces itself."""


def perform(
    session: Session,
    passages: Sequence[Passage],
    people: dict[int, Person],
    causes: Causes,
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
    notices: list[NewNotice] = []
    consents: list[ConsentChange] = []
    told: list[OwnEvent] = []
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
                case Notify(to, words):
                    notices.append(_notice(passage, intent, to, words))
                case AskColleague():
                    asked.append((passage, intent))
                case CloseQuestion():
                    unanswered.append(passage.traveller.enrollment_id)
                case ChangeConsent() as change:
                    consents.append(_consent(passage, intent, change, now))
                    told.append(build_told(passage, intent, causes, now=now))
                case EmitEvent() | StartJourney() | StopJourney():
                    told.append(build_told(passage, intent, causes, now=now))
                case _:
                    pass  # changes of the contact are written below, of the context by the runner
    intend(session, drafts, now=now)
    put_rows(session, Assignment, list(arms.values()), replacing=("label", "assigned_at"))
    if goals:
        session.execute(insert_into(session, GoalReached).on_conflict_do_nothing(), goals)
    add_notices(session, notices, now=now)
    close_questions(session, unanswered, now=now)
    ask(session, asked, now=now)
    record_consents(session, consents, now=now)
    updates = _write_contacts(session, passages, people, causes, now=now)
    append_own(session, [*updates, *told], now=now)


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
                effect.unknown_outcome is None and effect.channel in RESENT
            )
            gates = write_gates(plan, traveller.arms, effect)
            if effect.message_class == "transactional" and is_asked_about(plan, common["node"]):
                gates["asked"] = True
            return Draft(
                channel=effect.channel,
                message_class=effect.message_class,
                topic=effect.topic or None,
                template=effect.template,
                data=effect.data,
                gates=gates,
                waits=effect.waits,
                exits_on_error=effect.exits_on_error,
                resends=resends,
                expires_at=effect.expires_at,
                tried=effect.tried,
                sender=effect.sender,
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


def _notice(passage: Passage, intent: Intent, to: str, words: str) -> NewNotice:
    enrollment_id = passage.traveller.enrollment_id
    key = derive_id("notice", enrollment_id, passage.traveller.plan.keys[intent.node], intent.visit)
    return NewNotice(str(key), to, words, enrollment_id)


def _consent(
    passage: Passage, intent: Intent, change: ChangeConsent, now: datetime
) -> ConsentChange:
    traveller, plan = passage.traveller, passage.traveller.plan
    proof: dict[str, Any] = {
        "journey": plan.key,
        "version": plan.number,
        "node": plan.keys[intent.node],
        "enrollment_id": traveller.enrollment_id,
    }
    if change.confirmed_at is not None:
        proof["confirmed_by"] = change.confirmed_by
        proof["confirmed_at"] = change.confirmed_at.isoformat()
    return ConsentChange(
        contact_id=traveller.contact_id,
        topic=change.topic,
        channel=change.channel,
        choice=change.choice,
        occurred_at=now,
        source=CONSENT_SOURCE,
        proof=proof,
    )


def _write_contacts(
    session: Session,
    passages: Sequence[Passage],
    people: dict[int, Person],
    causes: Causes,
    *,
    now: datetime,
) -> list[OwnEvent]:
    """Write changed attributes; answer an event for each contact that others may trigger on."""
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
        zone = traveller.state.timezone
        rows.append(
            {
                "the_id": traveller.contact_id,
                "now_has": dict(after),
                "times": times,
                "zone": zone,
                **name_keys(after),
            }
        )
        events.append(build_update(passage, changes, causes, now=now))
    if rows:
        contact = table_of(Contact)
        session.connection().execute(
            update(contact)
            .where(contact.c.id == bindparam("the_id"))
            .values(
                attributes=bindparam("now_has"),
                attribute_times=bindparam("times"),
                timezone=bindparam("zone"),
                name_key=bindparam("name_key"),
                surname_key=bindparam("surname_key"),
            ),
            rows,
        )
    return events
