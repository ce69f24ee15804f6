"""A described contact made ready to be simulated: who it is, what happens to it, and when. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from engine.actions.ask import AskNode, read_answer
from engine.actions.split import SplitNode, get_salt
from engine.contacts.choices import read_choices
from engine.errors import InvalidJourney
from engine.events.arrivals import RECORD
from engine.ids import derive_id
from engine.journeys.deciding.plan import Plan, build_plan
from engine.journeys.definition.case_file import (
    Described,
    EarlierThing,
    GivenAnswer,
    GivenChoice,
    GivenEntry,
    GivenEvent,
    GivenIdentify,
    GivenLetter,
    GivenMark,
    GivenRecord,
    GivenRequest,
    GivenThing,
    KeptRecord,
)
from engine.journeys.definition.journey import Journey
from engine.journeys.definition.time_texts import resolve_time
from engine.journeys.simulation.assuming import list_unfit, list_wrong_answers, read_assumptions
from engine.journeys.simulation.entering import ask_for, enter_at
from engine.journeys.simulation.given import (
    Answers,
    Chosen,
    Given,
    Identified,
    Kept,
    Marked,
    Received,
    Tracked,
)
from engine.journeys.simulation.persona import TRACKING, Persona, describe_persona
from engine.journeys.simulation.setting import Setting, list_segments
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.language.say import say
from engine.segments.judging import SavedSegment
from engine.when.zones import resolve_zone

CONTACT: Final = 1


def plan_draft(journey: Journey, *, journey_id: int = 0) -> Plan:
    """Return the plan of a journey that may not be published yet.

    Raises:
        InvalidJourney: it contradicts itself, or begins nowhere.
    """
    problems = [one for one in check(journey, Catalogue(), stage="draft") if one.is_error]
    if problems:
        msg = say(
            "{key} contradicts itself: {message}", key=journey.key, message=problems[0].message
        )
        raise InvalidJourney(msg, [one.to_json() for one in problems])
    if journey.start is None:
        raise InvalidJourney(
            say("{key}: 'start' names no node, so nobody gets anywhere", key=journey.key)
        )
    return build_plan(journey, version_id=0, number=0, journey_id=journey_id)


class Scene:
    """One described contact and its setting.

    Attributes:
        plan: of the journey.
        zone: the contact's, on whose clock its times are written.
        setting: of the simulation, from the first thing given on.
    """

    def __init__(
        self,
        plan: Plan,
        described: Described,
        name: str,
        *,
        segments: Sequence[SavedSegment],
        implied_topics: frozenset[str],
        default_zone: str,
    ) -> None:
        self.plan, self._described, self._name = plan, described, name
        told = described.contact.timezone or described.contact.attributes.get("timezone")
        contact_zone = told if isinstance(told, str) else None
        self.zone = resolve_zone(contact=contact_zone, journey=None, instance=default_zone).zone
        self._begins_at = resolve_time(described.given[0].at, base=None, zone=self.zone)
        assumptions = read_assumptions(plan, described.assume)
        self.setting = Setting(
            plan,
            begins_at=self._begins_at,
            until=self.read_time(described.until),
            default_zone=default_zone,
            segments=list_segments(plan, segments),
            implied_topics=implied_topics,
            assumed=assumptions.fates,
            answers=assumptions.answers,
        )

    def read_time(self, text: str) -> datetime:
        """Return the instant that a text of the description names."""
        return resolve_time(text, base=self._begins_at, zone=self.zone)

    def list_problems(self) -> list[str]:
        """Return in words what it says of nodes that the journey does not have, or have so."""
        described, given = self._described, self._described.given
        named: list[str] = [*described.contact.arms]
        named += [one.message for one in given if isinstance(one, GivenMark)]
        named += [one.answers for one in given if isinstance(one, GivenLetter) and one.answers]
        named += [one.question for one in given if isinstance(one, GivenAnswer)]
        unknown = [key for key in dict.fromkeys(named) if key not in self.plan.places]
        problems = [f"there is no node {key!r}" for key in unknown]
        answers = [one for one in given if isinstance(one, GivenAnswer)]
        if not unknown:
            problems += list_wrong_answers(self.plan, answers)
        problems += list_unfit(self.plan, described.assume)
        is_of_records = self.plan.document.subject == RECORD
        if is_of_records and any(isinstance(one, GivenEntry) for one in given):
            problems.append("a journey about records is entered by a 'record', not by 'enter'")
        return problems

    def build_persona(self) -> Persona:
        """Return the contact, with everything it is given still to come."""
        contact = self._described.contact
        past = [(self.read_time(one.at), one) for one in self._described.before]
        since = min([self._begins_at, *(at for at, _ in past)])
        persona = describe_persona(
            CONTACT,
            contact.id or derive_id("described", self.plan.key, self._name),
            self._name,
            attributes=contact.attributes,
            since=since,
            raw_names=self.setting.raw_events,
            timezone=contact.timezone,
        )
        persona.takes_pushes = contact.takes_pushes
        stated = read_choices(_plain(contact.consents))
        persona.state_consents(stated, source=TRACKING, is_dated=False, now=since)
        for key, label in contact.arms.items():
            node = self.plan.document.nodes[key]
            if isinstance(node, SplitNode):
                persona.arms[get_salt(node, journey=self.plan.key, key=key)] = label
        for at, one in sorted(past, key=lambda each: each[0]):
            _recall(persona, one, at)
        persona.expect(given for one in self._described.given for given in self._list_given(one))
        return persona

    def _list_given(self, one: GivenThing) -> Iterator[Given]:
        at = self.read_time(one.at)
        match one:
            case GivenEvent():
                yield Given(at, Tracked(one.event, one.properties))
            case GivenIdentify():
                yield Given(at, Identified(one.identify))
            case GivenChoice():
                for said in read_choices(_plain(one.consent)):
                    yield Given(at, Chosen(said.topic, said.channel, said.choice))
            case GivenMark():
                yield Given(at, Marked(one.message, one.becomes))
            case GivenLetter(received=channel):
                yield Given(at, Received(channel, one.text, one.subject, one.answers))
            case GivenRecord(record=record):
                yield Given(at, _keep(record))
            case GivenRequest():
                yield Given(at, ask_for(self.plan, one))
            case GivenAnswer(question=key):
                node = self.plan.document.nodes[key]
                if isinstance(node, AskNode):  # as `list_problems` sees to
                    yield Given(at, Answers(key, read_answer(node, one.chooses, one.form)))
            case GivenEntry():
                yield enter_at(self.plan, at, one.enter)


def _recall(persona: Persona, one: EarlierThing, at: datetime) -> None:
    """Let something have been before: it counts, and lets nobody in."""
    match one:
        case GivenRecord(record=record):
            persona.take_in(_keep(record), 0, now=at)
        case GivenEvent(event=name, properties=properties):
            persona.take_in(Tracked(name, properties), 0, now=at)


def _keep(record: KeptRecord) -> Kept:
    return Kept(record.type, record.key, record.state, record.fields)


def _plain(consents: Mapping[str, Any]) -> dict[str, Any]:
    """Return choices as plain dictionaries, as calls state them."""
    return {
        topic: said if isinstance(said, bool) else dict(said) for topic, said in consents.items()
    }
