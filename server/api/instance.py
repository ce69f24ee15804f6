"""How this instance is set up, as its environment says: read only, and without secrets."""

from typing import Annotated

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.when.zones import get_tzdata_version
from server.auth import requires
from server.endpoints import Answer, endpoint
from server.wiring import get_house

blueprint = Blueprint("instance", __name__, url_prefix="/api/v1/instance")


class Facts(Answer):
    """What the environment says."""

    sender: str
    marketing_sender: str
    reply_to: str
    postal_address: str
    base_url: str
    timezone: str
    time_zones: Annotated[str, Field(description="Release of the time zone data.")]
    database: str
    holdout_percent: int
    trigger_age_hours: float
    keeps_content: bool
    virtual_clock: bool


@blueprint.get("")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def show() -> Facts:
    """Show how the instance is set up."""
    house = get_house()
    settings = house.settings
    return Facts(
        sender=settings.sender,
        marketing_sender=settings.marketing_sender,
        reply_to=settings.reply_to,
        postal_address=settings.postal_address,
        base_url=settings.base_url,
        timezone=settings.timezone,
        time_zones=get_tzdata_version(),
        database="PostgreSQL" if house.database.is_postgresql else "SQLite",
        holdout_percent=settings.holdout_percent,
        trigger_age_hours=settings.trigger_age.total_seconds() / 3600,
        keeps_content=settings.keep_content,
        virtual_clock=settings.virtual_clock,
    )
