"""Simulates a journey for described or real contacts: loads what it takes, and writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.contacts.finding import find_contacts
from engine.document.json_text import write_json
from engine.errors import Invalid, NotFound
from engine.journeys.by_key import get_journey
from engine.journeys.deciding.moment import Moment
from engine.journeys.deciding.plan import Plan
from engine.journeys.definition.case_file import Assumption, Described
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.rehearsing.replaying import load_past
from engine.journeys.rehearsing.sampling import (
    choose_contacts,
    load_implied_topics,
    load_present,
    load_segments,
)
from engine.journeys.simulation.assuming import list_unfit, read_assumptions
from engine.journeys.simulation.entering import enter_at, enter_records
from engine.journeys.simulation.given import Given
from engine.journeys.simulation.outcome import Outcome, sum_up
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.scene import Scene, plan_draft
from engine.journeys.simulation.setting import Setting, list_segments
from engine.journeys.simulation.simulate import simulate
from engine.language.say import say
from engine.messages.gates.allowances import load_limits, load_uses
from engine.models.event import Event
from engine.models.journey import Journey
from engine.parts.entering import TriggerBase
from engine.segments.judging import SavedSegment
from engine.triggers.api import ApiTrigger
from engine.triggers.date import DateTrigger
from engine.triggers.manual import ManualTrigger
from engine.triggers.record import RecordClock, RecordTrigger
from engine.triggers.schedule import ScheduleTrigger

MOST_CONTACTS: Final = 5_000
LONGEST: Final = timedelta(days=366)
USUAL_LENGTH: Final = timedelta(days=90)
MOST_STORIES: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be simulated: one of described, contacts, or a sample.

    Attributes:
        described: a contact and what happens to it.
        contacts: real ones, by our id or the sender's own.
        sample: so many real ones.
        replay: what has happened to them for so long happens again; None: nothing happens to
            them, and they are let in at the beginning.
        begins_at: when that is; None is now.
        lasts: how long it goes on from there.
        properties: what is seen under `trigger.properties` of those let in at the beginning.
        assume: by node, what becomes of messages and calls, and what colleagues answer.
        stories: so many contacts are told of one by one.
    """

    described: Described | None = None
    contacts: Sequence[str] = ()
    sample: int = 0
    replay: timedelta | None = None
    begins_at: datetime | None = None
    lasts: timedelta = USUAL_LENGTH
    properties: Mapping[str, Any] = field(default_factory=dict)
    assume: Mapping[str, Assumption] = field(default_factory=dict)
    stories: int = 10


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a simulation takes, in memory."""

    setting: Setting
    personas: Sequence[Persona]
    stories: int
    warnings: Sequence[str] = ()

    def run(self, *, tell: Callable[[str, int], None]) -> Outcome:
        """Simulate; answer what it came to. May be called once: the contacts are changed.

        Args:
            tell: told now and then what is being done, and how far it is; may raise to break off.
        """

        def tell_days(_turns: int, now: datetime) -> None:
            tell("days", (now - self.setting.begins_at).days)

        lived = simulate(self.setting, self.personas, tell=tell_days)
        return sum_up(self.setting, lived, most_stories=self.stories, warnings=self.warnings)


def load_draft(session: Session, key: str) -> Document:
    """Return a journey's draft.

    Raises:
        NotFound: no journey has this key.
    """
    return Document.model_validate_json(write_json(get_journey(session, key).draft))


def prepare(
    session: Session,
    document: Document,
    asked: Asked,
    *,
    catalogues: Sequence[CatalogueFile] = (),
    moment: Moment,
    tell: Callable[[str, int], None],
) -> Prepared:
    """Load what a simulation takes.

    Args:
        session: for reading.
        document: of the journey, perhaps a draft.
        asked: for whom, and for how long.
        catalogues: topics and segments that are not applied yet; those of the instance win.
        moment: the present instant, and the instance's settings.
        tell: told now and then what is being done, and how far it is; may raise to break off.

    Raises:
        Invalid: too many contacts, too long, or nobody named.
        InvalidJourney: the journey contradicts itself.
        NotFound: there is no such contact.
    """
    journey_id = session.scalar(select(Journey.id).where(Journey.key == document.key)) or 0
    plan = plan_draft(document, journey_id=journey_id)
    _refuse_any(list_unfit(plan, asked.assume))
    segments, implied = load_segments(session), load_implied_topics(session)
    known = {one.key for one in segments}
    for file in catalogues:
        segments += [
            SavedSegment(one.key, one.condition) for one in file.segments if one.key not in known
        ]
        implied |= {one.key for one in file.topics if one.opt_in == "implied"}
    if asked.described is not None:
        scene = Scene(
            plan,
            asked.described,
            "described",
            segments=segments,
            implied_topics=implied,
            default_zone=moment.default_zone,
        )
        _refuse_any(scene.list_problems())
        _refuse_length(scene.setting.until - scene.setting.begins_at)
        return Prepared(scene.setting, [scene.build_persona()], asked.stories)
    ids = _choose(session, asked)
    begins_at = asked.begins_at or moment.now
    if asked.replay is not None:
        _refuse_unreplayable(document.trigger)
        begins_at = moment.now - asked.replay
    until = moment.now if asked.replay is not None else begins_at + asked.lasts
    _refuse_length(until - begins_at)
    assumptions = read_assumptions(plan, asked.assume)
    setting = Setting(
        plan,
        begins_at=begins_at,
        until=until,
        default_zone=moment.default_zone,
        segments=list_segments(plan, segments),
        implied_topics=implied,
        assumed=assumptions.fates,
        answers=assumptions.answers,
        holdout_percent=moment.holdout_percent,
        limits=load_limits(session),
    )

    def tell_contacts(count: int) -> None:
        tell("contacts", count)

    if asked.replay is not None:
        past = load_past(session, ids, setting, tell=tell_contacts)
        warnings = _warn_of_past(session, begins_at, past.left_out)
        return Prepared(setting, past.personas, asked.stories, warnings)
    personas = load_present(session, ids, setting, tell=tell_contacts)
    uses = load_uses(session, ids, now=moment.now) if setting.limits else {}
    for persona in personas:
        persona.uses = uses.get(persona.contact_id, ())
        persona.expect(_enter(plan, persona, begins_at, asked.properties))
    return Prepared(setting, personas, asked.stories)


def _enter(
    plan: Plan, persona: Persona, at: datetime, properties: Mapping[str, Any]
) -> Iterable[Given]:
    """Return what lets a contact in at the beginning; nothing where the clock will."""
    match plan.document.trigger:
        case ScheduleTrigger() | DateTrigger() | RecordTrigger(change=RecordClock()):
            return ()
        case RecordTrigger():
            return enter_records(plan, at, persona.records)
        case _:
            return [enter_at(plan, at, properties)]


def _refuse_unreplayable(trigger: TriggerBase) -> None:
    """Refuse what the simulator would let nobody in by, rather than answer that nobody entered."""
    if isinstance(trigger, ManualTrigger | ApiTrigger):
        msg = say(
            "whom a {kind} trigger let in is no event, so it cannot happen again: name contacts without a replay, and they enter at its beginning",
            kind=trigger.kind,
        )
        raise Invalid(msg)


def _choose(session: Session, asked: Asked) -> list[int]:
    if asked.contacts:
        found = find_contacts(session, asked.contacts)
        missing = [given for given in asked.contacts if given not in found]
        if missing:
            raise NotFound(say("there is no contact {contact!r}", contact=missing[0]))
        ids = list(dict.fromkeys(found[given] for given in asked.contacts))
    elif asked.sample > 0:
        ids = choose_contacts(session, limit=min(asked.sample, MOST_CONTACTS + 1))
    else:
        raise Invalid(say("say for whom: a described contact, contacts, or a sample"))
    if len(ids) > MOST_CONTACTS:
        raise Invalid(
            say(
                "a simulation takes at most {most_contacts:,} contacts", most_contacts=MOST_CONTACTS
            )
        )
    return ids


def _refuse_length(length: timedelta) -> None:
    if not timedelta() <= length <= LONGEST:
        raise Invalid(
            say("a simulation spans at most {days} days, and goes forward", days=LONGEST.days)
        )


def _refuse_any(problems: Iterable[str]) -> None:
    for problem in problems:
        raise Invalid(problem)


def _warn_of_past(session: Session, begins_at: datetime, left_out: int) -> list[str]:
    warnings = []
    first_at = session.scalar(select(func.min(Event.occurred_at)))
    if first_at is None:
        warnings.append("no event is known, so nothing happens again")
    elif first_at > begins_at:
        warnings.append(f"the first event known is of {first_at.date().isoformat()}")
    if left_out:
        warnings.append(f"records that have changed hands let nobody in: {left_out}")
    return warnings
