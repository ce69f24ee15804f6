"""Files for letters: pictures that they show, and what goes with them."""

from base64 import b64decode
from binascii import Error as NotBase64
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import quote

from flask import Blueprint, request
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.accounts.public_pages import read_look
from engine.errors import Invalid
from engine.language.say import say
from engine.messages.library import assets
from engine.messages.library.assets import LARGEST, Use
from engine.messages.library.sniffing import PICTURES
from engine.models.asset import Asset
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

PAGE: Final = 100
_LARGEST_BODY: Final = LARGEST * 4 // 3 + 4_096

blueprint = Blueprint("assets", __name__, url_prefix="/api/v1/assets")


class AssetShown(Answer):
    """A file. `url` is where letters find it; `in_template` is the same as a template writes it."""

    digest: str
    name: str
    media_type: str
    is_picture: bool
    size: int
    width: int | None
    height: int | None
    url: str
    in_template: str
    created_at: datetime
    created_by: str


class AssetsShown(Answer):
    """Files, the newest first; `next` is what to ask for `behind`; `octets` is what all of them take."""

    items: list[AssetShown]
    next: str | None
    octets: int


class TemplateUse(Answer):
    """A template that shows a file, or sends it along."""

    key: str
    name: str


class AssetUses(Answer):
    """Where a file is used; `is_logo`: it stands above the public pages."""

    items: list[TemplateUse]
    is_logo: bool


class AssetPage(Given):
    """Which page: what comes behind the file of this digest."""

    behind: Annotated[str | None, Field(max_length=32)] = None


class AddAsset(Given):
    """A file, in base64, of at most 5 MB; what it is says its content, and not its name."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    content: Annotated[str, Field(min_length=1, max_length=_LARGEST_BODY)]


@blueprint.before_request
def _take_files() -> None:
    request.max_content_length = _LARGEST_BODY


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_all(query: AssetPage) -> AssetsShown:
    """List the files for letters, the newest first."""
    with get_house().database.reading() as session:
        rows, octets = assets.list_assets(session, behind=query.behind, limit=PAGE + 1)
        page = [AssetShown(**describe_asset(row)) for row in rows[:PAGE]]
    is_more = len(rows) > PAGE
    return AssetsShown(items=page, next=page[-1].digest if is_more else None, octets=octets)


@blueprint.post("")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates", status=201)
def add(body: AddAsset) -> AssetShown:
    """Keep a file; one of the same content is kept once."""
    try:
        content = b64decode(body.content, validate=True)
    except NotBase64:
        raise Invalid(say("content: it is not base64")) from None
    house = get_house()
    with house.database.transaction() as session:
        row = assets.add_asset(
            session, body.name, content, by=get_actor().name, now=house.clock.now()
        )
        record(session, "asset.added", row.name, {"digest": row.digest, "size": row.size})
        return AssetShown(**describe_asset(row))


@blueprint.get("/<digest>/uses")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="templates")
def show_uses(digest: str) -> AssetUses:
    """List the templates that show a file, or send it along."""
    with get_house().database.reading() as session:
        assets.get_asset(session, digest)
        uses = [_describe_use(use) for use in assets.list_uses(session, digest)]
        return AssetUses(items=uses, is_logo=read_look(session).logo == digest)


@blueprint.delete("/<digest>")
@requires(Permission.EDIT_DRAFTS)
@endpoint(tag="templates")
def delete(digest: str) -> None:
    """Take a file away that nothing uses; letters that have left show it no more."""
    with get_house().database.transaction() as session:
        row = assets.delete_asset(session, digest)
        record(session, "asset.deleted", row.name, {"digest": digest})


def describe_asset(row: Asset) -> dict[str, Any]:
    """Return what is shown of a file."""
    path = f"/assets/{row.digest}/{quote(row.name)}"
    return {
        "digest": row.digest,
        "name": row.name,
        "media_type": row.media_type,
        "is_picture": row.media_type in PICTURES,
        "size": row.size,
        "width": row.width,
        "height": row.height,
        "url": f"{get_house().settings.base_url}{path}",
        "in_template": f"{{{{ base_url }}}}{path}",
        "created_at": row.created_at,
        "created_by": row.created_by,
    }


def _describe_use(use: Use) -> TemplateUse:
    return TemplateUse(key=use.key, name=use.name)
