"""Drafts, versions and the states of a journey."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import check_revision, insert_into
from engine.document.json_text import write_json
from engine.errors import Conflict, InvalidJourney, NotFound, Unmapped
from engine.journeys.by_key import find_current, get_journey
from engine.journeys.deciding.edits import Fate, Moves
from engine.journeys.deciding.plan import Plan, build_plan
from engine.journeys.deciding.states import JourneyState, move_journey
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.definition.journey import dump_journey
from engine.journeys.entering.backfills import (
    Backfilling,
    begin_backfill,
    carry_backfill,
    end_backfill,
    hold_backfill,
)
from engine.journeys.entering.late import forget_late
from engine.journeys.publishing.catalogue import load_catalogue
from engine.journeys.publishing.moving import Place, list_places, move_inside
from engine.journeys.running.experiments import begin_experiments
from engine.journeys.running.inside import hold_inside
from engine.journeys.running.live import load_plans
from engine.journeys.validate.changes import check_changes
from engine.journeys.validate.check import check
from engine.journeys.validate.problems import Problem, Stage, grade
from engine.journeys.watching.watches import begin_watches, forget_watches
from engine.language.say import say
from engine.models.journey import Journey, JourneyVersion

RELEASED_PER_MINUTE: Final = 600


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to.

    Attributes:
        is_new: False where nothing but the layout had changed: no one re-enters, nothing is sent.
        moved: who was moved from older versions, and where they are now.
    """

    key: str
    number: int
    is_new: bool
    warnings: tuple[Problem, ...] = ()
    moved: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """That those inside are moved to the version published.

    Attributes:
        moves: what is to become of those who cannot stay where they are.
        per_minute: so many of those who go on at once are released a minute (rule 97).
    """

    moves: Moves
    default_zone: str
    per_minute: int = RELEASED_PER_MINUTE


def validate(session: Session, document: Document, *, stage: Stage = "publish") -> list[Problem]:
    """Return everything to mend, held against what exists in this instance, and what is live."""
    problems = check(document, load_catalogue(session), stage=stage)
    live = session.scalar(select(Journey.version_id).where(Journey.key == document.key))
    for plan in load_plans(session, [] if live is None else [live]).values():
        problems += [grade(one, stage) for one in check_changes(plan.document, document)]
    return problems


def make_draft(session: Session, document: Document, *, now: datetime) -> Journey:
    """Keep the first draft of a journey; answer its row.

    Raises:
        Conflict: a journey has this key.
    """
    statement = insert_into(session, Journey).values(
        key=document.key,
        name=document.name,
        state=JourneyState.DRAFT,
        draft=orjson.loads(dump_journey(document)),
        draft_revision=1,
        created_at=now,
        updated_at=now,
    )
    made = session.scalar(statement.on_conflict_do_nothing().returning(Journey.id))
    if made is None:
        msg = say("there is a journey {key!r} already", key=document.key)
        raise Conflict(msg)
    return session.get_one(Journey, made)


def save_draft(
    session: Session, document: Document, *, now: datetime, revision: int | None = None
) -> Journey:
    """Keep a draft, whether it can be published or not; answer its row.

    Args:
        revision: the one that was edited; None overwrites whatever stands there.

    Raises:
        LostUpdate: somebody else saved meanwhile.
        Conflict: somebody else makes a journey of this key just now.
    """
    journey = session.scalar(
        select(Journey).where(Journey.key == document.key).with_for_update(key_share=True)
    )
    if journey is None:
        return make_draft(session, document, now=now)
    body = orjson.loads(dump_journey(document))
    if revision is not None:
        check_revision(journey.draft_revision, edited=revision)
    if journey.draft != body:
        journey.draft, journey.name = body, document.name
        journey.draft_revision += 1
        journey.updated_at = now
        session.flush()
    return journey


def publish(
    session: Session,
    key: str,
    *,
    by: str,
    now: datetime,
    default_zone: str = "UTC",
    migration: Migration | None = None,
    backfill: Backfilling | None = None,
) -> Published:
    """Make the draft an immutable version, and let subjects in from now on (rules 95 and 111).

    Those inside stay on their version, unless they are to be moved. An unchanged draft makes no
    version (rule 104). A stopped journey lives again; a paused one stays paused, for resuming it
    asks what becomes of the waits.

    Args:
        backfill: let those in as well who qualified before, by and by (rule 112).

    Raises:
        Invalid: nobody can know who qualified before.
        Conflict: another backfill is under way.
        NotFound: no such journey.
        InvalidJourney: it cannot work as it is written; says where, with node ids.
        Unmapped: people are at nodes of which nobody has said where they go (rule 96).
    """
    hold_backfill(session, key)
    inside = set() if migration is None else hold_inside(session, get_journey(session, key).id)
    journey = hold_journey(session, key)
    document = Document.model_validate_json(write_json(journey.draft))
    warnings = check_publishable(session, document)
    begins = journey.state in (JourneyState.DRAFT, JourneyState.STOPPED)
    if journey.state != JourneyState.PAUSED:
        journey.state = move_journey(JourneyState(journey.state), JourneyState.LIVE)
        journey.archived_at = None
    journey.updated_at = now
    digest = digest_document(document)
    current = find_current(session, journey)
    is_new = current is None or current.digest != digest
    version = current
    if version is None or is_new:
        version = _add_version(session, journey, digest, by, now)
    # Not `load_plans`: it keeps what it builds, also of a version that is rolled back.
    plan = build_plan(document, version_id=version.id, number=version.number, journey_id=journey.id)
    if is_new:
        _take_over(session, plan, current, now=now)
    if is_new or begins:
        begin_listening(session, journey, plan, now=now, default_zone=default_zone)
    if backfill is not None:
        begin_backfill(session, plan, backfill, by=by, now=now)
    moved: tuple[Place, ...] = ()
    if migration is not None:
        moved = _migrate(session, version, plan, inside, migration, by, now)
    return Published(key, version.number, is_new=is_new, warnings=warnings, moved=moved)


def check_publishable(session: Session, document: Document) -> tuple[Problem, ...]:
    """Return what may be as meant, and may not.

    Raises:
        InvalidJourney: it cannot be published.
    """
    problems = validate(session, document)
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        msg = say(
            "{key} cannot be published: {message}", key=document.key, message=errors[0].message
        )
        raise InvalidJourney(msg, [problem.to_json() for problem in errors])
    return tuple(problem for problem in problems if not problem.is_error)


def _add_version(
    session: Session, journey: Journey, digest: str, by: str, now: datetime
) -> JourneyVersion:
    latest = session.scalar(
        select(func.max(JourneyVersion.number)).where(JourneyVersion.journey_id == journey.id)
    )
    version = JourneyVersion(
        journey_id=journey.id,
        number=(latest or 0) + 1,
        document=journey.draft,
        digest=digest,
        published_at=now,
        published_by=by,
    )
    session.add(version)
    session.flush()
    journey.version_id = version.id
    return version


def _take_over(
    session: Session, plan: Plan, before: JourneyVersion | None, *, now: datetime
) -> None:
    """Let what waits outside go on into a new version, as far as that listens to the same."""
    trigger = plan.document.model_dump(mode="json", by_alias=True, exclude_unset=True)["trigger"]
    is_same = before is not None and before.document["trigger"] == trigger
    forget_watches(session, plan.journey_id, plan.document)
    if not is_same:
        forget_late(session, plan.journey_id)
    carry_backfill(session, plan, is_same_trigger=is_same, now=now)
    begin_experiments(session, plan, now=now)


def _migrate(
    session: Session,
    version: JourneyVersion,
    target: Plan,
    inside: set[int],
    migration: Migration,
    by: str,
    now: datetime,
) -> tuple[Place, ...]:
    places = list_places(session, target.journey_id, target, migration.moves, among=inside)
    unmapped = [place.to_json() for place in places if place.move.fate is Fate.UNMAPPED]
    if unmapped:
        msg = say(
            "{key} cannot move its people yet: {message}",
            key=target.key,
            message=unmapped[0]["message"],
        )
        raise Unmapped(msg, unmapped)
    moved = move_inside(
        session,
        places,
        target,
        now=now,
        default_zone=migration.default_zone,
        per_minute=migration.per_minute,
    )
    if moved:
        before: dict[str, Any] = version.moves or {"moves": []}
        done = {"at": now.isoformat(), "by": by, "places": [place.to_json() for place in moved]}
        version.moves = {"moves": [*before["moves"], done]}
        session.flush()
    return tuple(moved)


def digest_document(document: Document) -> str:
    """Return the SHA-256 of what the journey means: everything but where its nodes are drawn."""
    meaning: dict[str, Any] = document.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"layout", "schema_url"}
    )
    text = orjson.dumps(meaning, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()


def cancel_backfill(session: Session, key: str, *, by: str, now: datetime) -> None:
    """Let nobody in any more by a journey's backfill; who has entered stays.

    Raises:
        NotFound: no such journey.
        Conflict: none is under way.
    """
    journey = hold_journey(session, key)
    if not end_backfill(session, journey.id, by=by, now=now):
        msg = say("no backfill of {key} is under way", key=key)
        raise Conflict(msg)


def hold_journey(session: Session, key: str) -> Journey:
    """Return a journey's row, held until the transaction ends.

    Raises:
        NotFound: no journey has this key.
    """
    hold_backfill(session, key)  # before the journey's row, as those take them who let in by one
    journey = session.scalar(
        select(Journey).where(Journey.key == key).with_for_update(key_share=True)
    )
    if journey is None:
        msg = say("there is no journey {key!r}", key=key)
        raise NotFound(msg)
    return journey


def begin_listening(
    session: Session, journey: Journey, plan: Plan, *, now: datetime, default_zone: str
) -> None:
    """Begin to listen: schedules count from now, and so do silences, dates and clocks."""
    journey.schedule_mark_at = max(now, journey.schedule_mark_at or now)
    session.flush()
    begin_watches(session, plan, now=now, default_zone=default_zone)
