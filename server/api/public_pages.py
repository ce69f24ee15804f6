"""How the instance's public pages look."""

from typing import Annotated

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.accounts.public_pages import PagesLook, read_look, save_look
from engine.models.asset import Asset
from server.api.assets import AssetShown, describe_asset
from server.api.recording import record
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("public_pages", __name__, url_prefix="/api/v1/public-pages")


class LookShown(Answer):
    """What is an instance's own on its public pages; empty words: the product's; no logo: the name."""

    name: str
    accent: str
    intro: str
    intro_de: str
    logo: AssetShown | None


class SaveLook(Given):
    """How the public pages are to look; `logo` is the digest of a picture among the files."""

    name: Annotated[str, Field(max_length=80)] = ""
    accent: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    intro: Annotated[str, Field(max_length=500)] = ""
    intro_de: Annotated[str, Field(max_length=500)] = ""
    logo: Annotated[str | None, Field(pattern=r"^[0-9a-f]{32}$")] = None


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="settings")
def show() -> LookShown:
    """Show how the public pages look."""
    with get_house().database.reading() as session:
        return _describe(session, read_look(session))


@blueprint.put("")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def save(body: SaveLook) -> LookShown:
    """Let the public pages look so, from the next one that is opened."""
    look = PagesLook(
        name=body.name.strip(),
        accent=body.accent.lower(),
        intro=body.intro.strip(),
        intro_de=body.intro_de.strip(),
        logo=body.logo or "",
    )
    with get_house().database.transaction() as session:
        save_look(session, look)
        record(session, "public_pages.saved", "public pages", {"accent": look.accent})
        return _describe(session, look)


def _describe(session: Session, look: PagesLook) -> LookShown:
    logo = session.get(Asset, look.logo) if look.logo else None
    return LookShown(
        name=look.name,
        accent=look.accent,
        intro=look.intro,
        intro_de=look.intro_de,
        logo=AssetShown(**describe_asset(logo)) if logo is not None else None,
    )
