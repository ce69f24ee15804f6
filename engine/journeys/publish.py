"""Drafts, versions and the states of a journey."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from engine.db import change_rows, lock_contacts
from engine.document.json_text import write_json
from engine.errors import Conflict, InvalidJourney, LostUpdate, NotFound
from engine.journeys.catalogue import load_catalogue
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.definition.journey import dump_journey
from engine.journeys.held import Held
from engine.journeys.inside import end_enrollments, load_held
from engine.journeys.live import load_plans
from engine.journeys.plan import WHOLE
from engine.journeys.states import ACTIVE, EnrollmentStatus, JourneyState, move_journey
from engine.journeys.tallies import SET_ASIDE, add_tallies
from engine.journeys.validate.check import check
from engine.journeys.validate.problems import Problem, Stage
from engine.journeys.watches import begin_silences, forget_watches
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Journey, JourneyVersion
from engine.tasks import Lane, ring


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to.

    Attributes:
        is_new: False where nothing but the layout had changed: no one re-enters, nothing is sent.
    """

    key: str
    number: int
    is_new: bool
    warnings: tuple[Problem, ...] = ()


def get_journey(session: Session, key: str) -> Journey:
    """Return a journey's row.

    Raises:
        NotFound: no journey has this key.
    """
    journey = session.scalar(select(Journey).where(Journey.key == key))
    if journey is None:
        msg = f"there is no journey {key!r}"
        raise NotFound(msg)
    return journey


def validate(session: Session, document: Document, *, stage: Stage = "publish") -> list[Problem]:
    """Return everything to mend, held against what exists in this instance."""
    return check(document, load_catalogue(session), stage=stage)


def save_draft(
    session: Session, document: Document, *, now: datetime, revision: int | None = None
) -> Journey:
    """Keep a draft, whether it can be published or not; answer its row.

    Args:
        revision: the one that was edited; None overwrites whatever stands there.

    Raises:
        LostUpdate: somebody else saved meanwhile.
    """
    body = orjson.loads(dump_journey(document))
    journey = session.scalar(
        select(Journey).where(Journey.key == document.key).with_for_update(key_share=True)
    )
    if journey is None:
        journey = Journey(
            key=document.key,
            name=document.name,
            state=JourneyState.DRAFT,
            draft=body,
            draft_revision=1,
            created_at=now,
            updated_at=now,
        )
        session.add(journey)
        session.flush()
        return journey
    if revision is not None and revision != journey.draft_revision:
        msg = f"the draft is at revision {journey.draft_revision}, and {revision} was edited"
        raise LostUpdate(msg)
    if journey.draft != body:
        journey.draft, journey.name = body, document.name
        journey.draft_revision += 1
        journey.updated_at = now
        session.flush()
    return journey


def publish(session: Session, key: str, *, by: str, now: datetime) -> Published:
    """Make the draft an immutable version, and let subjects in from now on (rules 95 and 111).

    Those inside stay on their version. An unchanged draft makes no version (rule 104); it only
    brings a paused or stopped journey back to life.

    Raises:
        NotFound: no such journey.
        InvalidJourney: it cannot work as it is written; says where, with node ids.
    """
    journey = _hold(session, key)
    document = Document.model_validate_json(write_json(journey.draft))
    problems = validate(session, document)
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        msg = f"{key} cannot be published: {errors[0].message}"
        raise InvalidJourney(msg, [problem.to_json() for problem in errors])
    warnings = tuple(problem for problem in problems if not problem.is_error)
    digest = digest_document(document)
    current = (
        session.get(JourneyVersion, journey.version_id) if journey.version_id is not None else None
    )
    state = move_journey(JourneyState(journey.state), JourneyState.LIVE)
    was_live = journey.state == JourneyState.LIVE
    journey.state, journey.updated_at = state, now
    if current is not None and current.digest == digest:
        if not was_live:
            _wake_up(session, journey, now=now)
        return Published(key, current.number, is_new=False, warnings=warnings)
    number = 1 + int(
        session.scalar(
            select(func.coalesce(func.max(JourneyVersion.number), 0)).where(
                JourneyVersion.journey_id == journey.id
            )
        )
        or 0
    )
    version = JourneyVersion(
        journey_id=journey.id,
        number=number,
        document=journey.draft,
        digest=digest,
        published_at=now,
        published_by=by,
    )
    session.add(version)
    session.flush()
    journey.version_id = version.id
    forget_watches(session, journey.id, document)
    _wake_up(session, journey, now=now)
    return Published(key, number, is_new=True, warnings=warnings)


def pause(session: Session, key: str, *, now: datetime) -> None:
    """Let nobody in, move nobody on, hand nothing over; events are still recorded (rule 102).

    Raises:
        NotFound: no such journey.
        InvalidTransition: it is not live.
    """
    journey = _hold(session, key)
    journey.state = move_journey(JourneyState(journey.state), JourneyState.PAUSED)
    journey.updated_at = now


def resume(session: Session, key: str, *, now: datetime) -> None:
    """Go on after a pause; what fell due meanwhile goes on now.

    Raises:
        NotFound: no such journey.
        Conflict: it is not paused.
    """
    journey = _hold(session, key)
    if journey.state != JourneyState.PAUSED:
        msg = f"{key} is {journey.state}, not paused"
        raise Conflict(msg)
    journey.state, journey.updated_at = JourneyState.LIVE, now
    _wake_up(session, journey, now=now)
    for lane in (Lane.ADVANCE, Lane.EMAIL, Lane.SMS, Lane.WEBHOOK, Lane.SEGMENTS):
        ring(session, lane)


def stop(session: Session, key: str, *, ends_all: bool, now: datetime) -> int:
    """Let nobody in any more; answer how many enrollments were ended (rule 105).

    Args:
        ends_all: end those inside as well, with `journey_stopped`; else they go on to their end.

    Raises:
        NotFound: no such journey.
        InvalidTransition: it was never live.
    """
    journey = _hold(session, key)
    journey.state = move_journey(JourneyState(journey.state), JourneyState.STOPPED)
    journey.updated_at = now
    if not ends_all:
        ring(session, Lane.ADVANCE)
        return 0
    left = _load_inside(session, journey.id)
    for held in left:
        held.leave("journey_stopped")
    end_enrollments(session, left, now=now)
    return len(left)


def digest_document(document: Document) -> str:
    """Return the SHA-256 of what the journey means: everything but where its nodes are drawn."""
    meaning: dict[str, Any] = document.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"layout", "schema_url"}
    )
    text = orjson.dumps(meaning, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()


def list_journeys(session: Session) -> Sequence[Journey]:
    """Return all journeys by key."""
    return session.scalars(select(Journey).order_by(Journey.key)).all()


def count_inside(session: Session) -> Counter[int]:
    """Return how many enrollments are active, by journey id."""
    rows = session.execute(
        select(Enrollment.journey_id, func.count())
        .where(Enrollment.status.in_(ACTIVE))
        .group_by(Enrollment.journey_id)
    )
    return Counter(dict(rows.all()))


def replay_enrollments(session: Session, ids: Sequence[int], *, now: datetime) -> int:
    """Let enrollments that were set aside try again; answer how many.

    One whose subject has entered again meanwhile stays where it is, and of several of one subject
    the last goes on: two may not be under way. Of somebody who was erased none goes on.
    """
    known = select(Contact.id).where(Contact.erased_at.is_(None))
    aside = (
        Enrollment.id.in_(list(ids)),
        Enrollment.status == EnrollmentStatus.FAILED,
        Enrollment.contact_id.in_(known),
    )
    lock_contacts(session, session.scalars(select(Enrollment.contact_id).where(*aside)))
    other = aliased(Enrollment)
    successor = exists().where(
        other.journey_id == Enrollment.journey_id,
        other.subject_kind == Enrollment.subject_kind,
        other.subject_id == Enrollment.subject_id,
        other.entry_key == Enrollment.entry_key,
        other.status.in_(ACTIVE),
    )
    subject = Enrollment.subject_kind, Enrollment.subject_id, Enrollment.entry_key
    last = (
        select(func.max(Enrollment.id))
        .where(*aside, ~successor)
        .group_by(Enrollment.journey_id, *subject)
    )
    again = list(session.scalars(last))
    versions = session.execute(
        select(Enrollment.version_id, func.count())
        .where(Enrollment.id.in_(again))
        .group_by(Enrollment.version_id)
    )
    add_tallies(session, {(version, WHOLE, SET_ASIDE): -n for version, n in versions})
    changed = change_rows(
        session,
        update(Enrollment)
        .where(Enrollment.id.in_(again))
        .values(status=EnrollmentStatus.DUE, wake_at=now, ended_at=None, reason=None),
    )
    ring(session, Lane.ADVANCE)
    return changed


def _hold(session: Session, key: str) -> Journey:
    journey = session.scalar(
        select(Journey).where(Journey.key == key).with_for_update(key_share=True)
    )
    if journey is None:
        msg = f"there is no journey {key!r}"
        raise NotFound(msg)
    return journey


def _wake_up(session: Session, journey: Journey, *, now: datetime) -> None:
    """Begin to listen: schedules count from now, silences of everybody known."""
    journey.schedule_mark_at = max(now, journey.schedule_mark_at or now)
    session.flush()
    if journey.version_id is not None:
        plan = load_plans(session, [journey.version_id])[journey.version_id]
        begin_silences(session, plan, now=now)


def _load_inside(session: Session, journey_id: int) -> list[Held]:
    contacts = session.scalars(
        select(Enrollment.contact_id)
        .where(Enrollment.journey_id == journey_id, Enrollment.status.in_(ACTIVE))
        .distinct()
    )
    held = load_held(session, lock_contacts(session, contacts))
    inside = (one for several in held.values() for one in several)
    return [one for one in inside if one.plan.journey_id == journey_id]
