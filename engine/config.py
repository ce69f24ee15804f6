"""Settings: environment variables `SOJOURN_*`, read once, unknown ones refused."""

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.errors import Invalid
from engine.sealing import split_keys
from engine.when.zones import find_zone

PREFIX: Final = "SOJOURN_"
SHORTEST_SECRET: Final = 16
_ACCOUNT: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}=[a-z0-9]+:\S+")
_BOUNCE_ADDRESS: Final = re.compile(r"[A-Za-z0-9._-]{1,21}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


TRACKS: Final = frozenset({"clicks", "opens", "transactional"})


def split_names(text: str) -> frozenset[str]:
    """Return the names in a list with commas, in small letters."""
    return frozenset(name.strip().lower() for name in text.split(",") if name.strip())


class Settings(BaseSettings):
    """How one instance runs. Every field is the variable `SOJOURN_` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    data: Path = Field(
        default=Path("sojourn-data"),
        description="Folder of the embedded instance: its database, lock file and logs.",
    )
    database_url: str = Field(
        default="",
        description="postgresql://user:password@host/name. Empty: SQLite inside the data folder.",
    )
    redis_url: str = Field(
        default="",
        description="redis://host:6379/0, the doorbell between processes. Empty: one process tree.",
    )
    secret_key: str = Field(
        default="",
        repr=False,
        description="Key by which secrets are sealed in the database, as `sojourn keys generate` shows "
        "one; before an older one, parted by a comma, to change it. Needed with database_url. Empty: "
        "secret.key in the data folder.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Where people reach this instance; links in letters begin with it.",
    )
    tracking_url: str = Field(
        default="",
        description="What followed links and the picture for opens begin with, such as "
        "https://links.example.com, led to this instance. Empty: as base_url.",
    )
    track: str = Field(
        default="clicks,opens",
        description="What is followed in letters, by comma: clicks, opens. That is in marketing; "
        "with transactional, in transactional letters too. none: nothing.",
    )
    link_hosts: str = Field(
        default="",
        description="Sites to which links may lead that contact data names whole, by comma: "
        "shop.example.com. Others are named on a page first (docs/channels.md).",
    )
    email_url: str = Field(
        default="mailbox:",
        description="Who carries letters: smtp://user:password@host:587 or smtps://…, or ses://, "
        "sendgrid://, mailgun://, postmark://, resend://; several accounts are parted by blanks "
        "(docs/channels.md). mailbox: keeps every letter here.",
    )
    sms_url: str = Field(
        default="mailbox:",
        description="twilio://SID:TOKEN@+15551234567, vonage://KEY:SECRET@SENDER or "
        "messagebird://KEY@SENDER; mailbox: keeps every text here.",
    )
    sms_price: str = Field(
        default="",
        description="What one part of a text costs, such as 0.05 EUR, for estimates before sending, and "
        "afterwards where no provider told a price.",
    )
    push_url: str = Field(
        default="webpush:",
        description="webpush: hands pushes to the push services of people's browsers; mailbox: "
        "keeps every push here.",
    )
    push_services: str = Field(
        default="",
        description="Hosts of push services beside those of Google, Mozilla, Microsoft and Apple, by "
        "comma: push.example.com.",
    )
    chat: str = Field(
        default="",
        description="Chats that journeys may tell, NAME=ADDRESS parted by blanks: "
        "ops=slack://A/B/C sales=msteams://… (see docs/channels.md).",
    )
    sender: str = Field(
        default="Sojourn <hello@example.com>",
        description="From whom letters come; its name also heads the letters of the examples.",
    )
    marketing_sender: str = Field(
        default="",
        description="From whom marketing comes, such as News <news@mail.example.com>, so that it and "
        "transactional letters have a reputation each. Empty: as sender.",
    )
    reply_to: str = Field(
        default="",
        description="Where answers to letters go. Empty: to the sender.",
    )
    sender_domains: str = Field(
        default="",
        description="Domains from which letters may come besides those of sender and "
        "marketing_sender, by comma: senders at them may be registered in the app.",
    )
    postal_address: str = Field(
        default="",
        description="Where post reaches the sender: one line that letters show at their foot. Law "
        "in many places asks for it in marketing.",
    )
    timezone: str = Field(
        default="UTC", description="IANA name: the zone of contacts and journeys that name none."
    )
    webhook_allow: str = Field(
        default="",
        description="Private targets webhooks may reach: addresses or networks, by comma.",
    )
    feedback_secrets: str = Field(
        default="",
        repr=False,
        description="Who may tell what became of letters: NAME=PROVIDER:SECRET, by spaces. Each is "
        "heard at /hooks/feedback/NAME.",
    )
    dkim_selectors: str = Field(
        default="",
        description="Names of the keys by which your carrier signs your letters, by spaces: the "
        "check of the sender's domain looks them up.",
    )
    bounce_address: str = Field(
        default="",
        description="bounces@example.com: letters by SMTP come back to bounces+TOKEN@example.com. "
        "Empty: to the sender.",
    )
    bounce_secret: str = Field(
        default="",
        repr=False,
        description="With it a mail server may post reports of such letters to /hooks/bounces.",
    )
    keep_content: bool = Field(
        default=False,
        description="Keep the words of every message that left, not only of the mailbox.",
    )
    virtual_clock: bool = Field(
        default=False,
        description="Let owners move this instance's clock ahead, to try journeys out.",
    )
    holdout_percent: int = Field(
        default=0,
        ge=0,
        le=100,
        description="Of all contacts, so many get no marketing from any journey: what is it worth?",
    )
    trigger_age: timedelta = Field(
        default=timedelta(hours=72),
        description="Events older than this are counted, and let nobody in (ISO 8601: P3D, PT12H).",
    )
    requests_per_minute: int = Field(
        default=60_000, ge=1, description="Tracking calls of one key, and of one address, a minute."
    )
    backlog: int = Field(
        default=200_000,
        ge=1,
        description="Batches that may wait to be processed before tracking answers 429.",
    )
    worker_threads: int = Field(default=4, ge=1, le=64, description="Threads of one worker.")
    chunk: int = Field(
        default=1000, ge=1, le=5000, description="Enrollments or events that one transaction takes."
    )
    trusted_proxies: int = Field(
        default=0, ge=0, description="Proxies in front that set X-Forwarded-For."
    )
    secure_cookies: bool | None = Field(
        default=None, description="Absent: secure when base_url is https."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error."
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if find_zone(value) is None:
            msg = f"{value!r} is not the name of a time zone, such as Europe/Berlin"
            raise ValueError(msg)
        return value

    @field_validator("secret_key")
    @classmethod
    def _whole_keys(cls, value: str) -> str:
        try:
            split_keys(value)
        except ValueError:
            msg = "a key as `sojourn keys generate` shows it; several are parted by commas"
            raise ValueError(msg) from None
        return value

    @field_validator("sms_price")
    @classmethod
    def _price_with_currency(cls, value: str) -> str:
        if value and not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})? [A-Z]{3}", value):
            msg = "a price and its currency, such as 0.05 EUR"
            raise ValueError(msg)
        return value

    @field_validator("track")
    @classmethod
    def _known_tracks(cls, value: str) -> str:
        if unknown := split_names(value) - TRACKS - {"none"}:
            msg = f"{', '.join(sorted(unknown))}: it takes {', '.join(sorted(TRACKS))}, or none"
            raise ValueError(msg)
        return value

    @field_validator("base_url", "tracking_url")
    @classmethod
    def _plain_base(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.field_name == "tracking_url":
            return value
        if not value.startswith(("http://", "https://")):
            msg = "begins with http:// or https://"
            raise ValueError(msg)
        return value.rstrip("/")

    @field_validator("feedback_secrets")
    @classmethod
    def _whole_accounts(cls, value: str) -> str:
        if not all(_ACCOUNT.fullmatch(one) for one in value.split()):
            msg = "each is NAME=PROVIDER:SECRET, such as main=sendgrid:MFkw…; none goes without a secret"
            raise ValueError(msg)
        return value

    @field_validator("bounce_address")
    @classmethod
    def _tagged_address(cls, value: str) -> str:
        if value and not _BOUNCE_ADDRESS.fullmatch(value):
            msg = "an address such as bounces@example.com, with at most 21 characters before the @"
            raise ValueError(msg)
        return value

    @field_validator("bounce_secret")
    @classmethod
    def _long_secret(cls, value: str) -> str:
        if value and len(value) < SHORTEST_SECRET:
            msg = f"at least {SHORTEST_SECRET} characters, such as `openssl rand -hex 24` writes"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _processes_need_a_server(self) -> Self:
        if self.redis_url and not self.database_url:
            msg = "SOJOURN_REDIS_URL goes with SOJOURN_DATABASE_URL: SQLite serves one process tree"
            raise ValueError(msg)
        return self

    def list_feedback_accounts(self) -> dict[str, tuple[str, str]]:
        """Return the accounts that may tell of letters: name → (provider, secret)."""
        several = [one.partition("=") for one in self.feedback_secrets.split()]
        return {
            name: (provider, secret)
            for name, _, rest in several
            for provider, _, secret in [rest.partition(":")]
        }

    @property
    def tracks(self) -> frozenset[str]:
        """What is followed in letters."""
        return split_names(self.track) - {"none"}

    @property
    def is_embedded(self) -> bool:
        """Whether web, worker and scheduler share one process tree and SQLite."""
        return not self.database_url

    @property
    def sqlite_path(self) -> Path:
        """The embedded database's file."""
        return self.data / "sojourn.db"

    def get_database_url(self) -> str:
        """Return the URL to connect to."""
        return self.database_url or f"sqlite:///{self.sqlite_path.resolve()}"


def read_settings(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Return the settings: what is given first, then the environment, then the defaults.

    Args:
        environ: the environment; None takes the process's own.
        given: values that a command's options name; None counts as not given.

    Raises:
        Invalid: a value cannot be, or a variable `SOJOURN_…` is not known.
    """
    environ = os.environ if environ is None else environ
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    unknown = sorted(
        name for name in environ if name.startswith(PREFIX) and name not in known | _OTHERS
    )
    if renamed := sorted(name for name in unknown if name in _RENAMED):
        msg = f"{renamed[0]} is called {_RENAMED[renamed[0]]} now"
        raise Invalid(msg)
    if unknown:
        msg = f"unknown setting {', '.join(unknown)}; docs/settings.md lists them all"
        raise Invalid(msg)
    values: dict[str, Any] = {
        name: environ[f"{PREFIX}{name.upper()}"]
        for name in Settings.model_fields
        if environ.get(f"{PREFIX}{name.upper()}", "") != ""
    }
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = f"{PREFIX}{first['loc'][0]}".upper() if first["loc"] else PREFIX
        msg = f"{name}: {first['msg'].removeprefix('Value error, ')}"
        raise Invalid(msg) from None


_RENAMED: Final = {"SOJOURN_SMTP_URL": "SOJOURN_EMAIL_URL"}
"""Variables of earlier releases, and what took their place."""
_OTHERS: Final = frozenset({"SOJOURN_VENV", "SOJOURN_FULL", "SOJOURN_WRITE_KEY"})
"""Variables of the repository's own tools."""
