"""How this instance is set up, as its environment says: read only, and without secrets."""

import socket
from typing import Annotated, Final

from flask import Blueprint
from pydantic import Field

from channels.base import BadAddress
from channels.email.smtp_settings import read_smtp_url
from engine.accounts.permissions import Permission
from engine.config import Settings
from engine.errors import Conflict
from engine.language.say import say
from engine.when.zones import get_tzdata_version
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

REACHED_SECONDS: Final = 5
SMTP: Final = ("smtp", "smtps")

blueprint = Blueprint("instance", __name__, url_prefix="/api/v1/instance")


class ChannelShown(Answer):
    """Who carries the messages of a channel. `mailbox` keeps them; nothing leaves."""

    channel: str
    provider: str
    host: Annotated[str | None, Field(description="Where it is; no name and no password.")]
    setting: Annotated[str, Field(description="The variable that says so.")]


class Facts(Answer):
    """What the environment says."""

    channels: list[ChannelShown]
    sender: str
    postal_address: str
    base_url: str
    timezone: str
    time_zones: Annotated[str, Field(description="Release of the time zone data.")]
    database: str
    holdout_percent: int
    trigger_age_hours: float
    keeps_content: bool
    virtual_clock: bool


class Check(Given):
    """Nothing is asked beyond the address."""


class Checked(Answer):
    """Whether the server takes connections; it is not logged in to, and nothing is sent."""

    reached: bool
    trouble: str


@blueprint.get("")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def show() -> Facts:
    """Show how the instance is set up."""
    house = get_house()
    settings = house.settings
    return Facts(
        channels=list_channels(settings),
        sender=settings.sender,
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


@blueprint.post("/check-email")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def check_email(body: Check) -> Checked:
    """See whether the server for letters takes connections."""
    del body
    url = get_house().settings.smtp_url
    if _read_scheme(url) not in SMTP:
        raise Conflict(say("letters are kept in the mailbox: there is no server to reach"))
    account = read_smtp_url(url)
    try:
        socket.create_connection((account.host, account.port), timeout=REACHED_SECONDS).close()
    except OSError as error:
        return Checked(reached=False, trouble=type(error).__name__)
    return Checked(reached=True, trouble="")


def list_channels(settings: Settings) -> list[ChannelShown]:
    """Return who carries what, as far as anybody may know."""
    return [
        ChannelShown(
            channel="email",
            provider=_read_scheme(settings.smtp_url),
            host=_find_host(settings.smtp_url),
            setting="SOJOURN_SMTP_URL",
        ),
        ChannelShown(
            channel="sms",
            provider=_read_scheme(settings.sms_url),
            host=None,  # where an SMTP address names its host, a Twilio address has a number
            setting="SOJOURN_SMS_URL",
        ),
        ChannelShown(
            channel="webhook", provider="http", host=None, setting="SOJOURN_WEBHOOK_ALLOW"
        ),
    ]


def _read_scheme(url: str) -> str:
    return url.strip().partition(":")[0]


def _find_host(url: str) -> str | None:
    if _read_scheme(url) not in SMTP:
        return None
    try:
        account = read_smtp_url(url)
    except BadAddress:
        return None
    return f"{account.host}:{account.port}"
