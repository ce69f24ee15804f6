"""The queues page: lanes, processes, and what is set aside, with its Replay button."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from flask import Blueprint
from pydantic import Field

from engine.accounts import audit
from engine.accounts.permissions import Permission
from engine.journeys.reporting import stuck
from server import queues
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("queues", __name__, url_prefix="/api/v1/queues")


class Lane(Answer):
    """How a lane stands."""

    lane: str
    depth: int
    oldest_seconds: float | None
    per_minute: float
    failed_per_minute: float


class Enrollments(Answer):
    """How late the enrollments are that are due, in seconds, and how many are stuck, by ailment."""

    due: int
    lag_p50: float
    lag_p95: float
    lag_max: float
    stuck: dict[str, int]


class Process(Answer):
    """A web, worker or scheduler process."""

    id: str
    role: str
    started_at: datetime
    seen_at: datetime
    alive: bool


class SetAside(Answer):
    """Something that is out of the way until a person looks at it."""

    id: str
    lane: str
    what: str
    reason: str
    at: datetime | None
    message: UUID | None


class Queues(Answer):
    """All of it."""

    lanes: list[Lane]
    enrollments: Enrollments
    processes: list[Process]
    set_aside: list[SetAside]
    set_aside_count: int


class Replay(Given):
    """Which things to put back."""

    ids: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=1000)]


class Replayed(Answer):
    """How many were."""

    replayed: int


@blueprint.get("")
@requires(Permission.SEE_OPERATIONS)
@endpoint(tag="operations")
def show() -> Queues:
    """Show how much every lane has to do, who works, and what is set aside."""
    house = get_house()
    wall, now = house.wall.now(), house.clock.now()
    with house.database.reading() as session:
        lag = stuck.measure_lag(session, now=now)
        return Queues(
            enrollments=Enrollments(
                due=lag.due,
                lag_p50=lag.half,
                lag_p95=lag.most,
                lag_max=lag.longest,
                stuck={
                    ailment.value: count
                    for ailment, count in stuck.count_stuck(session, now=now).items()
                },
            ),
            lanes=[
                Lane(
                    lane=each.lane,
                    depth=each.depth,
                    oldest_seconds=each.oldest_seconds,
                    per_minute=each.per_minute,
                    failed_per_minute=each.failed_per_minute,
                )
                for each in queues.read_lanes(session, now=now, wall=wall)
            ],
            processes=[
                Process(
                    id=each.id,
                    role=each.role,
                    started_at=each.started_at,
                    seen_at=each.seen_at,
                    alive=queues.is_alive(each, wall=wall),
                )
                for each in queues.list_processes(session)
            ],
            set_aside=[
                SetAside(
                    id=each.id,
                    lane=each.lane,
                    what=each.what,
                    reason=each.reason,
                    at=each.at,
                    message=each.message,
                )
                for each in queues.list_set_aside(session)
            ],
            set_aside_count=sum(queues.count_set_aside(session).values()),
        )


@blueprint.post("/replay")
@requires(Permission.PUBLISH)
@endpoint(tag="operations")
def replay(body: Replay) -> Replayed:
    """Put things that were set aside back to where they are worked on."""
    house = get_house()
    now = house.clock.now()
    with house.database.transaction() as session:
        count = queues.replay(session, body.ids, now=now)
        audit.record(
            session,
            actor=get_actor().name,
            action="queues.replayed",
            target=f"{count} of {len(body.ids)}",
            details={"ids": body.ids},
            now=house.wall.now(),
        )
    return Replayed(replayed=count)
