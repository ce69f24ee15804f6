"""The life of a journey: plan, publish, pause, resume, stop, delete."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from flask import Blueprint
from pydantic import AwareDatetime, Field

from engine.accounts.permissions import Permission
from engine.document.json_text import write_json
from engine.journeys import by_key
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.definition.journey import Journey
from engine.journeys.definition.moves import MovesFile, read_moves
from engine.journeys.entering.backfills import Backfilling
from engine.journeys.publishing import pausing, preview, stopping
from engine.journeys.publishing import publish as publishing
from engine.journeys.publishing.pausing import Pausable
from engine.journeys.publishing.publish import RELEASED_PER_MINUTE, Migration
from engine.journeys.rehearsing.estimate import estimate_entries
from engine.journeys.reporting.reachable import list_reachable
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("lifecycle", __name__, url_prefix="/api/v1/journeys")

PerMinute = Annotated[
    int,
    Field(
        default=RELEASED_PER_MINUTE,
        ge=1,
        le=1_000_000,
        description="So many of those who go on at once are released a minute.",
    ),
]


class Plan(Given):
    """What is to become of those who cannot stay where they are."""

    moves: Annotated[MovesFile, Field(default_factory=dict)]


class BackfillGiven(Given):
    """That those enter as well who qualified before: `now` at the start, or where they would be."""

    mode: Literal["now", "by_age"]
    per_minute: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    since: AwareDatetime | None = None


class Publish(Given):
    """What becomes of those inside, and of those who qualified before; nothing unless said so.

    With `migrate` all of those inside move to the version published.
    """

    migrate: Literal["all"] | None = None
    moves: Annotated[MovesFile, Field(default_factory=dict)]
    per_minute: PerMinute
    backfill: BackfillGiven | None = None


class Place(Answer):
    """Those at one node of an older version, and what becomes of them."""

    version: int
    node: str
    people: int
    fate: str
    to: str | None
    released: int
    message: str


class Changes(Answer):
    """What an edit changed: keys of nodes, and parts of the document."""

    added: list[str]
    removed: list[str]
    changed: list[str]
    parts: list[str]


class Planned(Answer):
    """What publishing would do. Not mapped: some places have no fate yet, see their message."""

    key: str
    is_new: bool
    changes: Changes
    places: list[Place]
    people: int
    released: int
    is_mapped: bool
    warnings: list[dict[str, Any]]


class Reached(Answer):
    """One kind of message: of the journey's people (`of` null: of all contacts) it would reach so many.

    `margin` more or fewer, where not every address was held against those that are never written to.
    Where `is_more`, at least so many have an address and the topic's yes.
    """

    channel: Literal["email", "sms", "push"]
    topic: str
    people: int
    of: int | None
    is_more: bool
    margin: int


class Estimated(Answer):
    """What was, of which the draft would have let people in.

    By `basis`: `events` of the last `days`, before the conditions of trigger and entry, and of the
    last 7 of them alone; who is in the `segment`, or of a schedule's `audience`, now; who has the
    `date`; who has been `silent` for so long; `records` of the type, in `times`; `none`: nothing
    can be said. Where `is_more`, at least so many.
    """

    basis: Literal["events", "segment", "audience", "date", "silent", "records", "none"]
    days: int
    times: int | None
    people: int | None
    week_times: int | None
    week_people: int | None
    is_more: bool
    reach: list[Reached]


class PublishedAnswer(Answer):
    """What is live now, and who was moved to it."""

    key: str
    number: int
    is_new: bool
    warnings: list[dict[str, Any]]
    moved: list[Place]


class Pause(Given):
    """What is paused."""

    what: Literal["all", "entries", "sends"] = "all"


class Resume(Given):
    """What goes on, and what the pause did to waits; `waits` must be said for `all`."""

    what: Literal["all", "entries", "sends"] = "all"
    waits: Literal["shift", "keep", "drop", "restart_wait"] | None = None
    per_minute: PerMinute


class Resumed(Answer):
    """How many were overdue and go on in a wave, and how many left."""

    released: int
    dropped: int


class Stop(Given):
    """How to stop.

    `drain` lets those inside go on to their end, `now` ends them.
    """

    mode: Literal["drain", "now"]


class Stopped(Answer):
    """How many enrollments were ended."""

    ended: int


class Deleted(Answer):
    """Under which key the statistics stay; none for a draft that was never live."""

    kept_as: str | None


@blueprint.post("/<key>/plan")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def plan(key: str, body: Plan) -> Planned:
    """Tell what publishing the draft would change, and where it would leave those inside."""
    house = get_house()
    with house.database.reading() as session:
        row = by_key.get_journey(session, key)
        planned = preview.plan_publish(
            session,
            Journey.model_validate_json(write_json(row.draft)),
            read_moves(body.moves),
            now=house.clock.now(),
            default_zone=house.settings.timezone,
        )
    return Planned.model_validate(planned.to_json())


@blueprint.post("/<key>/estimate")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def estimate(key: str) -> Estimated:
    """Tell what speaks for how many would enter if the draft were published."""
    house = get_house()
    with house.database.reading() as session:
        row = by_key.get_journey(session, key)
        draft = Journey.model_validate_json(write_json(row.draft))
        now, zone = house.clock.now(), house.settings.timezone
        found = estimate_entries(session, draft, now=now, default_zone=zone)
        reach = list_reachable(session, draft, now=now, default_zone=zone)
    return Estimated(**asdict(found), reach=[Reached(**asdict(one)) for one in reach])


@blueprint.post("/<key>/publish")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def publish(key: str, body: Publish) -> PublishedAnswer:
    """Make the draft the live version; those inside stay on theirs, or all move to it."""
    house = get_house()
    migration = Migration(read_moves(body.moves), house.settings.timezone, body.per_minute)
    with house.database.transaction() as session:
        done = publishing.publish(
            session,
            key,
            by=get_actor().name,
            now=house.clock.now(),
            default_zone=house.settings.timezone,
            migration=migration if body.migrate else None,
            backfill=None if body.backfill is None else Backfilling(**body.backfill.model_dump()),
        )
        people = sum(len(place.ids) for place in done.moved)
        moved = f" ({people} moved)" if people else ""
        details = body.model_dump(mode="json", include={"backfill"}, exclude_none=True)
        record(session, "journey.published", f"{key} v{done.number}{moved}", details)
    return PublishedAnswer(
        key=done.key,
        number=done.number,
        is_new=done.is_new,
        warnings=[problem.to_json() for problem in done.warnings],
        moved=[Place.model_validate(place.to_json()) for place in done.moved],
    )


@blueprint.post("/<key>/pause")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def pause(key: str, body: Pause) -> None:
    """Let nobody in, move nobody on, hand nothing over; or entries alone, or messages alone."""
    house = get_house()
    with house.database.transaction() as session:
        pausing.pause(
            session,
            key,
            now=house.clock.now(),
            what=Pausable(body.what),
            by=get_actor().name,
        )
        record(session, "journey.paused", f"{key} ({body.what})")


@blueprint.post("/<key>/resume")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def resume(key: str, body: Resume) -> Resumed:
    """Go on after a pause; `waits` says what it did to the waits that it covered."""
    house = get_house()
    with house.database.transaction() as session:
        done = pausing.resume(
            session,
            key,
            waits=None if body.waits is None else ResumePolicy(body.waits),
            now=house.clock.now(),
            default_zone=house.settings.timezone,
            what=Pausable(body.what),
            per_minute=body.per_minute,
        )
        record(session, "journey.resumed", f"{key} ({body.what}, {body.waits})")
    return Resumed(released=done.released, dropped=done.dropped)


@blueprint.post("/<key>/stop")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def stop(key: str, body: Stop) -> Stopped:
    """Let nobody in any more, and end those inside now if asked to."""
    house = get_house()
    with house.database.transaction() as session:
        ended = stopping.stop(session, key, ends_all=body.mode == "now", now=house.clock.now())
        record(session, "journey.stopped", f"{key} ({body.mode}, {ended} ended)")
    return Stopped(ended=ended)


@blueprint.delete("/<key>")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def delete(key: str) -> Deleted:
    """Take a stopped journey away; its messages, consent and statistics stay."""
    house = get_house()
    with house.database.transaction() as session:
        kept_as = stopping.delete_journey(session, key, now=house.clock.now())
        record(session, "journey.deleted", key, {"kept_as": kept_as})
    return Deleted(kept_as=kept_as)
