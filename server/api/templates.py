"""Templates: listed, read, written, looked at as somebody would get them, and tried on oneself."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.contacts.finding import get_contact
from engine.errors import Conflict, Denied, Invalid, LostUpdate
from engine.journeys.usage import Use, list_uses
from engine.messages import library, previewing
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.previewing import Reader
from engine.messages.templates import TemplateChannel, compile_source, load_partials, save_template
from engine.models.contact import Contact
from engine.models.message import TemplateVersion
from server.api.recording import record
from server.auth import get_actor, requires
from server.delivering import build_desk
from server.endpoints import Answer, Given, endpoint
from server.headers import use_letter_policy
from server.wiring import get_house

MOST_VERSIONS: Final = 100
LARGEST: Final = 400_000
"""Characters of a letter's source."""
KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,127}\Z")
Source = Annotated[str, Field(min_length=1, max_length=LARGEST)]
Channel = Literal["email", "sms"]

blueprint = Blueprint("templates", __name__, url_prefix="/api/v1/templates")


class UseShown(Answer):
    """A journey that sends it."""

    journey: str
    name: str
    is_live: bool


class TemplateItem(Answer):
    """A template in a list."""

    key: str
    name: str
    channel: str
    version: int | None
    updated_at: datetime
    updated_by: str | None
    used_by: list[UseShown]


class TemplateItems(Answer):
    """All of them, by key."""

    items: list[TemplateItem]


class TemplateVersionItem(Answer):
    """A version in a list."""

    number: int
    created_at: datetime
    created_by: str


class TemplateShown(TemplateItem):
    """A template with its words and its versions, the newest first; and what it may include."""

    source: str
    versions: list[TemplateVersionItem]
    partials: dict[str, str]


class TemplateWords(TemplateVersionItem):
    """The words as they once stood."""

    source: str


class SaveTemplate(Given):
    """Words that are to be in use from now on.

    `edits` is the number of the version that was edited; 0: there is none yet. If another one is in
    use, nothing is saved (409).
    """

    channel: Channel
    source: Source
    edits: Annotated[int, Field(ge=0)]
    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None


class RenameTemplate(Given):
    """Its new name."""

    name: Annotated[str, Field(min_length=1, max_length=120)]


class AskPreview(Given):
    """What is to be shown, and to whom: a contact by id, external id or address, or a described one.

    `data`, `trigger` and `context` are what a journey would bring.
    """

    channel: Channel
    source: Source
    contact: Annotated[str | None, Field(max_length=254)] = None
    attributes: Annotated[dict[str, Any], Field(default_factory=dict)]
    data: Annotated[dict[str, Any], Field(default_factory=dict)]
    trigger: Annotated[dict[str, Any], Field(default_factory=dict)]
    context: Annotated[dict[str, Any], Field(default_factory=dict)]


class FindingShown(Answer):
    """Something to look at: in the letter, or in the partial that the words name."""

    line: int
    column: int
    code: str
    words: str
    is_error: bool


class Parts(Answer):
    """What a text costs on the air."""

    count: int
    encoding: Literal["gsm7", "ucs2"]
    used: int


class PreviewShown(Answer):
    """The letter or text; `page` is where its HTML is shown for some minutes.

    `problem`: why this reader would get nothing: what is shown stands without the missing values.
    """

    subject: str
    text: str
    page: str | None
    size: int
    problem: str | None
    findings: list[FindingShown]
    parts: Parts | None
    variables: list[str]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_all() -> TemplateItems:
    """List all templates, each with the journeys that send it."""
    with get_house().database.reading() as session:
        uses = list_uses(session, "template")
        found = library.list_templates(session)
        return TemplateItems(
            items=[TemplateItem(**_describe(one, uses.get(one.template.key, []))) for one in found]
        )


@blueprint.get("/<key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show(key: str) -> TemplateShown:
    """Show a template: its words, its versions, and who sends it."""
    with get_house().database.reading() as session:
        return _show(session, key)


@blueprint.get("/<key>/versions/<int:number>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_version(key: str, number: int) -> TemplateWords:
    """Show the words of a template as they once stood."""
    with get_house().database.reading() as session:
        row = library.get_version(session, key, number)
        return TemplateWords(**_describe_version(row), source=row.source)


@blueprint.put("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def save(key: str, body: SaveTemplate) -> TemplateShown:
    """Put words into use: live journeys send them from now on."""
    house = get_house()
    if not KEY.match(key):
        raise Invalid(f"{key!r} is no key: a to z, digits, - and _, from a letter")
    compiled = _compile(body.channel, body.source)
    with house.database.transaction() as session:
        current = _find_current(session, key)
        if current != body.edits:
            raise LostUpdate(f"version {current} of {key} is in use, and {body.edits} was edited")
        number, is_new = save_template(
            session,
            key,
            body.channel,
            body.source,
            compiled,
            by=get_actor().name,
            now=house.clock.now(),
        )
        if body.name:
            library.rename_template(session, key, body.name)
        if is_new:
            record(session, "template.saved", f"{key} v{number}")
    with house.database.reading() as session:
        return _show(session, key)


@blueprint.patch("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def rename(key: str, body: RenameTemplate) -> TemplateShown:
    """Give a template another name; its key, by which journeys call it, stays."""
    with get_house().database.transaction() as session:
        library.rename_template(session, key, body.name)
        return _show(session, key)


@blueprint.delete("/<key>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def delete(key: str) -> None:
    """Take a template away that no journey names."""
    with get_house().database.transaction() as session:
        uses = list_uses(session, "template").get(key, [])
        if uses:
            raise Conflict(f"{key} is used by {', '.join(use.name for use in uses)}")
        library.delete_template(session, key)
        record(session, "template.deleted", key)


@blueprint.post("/preview")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_preview(body: AskPreview) -> PreviewShown:
    """Show words as somebody would get them, without keeping or sending them."""
    house = get_house()
    try:
        compiled = compile_source(body.channel, body.source, pool=house.outgoing.pool)
    except TemplateRefused as refusal:
        return _refuse(refusal)
    seen = previewing.preview(
        body.channel, body.source, compiled, _read_reader(body), build_desk(house)
    )
    page = None
    if seen.html is not None:
        with house.database.transaction() as session:
            page = previewing.keep_preview(session, seen.html, now=house.wall.now())
    return PreviewShown(
        subject=seen.subject,
        text=seen.text,
        page=None if page is None else f"/api/v1/templates/previews/{page}",
        size=len(seen.html or b""),
        problem=seen.problem,
        findings=[
            FindingShown(
                line=one.line,
                column=1,
                code=one.code,
                words=one.words,
                is_error=one.code == "refused",
            )
            for one in seen.findings
        ],
        parts=None if seen.parts is None else Parts(**asdict(seen.parts)),
        variables=list(seen.variables),
    )


@blueprint.get("/previews/<uuid:uid>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates", media_type="text/html")
def show_page(uid: UUID) -> Response:
    """Show a letter that was looked at a moment ago, in a page that may do nothing."""
    with get_house().database.reading() as session:
        html = previewing.get_preview(session, uid)
    use_letter_policy()
    return Response(html, content_type="text/html; charset=utf-8")


def _read_reader(body: AskPreview) -> Reader:
    contact: dict[str, Any] = dict(body.attributes)
    if body.contact:
        if Permission.SEE_CONTACTS not in get_actor().permissions:
            raise Denied("a real contact takes the right to see contacts; or describe one")
        with get_house().database.reading() as session:
            row = session.get_one(Contact, get_contact(session, body.contact))
            contact = {
                **row.attributes,
                "id": str(row.uid),
                "email": row.email,
                "phone": row.phone,
                **contact,
            }
    return Reader(contact=contact, data=body.data, trigger=body.trigger, context=body.context)


def _refuse(refusal: TemplateRefused) -> PreviewShown:
    at = refusal.position
    words = f"{at.source}: {refusal.reason}" if at.source else refusal.reason
    return PreviewShown(
        subject="",
        text="",
        page=None,
        size=0,
        problem=str(refusal),
        findings=[
            FindingShown(line=at.line, column=at.column, code="refused", words=words, is_error=True)
        ],
        parts=None,
        variables=[],
    )


def _compile(channel: TemplateChannel, source: str) -> CompiledTemplate:
    try:
        return compile_source(channel, source, pool=get_house().outgoing.pool)
    except TemplateRefused as refusal:
        raise Invalid(str(refusal)) from None


def _find_current(session: Session, key: str) -> int:
    found = [one for one in library.list_templates(session) if one.template.key == key]
    return found[0].version.number if found and found[0].version else 0


def _show(session: Session, key: str) -> TemplateShown:
    kept = library.get_template(session, key)
    versions = library.list_versions(session, kept.template, limit=MOST_VERSIONS)
    return TemplateShown(
        **_describe(kept, list_uses(session, "template").get(key, [])),
        source=kept.version.source if kept.version else "",
        versions=[TemplateVersionItem(**_describe_version(row)) for row in versions],
        partials=dict(load_partials()) if kept.template.channel == "email" else {},
    )


def _describe(kept: library.Kept, uses: list[Use]) -> dict[str, Any]:
    template, version = kept.template, kept.version
    return {
        "key": template.key,
        "name": template.name,
        "channel": template.channel,
        "version": version.number if version else None,
        "updated_at": version.created_at if version else template.created_at,
        "updated_by": version.created_by if version else None,
        "used_by": [UseShown(**asdict(use)) for use in uses],
    }


def _describe_version(row: TemplateVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "created_at": row.created_at,
        "created_by": row.created_by,
    }
