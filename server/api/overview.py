"""The first page: what happened lately, what waits for somebody, and what colleagues did."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Final, Literal

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.journeys.reporting import attention, stuck
from engine.journeys.reporting.overview import Course as Measured
from engine.journeys.reporting.overview import summarize_instance
from engine.messages.feedback import streams
from server import queues
from server.api.audit import Done, describe_done
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import House, get_house

OLD_SECONDS: Final = 300
"""Work that has been due for longer than this means that workers are missing or stuck."""
RECENT: Final = 8
MOST_NAMED: Final = 5

blueprint = Blueprint("overview", __name__, url_prefix="/api/v1/overview")


class Course(Answer):
    """How something went: on each day (UTC) of the span, today last; and in all in the one before."""

    days: list[int]
    before: int


class FirstSteps(Answer):
    """What somebody new has done already."""

    has_key: bool
    has_event: bool
    has_template: bool
    has_journey: bool
    has_published: bool
    has_sent: bool


class Waiting(Answer):
    """Something that waits for somebody; of a journey if `key` is there, else of `lane`."""

    kind: Literal["braked", "paused", "entries_paused", "sends_paused", "unpublished", "questions", "provider", "stream_held", "set_aside", "slow", "no_worker", "stuck"]  # fmt: skip
    count: int
    key: str | None = None
    name: str | None = None
    lane: str | None = None
    since: datetime | None = None


class Overview(Answer):
    """All of it. `goals` is null where there are too many to count for a page."""

    days: int
    live: int
    paused: int
    inside: int
    events: Course
    entries: Course
    messages: Annotated[Course, Field(description="Letters and texts that a provider took.")]
    goals: Course | None
    first_steps: FirstSteps
    waiting: list[Waiting]
    recent: list[Done]


class Asked(Given):
    """Of how many days, today included."""

    days: Literal["14", "30"] = "14"


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="overview")
def show(query: Asked) -> Overview:
    """Show what happened lately, and what waits for somebody."""
    house = get_house()
    with house.database.reading() as session:
        found = summarize_instance(session, now=house.clock.now(), days=int(query.days))
        return Overview(
            days=int(query.days),
            live=found.live,
            paused=found.paused,
            inside=found.inside,
            events=_write(found.events),
            entries=_write(found.entries),
            messages=_write(found.messages),
            goals=None if found.goals is None else _write(found.goals),
            first_steps=FirstSteps(**asdict(found.first_steps)),
            waiting=[*_list_journeys(session), *_list_operations(session, house)],
            recent=_list_recent(session),
        )


def _write(course: Measured) -> Course:
    return Course(days=list(course.days), before=course.before)


def _list_journeys(session: Session) -> Iterator[Waiting]:
    for stillness, one in attention.list_still(session):
        yield Waiting(kind=stillness, count=1, key=one.key, name=one.name, since=one.since)
    if Permission.ANSWER_QUESTIONS in get_actor().permissions and (
        asked := attention.count_open_questions(session)
    ):
        yield Waiting(kind="questions", count=asked)
    if Permission.EDIT_DRAFTS in get_actor().permissions:
        for one in attention.list_unpublished(session)[:MOST_NAMED]:
            yield Waiting(kind="unpublished", count=1, key=one.key, name=one.name, since=one.since)


def _list_operations(session: Session, house: House) -> Iterator[Waiting]:
    wall, now = house.wall.now(), house.clock.now()
    if Permission.SEE_OPERATIONS not in get_actor().permissions:
        return
    for channel, count in attention.count_held(session).items():
        yield Waiting(kind="provider", count=count, lane=channel)
    if held_at := streams.find_hold(session):
        yield Waiting(kind="stream_held", count=1, lane="email", since=held_at)
    for lane, count in queues.count_set_aside(session).items():
        if count:
            yield Waiting(kind="set_aside", count=count, lane=lane)
    alive = [one for one in queues.list_processes(session) if queues.is_alive(one, wall=wall)]
    if not any("worker" in one.role.split("+") for one in alive):
        yield Waiting(kind="no_worker", count=1)
    for figures in queues.read_lanes(session, now=now, wall=wall):
        if (figures.oldest_seconds or 0) > OLD_SECONDS:
            yield Waiting(kind="slow", count=figures.depth, lane=figures.lane)
    if ailing := sum(stuck.count_stuck(session, now=now).values()):
        yield Waiting(kind="stuck", count=ailing)


def _list_recent(session: Session) -> list[Done]:
    """Return what was done lately; to who may not see all of it, what was done to journeys."""
    sees_all = Permission.MANAGE_SETTINGS in get_actor().permissions
    sort = "" if sees_all else "journey"
    return describe_done(session, audit.list_entries(session, limit=RECENT, sort=sort))
