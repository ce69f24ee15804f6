"""Partials: pieces that letters share, listed, written, and looked at in a letter."""

import re
from datetime import datetime
from typing import Annotated, Any, Final

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.compose.partial_frame import frame_partial
from engine.messages.library import listing as library
from engine.messages.library import partials
from engine.messages.library.partials import LONGEST_SOURCE, Kept, Users
from engine.models.message import PartialVersion
from server.api.previews import AskReader, PreviewShown, load_all, preview_source
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

MOST_VERSIONS: Final = 100
NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
Source = Annotated[str, Field(min_length=1, max_length=LONGEST_SOURCE)]

blueprint = Blueprint("partials", __name__, url_prefix="/api/v1/partials")


class PartialUser(Answer):
    """A template that includes it."""

    key: str
    name: str


class PartialItem(Answer):
    """A partial in a list; `version` is null of one of the product's that nobody has changed."""

    name: str
    version: int | None
    is_product: Annotated[bool, Field(description="The product brings one of this name.")]
    updated_at: datetime | None
    updated_by: str | None
    templates: list[PartialUser]
    partials: list[str]


class PartialItems(Answer):
    """All of them, by name."""

    items: list[PartialItem]


class PartialVersionItem(Answer):
    """A version in a list."""

    number: int
    created_at: datetime
    created_by: str


class PartialShown(PartialItem):
    """A partial with what stands in it, and its versions, the newest first."""

    source: str
    versions: list[PartialVersionItem]


class PartialWords(PartialVersionItem):
    """A partial as it once stood."""

    source: str


class PartialSaved(PartialShown):
    """The partial, and the templates that were made anew with it."""

    renewed: list[str]


class SavePartial(Given):
    """What is to stand there from now on; `edits` is the version that was edited, 0: none yet."""

    source: Source
    edits: Annotated[int, Field(ge=0)]


class AskPartialPreview(AskReader):
    """What is to be shown, in which template; null: in a letter of its own."""

    source: Source
    template: Annotated[str | None, Field(max_length=128)] = None


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_all() -> PartialItems:
    """List all partials, each with what includes it."""
    with get_house().database.reading() as session:
        found = partials.list_partials(session)
        users = partials.list_users(session, [one.name for one in found])
        return PartialItems(items=[PartialItem(**_describe(one, users[one.name])) for one in found])


@blueprint.get("/<name>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show(name: str) -> PartialShown:
    """Show a partial: what stands in it, its versions, and what includes it."""
    with get_house().database.reading() as session:
        return PartialShown(**_show(session, name))


@blueprint.get("/<name>/versions/<int:number>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_version(name: str, number: int) -> PartialWords:
    """Show a partial as it once stood."""
    with get_house().database.reading() as session:
        row = partials.get_version(session, name, number)
        return PartialWords(**_describe_version(row), source=row.source)


@blueprint.put("/<name>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def save(name: str, body: SavePartial) -> PartialSaved:
    """Put a partial into use, in every template that includes it."""
    house = get_house()
    if not NAME.match(name):
        raise Invalid(say("{name!r} is no name: a to z, digits, - and _, from a letter", name=name))
    with house.database.transaction() as session:
        number, renewed = partials.save_partial(
            session,
            name,
            body.source,
            edits=body.edits,
            pool=house.outgoing.pool,
            by=get_actor().name,
            now=house.clock.now(),
        )
        record(session, "partial.saved", f"{name} v{number}", {"renewed": renewed})
        return PartialSaved(**_show(session, name), renewed=renewed)


@blueprint.delete("/<name>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def delete(name: str) -> None:
    """Take a partial of one's own away; the product's, if there is one, is back in use."""
    house = get_house()
    with house.database.transaction() as session:
        partials.delete_partial(
            session,
            name,
            pool=house.outgoing.pool,
            by=get_actor().name,
            now=house.clock.now(),
        )
        record(session, "partial.deleted", name)


@blueprint.post("/<name>/preview")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_preview(name: str, body: AskPartialPreview) -> PreviewShown:
    """Show a partial in a letter, without keeping it; findings are those of the partial alone."""
    if not NAME.match(name):
        raise Invalid(say("{name!r} is no name", name=name))
    offered = {**load_all(), name: body.source}
    letter = frame_partial(name, body.source, offered)
    if body.template is not None:
        with get_house().database.reading() as session:
            version = library.get_template(session, body.template).version
            letter = version.source if version else letter
    seen = preview_source("email", letter, offered, body)
    here = f"(in {name})"
    return seen.model_copy(
        update={
            "findings": [
                one
                for one in seen.findings
                if one.words.endswith(here) or one.words.startswith(f"{name}: ") or one.is_error
            ]
        }
    )


def _show(session: Session, name: str) -> dict[str, Any]:
    kept = partials.get_partial(session, name)
    versions = partials.list_versions(session, kept, limit=MOST_VERSIONS)
    return {
        **_describe(kept, partials.find_users(session, name)),
        "source": kept.source,
        "versions": [PartialVersionItem(**_describe_version(row)) for row in versions],
    }


def _describe(kept: Kept, users: Users) -> dict[str, Any]:
    version = kept.version
    return {
        "name": kept.name,
        "version": version.number if version else None,
        "is_product": kept.is_product,
        "updated_at": version.created_at if version else None,
        "updated_by": version.created_by if version else None,
        "templates": [
            PartialUser(key=one.template.key, name=one.template.name) for one in users.templates
        ],
        "partials": list(users.partials),
    }


def _describe_version(row: PartialVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "created_at": row.created_at,
        "created_by": row.created_by,
    }
