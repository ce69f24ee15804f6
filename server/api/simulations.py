"""Simulations: what a journey would do, told without doing it."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from flask import Blueprint
from pydantic import AwareDatetime, Field

from engine.accounts.permissions import Permission
from engine.document.durations import Elapsed
from engine.errors import Denied
from engine.journeys.definition.case_file import Assumption, Described
from engine.journeys.rehearsing.rehearsal import (
    MOST_CONTACTS,
    MOST_STORIES,
    USUAL_LENGTH,
    Asked,
    load_draft,
    prepare,
)
from engine.language.say import say
from server.api.journeys import read_document
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.simulating import Deadline
from server.wiring import get_house

blueprint = Blueprint("simulations", __name__, url_prefix="/api/v1/journeys")
SECONDS: Final = 20.0


class Simulate(Given):
    """What to simulate, and for whom: one of described, contacts, or sample.

    Without a document it is the journey's draft. With `replay` what has happened to these contacts
    for so long happens again; else they are let in at `from`, or as the clock of a date, a schedule
    or a record comes to it, and nothing happens to them. `assume` says by node what becomes of
    messages and calls, and what colleagues choose.
    """

    document: dict[str, Any] | None = None
    described: Described | None = None
    contacts: Annotated[
        tuple[Annotated[str, Field(max_length=128)], ...], Field(max_length=100)
    ] = ()
    sample: Annotated[int, Field(ge=0, le=MOST_CONTACTS)] = 0
    replay: Elapsed | None = None
    begins_at: Annotated[AwareDatetime | None, Field(alias="from", strict=False)] = None
    lasts: Annotated[Elapsed, Field(alias="for")] = USUAL_LENGTH
    properties: Annotated[dict[str, Any], Field(default_factory=dict)]
    assume: Annotated[dict[str, Assumption], Field(default_factory=dict)]
    stories: Annotated[int, Field(ge=0, le=MOST_STORIES)] = 10


class NodeFigures(Answer):
    """People at one node."""

    entered: int
    ways: dict[str, int]
    exited: dict[str, int]
    waiting: int


class DayOfMessages(Answer):
    """What left one node on one day, by fate and reason."""

    day: str
    node: str
    fates: dict[str, int]


class PathPart(Answer):
    """A node on a contact's path; without a way it stays there, or left early.

    `details` tells what was read there and decided by, a line each; `until` and `zone`, until when
    it waits, and by whose clock.
    """

    at: datetime
    node: str
    way: str | None
    until: datetime | None
    zone: str | None
    details: list[str]


class MessageStory(Answer):
    """One message or call: `at` when it was intended, `settled_at` when its fate was known."""

    at: datetime
    node: str
    channel: str
    template: str | None
    fate: Literal["sent", "skipped", "held", "cancelled", "failed"]
    reason: str
    settled_at: datetime | None
    marks: dict[str, datetime]


class Stay(Answer):
    """One enrollment: how it went, and how it ended, or where it waits and `until` when."""

    entry_key: str
    entered_at: datetime
    path: list[PathPart]
    messages: list[MessageStory]
    goals: dict[str, datetime]
    notices: list[tuple[datetime, str, str]]
    end: Literal["completed", "exited", "failed", "waiting"]
    reason: str | None
    ended_at: datetime | None
    node: str
    until: datetime | None


class Story(Answer):
    """What became of one contact; refused entries with the gate that said no."""

    contact: str
    stays: list[Stay]
    refused: list[tuple[datetime, str]]


class Simulated(Answer):
    """What it came to; stories tell of single contacts."""

    journey: str
    begins_at: datetime
    until: datetime
    contacts: int
    entered: int
    ends: dict[str, int]
    nodes: dict[str, NodeFigures]
    messages: list[DayOfMessages]
    goals: dict[str, int]
    never_taken: list[tuple[str, str]]
    never_reached: list[str]
    dead_ends: dict[str, int]
    refused: dict[str, int]
    warnings: list[str]
    stories: list[Story]


@blueprint.post("/<key>/simulate")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def simulate(key: str, body: Simulate) -> Simulated:
    """Say what a journey would do: nothing is written, and nothing leaves.

    Real contacts take the right to see contacts: a draft's conditions can ask anything of them.
    """
    house, deadline = get_house(), Deadline(SECONDS)
    if body.described is None and Permission.SEE_CONTACTS not in get_actor().permissions:
        raise Denied(say("real contacts take the right to see contacts; or describe one"))
    asked = Asked(
        described=body.described,
        contacts=body.contacts,
        sample=body.sample,
        replay=body.replay,
        begins_at=body.begins_at,
        lasts=body.lasts,
        properties=body.properties,
        assume=body.assume,
        stories=body.stories,
    )
    with house.database.reading() as session:
        document = (
            load_draft(session, key) if body.document is None else read_document(body.document)
        )
        prepared = prepare(
            session,
            document,
            asked,
            moment=house.read_moment(),
            tell=deadline.tell,
        )
    return Simulated.model_validate(prepared.run(tell=deadline.tell).to_json())
