"""The first page: what happened lately, what waits for somebody, and what colleagues did."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Final, Literal

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.journeys import attention, stuck
from engine.journeys.overview import summarize_instance
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


class Sent(Answer):
    """Letters and texts that a provider took; what is told of them later."""

    sent: int
    delivered: int
    opened: int
    clicked: int
    bounced: int


class Span(Answer):
    """What happened in a span of days; without `messages` there are too many to count here."""

    contacts: Annotated[int, Field(description="New ones.")]
    entries: int
    goals: Annotated[int, Field(description="Enrollments that reached one, once each a day.")]
    events: int
    messages: Sent | None


class Day(Answer):
    """What left on one day (UTC)."""

    on: date
    email: int
    sms: int


class Leading(Answer):
    """A journey that many entered in these days, and how many reached a goal in them."""

    key: str
    name: str
    entered: int
    reached: int
    has_goals: bool


class FirstSteps(Answer):
    """What somebody new has done already."""

    has_event: bool
    has_published: bool
    has_sent: bool


class Waiting(Answer):
    """Something that waits for somebody; of a journey if `key` is there, else of `lane`."""

    kind: Literal["braked", "unpublished", "questions", "provider", "set_aside", "slow", "no_worker", "stuck"]  # fmt: skip
    count: int
    key: str | None = None
    name: str | None = None
    lane: str | None = None
    since: datetime | None = None


class Overview(Answer):
    """All of it. `before` is as many days before the span."""

    days: int
    contacts: int | None
    live: int
    paused: int
    inside: int
    now: Span
    before: Span
    by_day: list[Day] | None
    top: list[Leading]
    first_steps: FirstSteps
    waiting: list[Waiting]
    recent: list[Done]


class Asked(Given):
    """Of how many days, today included."""

    days: Annotated[Literal[7, 30, 90], Field(description="7, 30 or 90.")] = 30


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="overview")
def show(query: Asked) -> Overview:
    """Show what happened lately, and what waits for somebody."""
    house = get_house()
    with house.database.reading() as session:
        found = summarize_instance(session, now=house.clock.now(), days=query.days)
        return Overview(
            days=query.days,
            contacts=found.contacts,
            live=found.live,
            paused=found.paused,
            inside=found.inside,
            now=Span.model_validate(asdict(found.now)),
            before=Span.model_validate(asdict(found.before)),
            by_day=None if found.days is None else [Day(**asdict(day)) for day in found.days],
            top=[Leading(**asdict(one)) for one in found.top],
            first_steps=FirstSteps(**asdict(found.first_steps)),
            waiting=[*_list_journeys(session), *_list_operations(session, house)],
            recent=_list_recent(session),
        )


def _list_journeys(session: Session) -> Iterator[Waiting]:
    for one in attention.list_braked(session):
        yield Waiting(kind="braked", count=1, key=one.key, name=one.name, since=one.since)
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
