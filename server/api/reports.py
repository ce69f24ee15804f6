"""What happened in a journey: figures, days, and the people behind a figure."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

from flask import Blueprint
from pydantic import Field, model_validator

from engine.accounts.permissions import Permission
from engine.journeys.by_key import get_journey
from engine.journeys.reporting import reports, whereabouts
from engine.journeys.reporting.whereabouts import Asked, Fate, Status
from engine.journeys.running.tallies import Days
from engine.language.say import say
from engine.messages.texts.costs import Price
from server.auth import requires
from server.endpoints import Answer, Given, RowId, endpoint
from server.wiring import get_house

PAGE: Final = 50
MOST_DAYS: Final = 3660

blueprint = Blueprint("reports", __name__, url_prefix="/api/v1/journeys")

Version = Annotated[
    Annotated[int, Field(ge=1)] | Literal["all"] | None,
    Field(default=None, description="A number, or all; without it the live one."),
]


class Range(Given):
    """Which version, and of which days (UTC, both included): the last `days`, or since and until.

    Without any all that ever happened counts. Counts by day begin with the release that made them.
    """

    version: Version
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.days is not None and (self.since or self.until):
            msg = say("either 'days', or 'since' and 'until'")
            raise ValueError(msg)
        if self.until is not None and self.since is None:
            msg = say("'until' needs 'since'")
            raise ValueError(msg)
        if self.since is not None and self.until is not None and self.since > self.until:
            msg = say("'since' is not after 'until'")
            raise ValueError(msg)
        return self

    def read_days(self, now: datetime) -> Days | None:
        """Return the days asked for; None: all of them."""
        today = now.astimezone(UTC).date()
        if self.days is not None:
            return Days(today - timedelta(days=self.days - 1), today)
        return None if self.since is None else Days(self.since, self.until or today)


class NodeFigures(Answer):
    """What happened at a node. `waiting` and `set_aside` are of now, whatever the days."""

    entered: int
    moved_in: int
    waiting: int
    set_aside: int
    completed: int
    exited: dict[str, int]
    paths: dict[str, int]


class GoalFigures(Answer):
    """How many enrollments reached a goal, and what that was worth in all, as decimal text."""

    reached: int
    value: str | None


class ChannelFigures(Answer):
    """What became of a node's messages by one channel."""

    sent: int
    skipped: int
    failed: int


class TextCosts(Answer):
    """What texts have cost, in millionths, by currency: `billed` by providers, the rest `estimated`.

    `unpriced`: texts of which neither is known. Texts that the mailbox keeps cost nothing.
    """

    texts: int
    parts: int
    billed: dict[str, int]
    estimated: dict[str, int]
    unpriced: int


class MessageFigures(Answer):
    """What became of a node's messages; `reasons` by fate and reason, `channels` by channel.

    `costs` of its texts; null where it sent none.
    """

    channel: str
    queued: int
    sent: int
    delivered: int
    opened: int
    clicked: int
    bounced: int
    replied: int
    skipped: int
    cancelled: int
    failed: int
    uncertain: int
    reasons: dict[str, dict[str, int]]
    channels: dict[str, ChannelFigures]
    costs: TextCosts | None


class Figures(Answer):
    """The figures of a version; `version` is null of all versions together.

    `active`, `elsewhere` (under way in versions that are not counted here) and `set_aside` are of
    now, whatever the days.
    """

    version: int | None
    entered: int
    moved_in: int
    moved_out: int
    active: int
    elsewhere: int
    completed: int
    set_aside: int
    exited: dict[str, int]
    refused: dict[str, int]
    nodes: dict[str, NodeFigures]
    goals: dict[str, GoalFigures]
    messages: dict[str, MessageFigures]


class Group(Answer):
    """People who were given the same label, and how many of them reached each goal."""

    people: int
    goals: dict[str, int]


class Arm(Group):
    """An arm of an experiment."""

    control: bool


class Experiment(Answer):
    """A split of which the arms are compared; `test` says how it was decided, and by what."""

    arms: dict[str, Arm]
    reassigned: dict[str, int]
    began_at: datetime | None
    ends_at: datetime | None
    decided_at: datetime | None
    winner: str | None
    test: dict[str, Any] | None


class Report(Figures):
    """The figures, and the groups of people that are compared, over their own time.

    `holdout` has treated, held_out and everywhere; null where nobody is held out.
    """

    since: date | None
    until: date | None
    experiments: dict[str, Experiment]
    holdout: dict[str, Group] | None


class Day(Answer):
    """What one day (UTC) added."""

    day: date
    entered: int
    completed: int
    exited: int
    goals: dict[str, int]


class Series(Answer):
    """Days on which something happened, the oldest first."""

    days: list[Day]


class PeopleAsked(Given):
    """Whom to list; what is left out does not matter.

    With `message` those whose message (of `node`, if said) had that fate, and `reason` is why.
    """

    version: Version
    node: Annotated[str, Field(max_length=64)] | None = None
    status: Status | None = None
    reason: Annotated[str, Field(max_length=60)] | None = None
    goal: Annotated[str, Field(max_length=60)] | None = None
    message: Fate | None = None
    before: RowId | None = None


class Person(Answer):
    """An enrollment and where it is; `at` is when its goal was reached, or its message intended."""

    enrollment: int
    contact: UUID
    name: str
    email: str | None
    external_id: str | None
    version: int
    status: Literal["due", "waiting", "completed", "exited", "failed"]
    entered_at: datetime
    node: str
    kind: str
    since: datetime
    until: datetime | None
    expects: list[str]
    may_skip: bool
    ended_at: datetime | None
    reason: str | None
    at: datetime | None
    message: str | None
    message_node: str | None
    message_reason: str | None


class People(Answer):
    """A page of them, the newest first."""

    items: list[Person]
    next: int | None


@blueprint.get("/<key>/report")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def show_report(key: str, query: Range) -> Report:
    """Show what happened: people at each node, ways taken, goals, messages, groups compared."""
    house = get_house()
    price = Price.read(house.settings.sms_price)
    days = query.read_days(house.clock.now())
    with house.database.reading() as session:
        found = reports.report(session, get_journey(session, key), query.version, days, price)
    since, until = (None, None) if days is None else (days.first, days.last)
    return Report.model_validate({**found, "since": since, "until": until})


@blueprint.get("/<key>/days")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def show_days(key: str, query: Range) -> Series:
    """Show entries, ends and goals day by day."""
    house = get_house()
    days = query.read_days(house.clock.now())
    with house.database.reading() as session:
        reported = reports.choose_versions(session, get_journey(session, key), query.version)
        found = reports.list_day_figures(session, reported, days)
    return Series(days=[Day(**one) for one in found])


@blueprint.get("/<key>/people")
@requires(Permission.SEE_CONTACTS)
@endpoint(tag="journeys")
def show_people(key: str, query: PeopleAsked) -> People:
    """List who is where and until when, left for a reason, reached a goal, or got no message."""
    asked = Asked(**query.model_dump(exclude={"version", "before"}))
    with get_house().database.reading() as session:
        reported = reports.choose_versions(session, get_journey(session, key), query.version)
        rows = whereabouts.list_people(
            session, reported, asked, before=query.before, limit=PAGE + 1
        )
    items = [Person.model_validate(asdict(row)) for row in rows[:PAGE]]
    return People(items=items, next=rows[PAGE - 1].cursor if len(rows) > PAGE else None)


def build_figures(figures: reports.Figures) -> Figures:
    """Return figures as they are answered."""
    return Figures.model_validate(figures)
