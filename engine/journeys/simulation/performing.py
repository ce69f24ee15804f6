"""What a pass's effects do in a simulation: to the contact, its messages, its goals. Pure."""

from datetime import datetime
from typing import assert_never

from engine.contacts.choices import Stated
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
    SaveContext,
    SendMessage,
    StartJourney,
    StopJourney,
    UpdateContact,
)
from engine.events.arrivals import CONTACT_UPDATED
from engine.journeys.deciding.intents import describe_told, list_changes
from engine.journeys.deciding.matching import Reached
from engine.journeys.deciding.walk import Intent, Passage
from engine.journeys.simulation.given import Given, Recorded
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.post import write_call, write_message
from engine.journeys.simulation.questions import put_question
from engine.journeys.simulation.setting import Setting
from engine.journeys.simulation.stay import Stay


def perform(
    setting: Setting, persona: Persona, stay: Stay, passage: Passage, *, now: datetime
) -> None:
    """Do what a pass decided: as the engine does, but to nobody but the persona."""
    for intent in passage.intents:
        _perform(setting, persona, stay, passage, intent, now)
    if any(isinstance(intent.effect, UpdateContact | ChangeTags) for intent in passage.intents):
        _write_contact(persona, stay, passage, now)


def _perform(
    setting: Setting,
    persona: Persona,
    stay: Stay,
    passage: Passage,
    intent: Intent,
    now: datetime,
) -> None:
    node, visit = stay.plan.keys[intent.node], intent.visit
    match intent.effect:
        case SendMessage() as effect:
            message = write_message(stay, node, visit, effect, arms=persona.arms, now=now)
            stay.messages.append(message)
        case CallWebhook() as effect:
            stay.messages.append(write_call(stay, node, visit, effect, now=now))
        case AssignArm(salt, label):
            persona.arms[salt] = label
        case ReachGoal(goal):
            stay.goals.setdefault(goal, Reached(goal, now, None))
        case Notify(to, words):
            stay.notices.append((now, to, words))
        case AskColleague() as effect:
            assumed = setting.answers.get(node)
            persona.expect(put_question(stay, node, visit, effect, assumed, now=now))
        case CloseQuestion():
            pass  # who waits there no more cannot be answered
        case ChangeConsent(topic, channel, choice):
            stated = [Stated(topic, channel, choice)]
            persona.state_consents(stated, source="journey", is_dated=True, now=now)
            _tell(persona, stay, passage, intent, now)
        case EmitEvent() | StartJourney() | StopJourney():
            _tell(persona, stay, passage, intent, now)
        case UpdateContact() | ChangeTags() | SaveContext():
            pass  # seen by the pass already; written with all of it
        case _:
            assert_never(intent.effect)


def _tell(persona: Persona, stay: Stay, passage: Passage, intent: Intent, now: datetime) -> None:
    """Let the journeys hear of an effect, as they would."""
    told = describe_told(passage.traveller, intent.effect)
    said = Recorded(
        told.name,
        told.properties,
        {"journey_id": stay.plan.journey_id},
        channel=told.channel,
        cause_id=stay.cause.event_id,
        root_id=stay.cause.root_id,
        depth=stay.cause.depth + 1,
    )
    persona.expect([Given(now, said)])


def _write_contact(persona: Persona, stay: Stay, passage: Passage, now: datetime) -> None:
    """Keep what the pass changed of the contact, and tell of it."""
    after = passage.traveller.state.attributes
    changes = list_changes(persona.dossier.attributes, after)
    if not changes:
        return
    persona.change(after, changes, now=now)
    cause = stay.cause
    said = Recorded(
        CONTACT_UPDATED,
        {"changes": changes},
        {"journey_id": stay.plan.journey_id},
        cause_id=cause.event_id,
        root_id=cause.root_id,
        depth=cause.depth + 1,
    )
    persona.expect([Given(now, said)])
