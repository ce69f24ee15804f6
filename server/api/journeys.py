"""Journeys: list, draft, check, enter. Their lifecycle has a file of its own."""

from datetime import datetime
from typing import Annotated, Any

import orjson
from flask import Blueprint, Response, request
from pydantic import Field, ValidationError
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.accounts.users import find_names
from engine.errors import Invalid, InvalidJourney
from engine.journeys import by_key
from engine.journeys.definition.journey import Journey, parse_journey
from engine.journeys.entering.manual import enter
from engine.journeys.publishing import pausing, shelves
from engine.journeys.publishing import publish as publishing
from engine.journeys.reporting.broadcasts import is_broadcast
from engine.journeys.reporting.listing import Listed, summarize_journeys
from engine.language.say import say
from engine.models.journey import Journey as Row
from engine.models.journey import JourneyVersion
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("journeys", __name__, url_prefix="/api/v1/journeys")


class Summary(Answer):
    """A journey in a list."""

    key: str
    name: str
    description: str
    state: str
    is_broadcast: Annotated[bool, Field(description="Sends one message once, and that is all.")]
    version: int | None
    has_changes: bool
    folder: str
    archived_at: datetime | None
    entered: int
    active: int
    completed: int
    exited: int
    reached: Annotated[int, Field(description="Enrollments of this version that reached a goal.")]
    has_goals: bool
    entered_this_week: int
    days: Annotated[list[int], Field(description="Entries a day (UTC), the last is today's.")]
    updated_at: datetime


class Summaries(Answer):
    """All of them."""

    journeys: list[Summary]


class Version(Answer):
    """What is live."""

    number: int
    published_at: datetime
    document: dict[str, Any]


class Shown(Answer):
    """One journey: its draft, what is live, how many are inside, and what of it is paused."""

    key: str
    name: str
    state: str
    draft: dict[str, Any]
    revision: int
    version: Version | None
    inside: int
    paused_at: datetime | None
    paused_for: str | None
    paused_by: Annotated[str | None, Field(description="The colleague's name, if one paused it.")]
    overdue: Annotated[
        int | None, Field(description="How many became due in the pause, while all is paused.")
    ]
    entries_paused: bool
    sends_paused: bool


class Problems(Answer):
    """Everything to mend."""

    problems: list[dict[str, Any]]


class Draft(Given):
    """A journey's document, as docs/journeys.md says."""

    document: dict[str, Any]


class Arrange(Given):
    """Where a journey is kept; what is left out stays as it is."""

    folder: Annotated[str | None, Field(max_length=60)] = None
    archived: bool | None = None


class Duplicate(Given):
    """What the copy is called."""

    key: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=120)]


class Enter(Given):
    """Who is to enter, by our id or your own, and what the journey sees under trigger."""

    contacts: Annotated[
        list[Annotated[str, Field(max_length=128)]], Field(min_length=1, max_length=1000)
    ]
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    entry_keys: Annotated[
        dict[str, Annotated[str, Field(min_length=1, max_length=200)]],
        Field(
            default_factory=dict,
            description="By contact as given: what tells this enrollment from others of it.",
        ),
    ]


class Entered(Answer):
    """What became of each: entered, unknown, or the reason of the gate that said no."""

    contacts: dict[str, str]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def show_all() -> Summaries:
    """List all journeys with their figures; those that are put away, too."""
    house = get_house()
    with house.database.reading() as session:
        listed = summarize_journeys(session, now=house.clock.now())
        return Summaries(journeys=[_summarize(one) for one in listed])


@blueprint.get("/<key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys", answers=Shown)
def show(key: str) -> Response:
    """Show a journey; its draft's revision is the ETag."""
    with get_house().database.reading() as session:
        row = by_key.get_journey(session, key)
        version = session.get(JourneyVersion, row.version_id) if row.version_id else None
        return write_journey(session, row, version)


@blueprint.put("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="journeys", answers=Shown)
def save(key: str, body: Draft) -> Response:
    """Keep a draft, whether it can be published or not. `If-Match` says which one was edited."""
    house = get_house()
    document = read_document(body.document)
    if document.key != key:
        raise Invalid(
            say(
                "the document's key is {key!r}, the address says {named!r}",
                key=document.key,
                named=key,
            )
        )
    with house.database.transaction() as session:
        row = publishing.save_draft(
            session, document, now=house.clock.now(), revision=_read_revision()
        )
        version = session.get(JourneyVersion, row.version_id) if row.version_id else None
        return write_journey(session, row, version)


@blueprint.post("/<key>/validate")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="journeys")
def validate(key: str, body: Draft) -> Problems:
    """Check a document without keeping it: everything to mend, each with its node."""
    del key
    try:
        document = read_document(body.document)
    except InvalidJourney as error:
        return Problems(problems=error.problems)
    with get_house().database.reading() as session:
        problems = publishing.validate(session, document)
    return Problems(problems=[problem.to_json() for problem in problems])


@blueprint.post("/<key>/enter")
@requires(Permission.PUBLISH)
@endpoint(tag="journeys")
def let_in(key: str, body: Enter) -> Entered:
    """Let contacts into a journey with the trigger manual or api, through all of its gates."""
    house = get_house()
    with house.database.transaction() as session:
        became = enter(
            session,
            key,
            body.contacts,
            data=body.data,
            entry_keys=body.entry_keys,
            now=house.clock.now(),
            default_zone=house.settings.timezone,
        )
        record(session, "journey.entered", f"{key} ({len(body.contacts)} contacts)")
    return Entered(contacts=became)


@blueprint.patch("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="journeys", answers=Shown)
def arrange(key: str, body: Arrange) -> Response:
    """Put a journey into a folder, or away; its document stays as it is."""
    house = get_house()
    with house.database.transaction() as session:
        row = by_key.get_journey(session, key)
        if body.folder is not None:
            row = shelves.put_into_folder(session, key, body.folder)
        if body.archived is not None:
            row = shelves.archive(session, key, is_away=body.archived, now=house.clock.now())
            record(session, "journey.archived" if body.archived else "journey.unarchived", key)
        version = session.get(JourneyVersion, row.version_id) if row.version_id else None
        return write_journey(session, row, version)


@blueprint.post("/<key>/duplicate")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="journeys", status=201, answers=Shown)
def duplicate(key: str, body: Duplicate) -> Response:
    """Begin another journey with the draft of this one. A key that is taken is refused (409)."""
    house = get_house()
    with house.database.transaction() as session:
        try:
            row = shelves.duplicate(
                session, key, new_key=body.key, name=body.name, now=house.clock.now()
            )
        except ValidationError:
            raise Invalid(
                say("{key!r} is no key: a to z, digits and -, from a letter", key=body.key)
            ) from None
        record(session, "journey.begun", row.key, {"copy_of": key})
        return write_journey(session, row, None, status=201)


def read_document(data: dict[str, Any]) -> Journey:
    """Return the document.

    Raises:
        InvalidJourney: it is none; says where, with node ids.
    """
    try:
        return parse_journey(orjson.dumps(data).decode())
    except ValidationError as error:
        problems = [
            {
                "code": "malformed",
                "severity": "error",
                "node": str(one["loc"][1]) if one["loc"][:1] == ("nodes",) else None,
                "path": ".".join(str(part) for part in one["loc"]),
                "message": one["msg"],
            }
            for one in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise InvalidJourney(say("this is not a journey"), problems) from None
    except ValueError as error:
        raise InvalidJourney(str(error)) from None


def _read_revision() -> int | None:
    given = request.headers.get("If-Match", "").strip().strip('"')
    if not given or given == "*":
        return None
    if not given.isdecimal():
        raise Invalid(say("If-Match is the draft's revision, as ETag gave it"))
    return int(given)


def write_journey(
    session: Session, row: Row, version: JourneyVersion | None, *, status: int = 200
) -> Response:
    """Return the answer that shows a journey; its draft's revision is the ETag."""
    shown = Shown(
        key=row.key,
        name=row.name,
        state=row.state,
        draft=row.draft,
        revision=row.draft_revision,
        version=None
        if version is None
        else Version(
            number=version.number, published_at=version.published_at, document=version.document
        ),
        inside=by_key.count_inside(session, row.id)[row.id],
        paused_at=row.paused_at,
        paused_for=row.paused_for,
        paused_by=find_names(session, [row.paused_for]).get(row.paused_for),
        overdue=pausing.count_overdue(session, row, now=get_house().clock.now()),
        entries_paused=row.entries_paused,
        sends_paused=row.sends_paused,
    )
    response = Response(
        shown.model_dump_json(by_alias=True), status=status, content_type="application/json"
    )
    response.set_etag(str(row.draft_revision))
    return response


def _summarize(one: Listed) -> Summary:
    row, version = one.journey, one.version
    return Summary(
        key=row.key,
        name=row.name,
        description=row.draft.get("description") or "",
        state=row.state,
        is_broadcast=is_broadcast(row.draft),
        version=version.number if version else None,
        has_changes=version is None or version.document != row.draft,
        folder=row.folder,
        archived_at=row.archived_at,
        entered=one.entered,
        active=one.inside,
        completed=one.completed,
        exited=one.exited,
        reached=one.reached,
        has_goals=one.has_goals,
        entered_this_week=one.entered_this_week,
        days=list(one.days),
        updated_at=row.updated_at,
    )
