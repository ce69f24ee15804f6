"""What senders say, read and judged: the calls of Segment's HTTP Tracking API. Pure.

Source of the shapes: Segment, "HTTP Tracking API" and "Common fields". The limits are our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import orjson

from engine.errors import Invalid, TooMuch

MOST_BYTES: Final = 1 << 20
MOST_ITEMS: Final = 500
DEEPEST: Final = 32
MOST_PROPERTIES: Final = 200
MOST_IN_LIST: Final = 1_000
LONGEST_TEXT: Final = 32_768
LONGEST_ID: Final = 128
LONGEST_NAME: Final = 128
LARGEST_INTEGER: Final = 2**53
AHEAD: Final = timedelta(minutes=5)
"""A time further ahead than this is taken to be the time of arrival (rule 4)."""
SKEW: Final = timedelta(minutes=1)
"""A sender whose clock differs by more than this from ours is put right by its `sentAt`."""
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)

KINDS: Final = frozenset({"identify", "track", "page", "screen", "group", "alias"})
_NAMES: Final[Mapping[str, str]] = {
    "identify": "Contact Identified",
    "page": "Page Viewed",
    "screen": "Screen Viewed",
    "group": "Group Joined",
    "alias": "Contact Aliased",
}


class Trust(StrEnum):
    """How far what was said is believed."""

    WRITE = "write"  # under a secret key
    BROWSER = "browser"  # under a public key: anybody may have said it
    SIGNED = "signed"  # under a public key, the visitor's id signed by the site's server
    SYSTEM = "system"  # by the product itself


class BadItem(Invalid):
    """One item of a batch cannot be taken."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.item_code = code


@dataclass(frozen=True, slots=True)
class Incoming:
    """One call, judged.

    Attributes:
        message_id: the sender's own id of it; None if it gave none (rule 2).
        name: of the event that it becomes.
        data: properties, or traits.
        occurred_at: aware, UTC; put right where the sender's clock is wrong.
        previous: of an alias, the id that was used before.
        is_history: it is old news: counted, and lets nobody in (rule 138).
    """

    kind: str
    message_id: str | None
    external: str | None
    anonymous: str | None
    name: str
    data: Mapping[str, Any]
    context: Mapping[str, Any]
    occurred_at: datetime
    previous: str | None = None
    is_history: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as a batch's body keeps it."""
        return {
            "k": self.kind,
            "i": self.message_id,
            "u": self.external,
            "a": self.anonymous,
            "n": self.name,
            "d": self.data,
            "c": self.context,
            "t": self.occurred_at.isoformat(),
            "p": self.previous,
            "h": self.is_history,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Incoming":
        """Return what `to_json` wrote."""
        return cls(
            data["k"], data["i"], data["u"], data["a"], data["n"], data["d"], data["c"],
            datetime.fromisoformat(data["t"]), data["p"], data["h"],
        )  # fmt: skip


def parse_body(body: bytes) -> Any:
    """Return the JSON of a request.

    Raises:
        TooMuch: larger than a request may be.
        Invalid: no JSON, or none that can be stored.
    """
    if len(body) > MOST_BYTES:
        raise TooMuch(f"a request holds at most {MOST_BYTES:,} bytes, inflated")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid(f"not JSON: {error}") from None
    except RecursionError:
        raise Invalid("nested too deep") from None


def read_call(
    data: Any,
    *,
    kind: str | None,
    received_at: datetime,
    sent_at: Any = None,
    context: Mapping[str, Any] | None = None,
    is_history: bool = False,
) -> Incoming:
    """Return one call, judged.

    Args:
        kind: what the route says it is; None takes the item's own `type`.
        sent_at: the batch's `sentAt`; an item's own comes first.
        context: the batch's, under the item's own.

    Raises:
        BadItem: it cannot be taken; says why.
    """
    if not isinstance(data, dict):
        raise BadItem("not_an_object", "an item is a JSON object")
    kind = kind or data.get("type")
    if kind not in KINDS:
        raise BadItem("unknown_type", f"type is one of {', '.join(sorted(KINDS))}")
    external, anonymous = _read_id(data, "userId"), _read_id(data, "anonymousId")
    previous = _read_id(data, "previousId") if kind == "alias" else None
    if kind == "alias" and (previous is None or external is None):
        raise BadItem("missing_id", "alias needs userId and previousId")
    if external is None and anonymous is None:
        raise BadItem("missing_id", "userId or anonymousId says whom this is about")
    said = _read_object(data, "traits" if kind in ("identify", "group") else "properties")
    around = dict(context or {}) | _read_object(data, "context")
    for part in (said, around):
        _check(part)
    if kind == "group":
        said = said | {"groupId": _read_id(data, "groupId")}
    if kind in ("page", "screen") and isinstance(data.get("name"), str):
        said = {"name": data["name"][:LONGEST_NAME]} | said
    occurred_at, is_clamped = _read_time(data, received_at=received_at, sent_at=sent_at)
    if is_clamped:
        around["clamped"] = True
    return Incoming(
        kind=kind,
        message_id=_read_id(data, "messageId"),
        external=external,
        anonymous=anonymous,
        name=_read_name(data) if kind == "track" else _NAMES[kind],
        data=said,
        context=around,
        occurred_at=occurred_at,
        previous=previous,
        is_history=is_history or around.get("mode") == "history",
    )


def _read_name(data: Mapping[str, Any]) -> str:
    name = data.get("event")
    if not isinstance(name, str) or not name.strip():
        raise BadItem("missing_event", "track needs the event's name")
    if len(name) > LONGEST_NAME:
        raise BadItem("too_long", f"an event's name has at most {LONGEST_NAME} characters")
    _check_text(name)
    return name


def _read_id(data: Mapping[str, Any], field: str) -> str | None:
    """Return an id as text; a number is taken as its digits, as Segment's libraries send them."""
    value = data.get(field)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise BadItem("bad_id", f"{field} is text")
    if not value.strip():
        raise BadItem("bad_id", f"{field} is empty")
    if len(value) > LONGEST_ID:
        raise BadItem("bad_id", f"{field} has at most {LONGEST_ID} characters")
    _check_text(value)
    return value


def _read_object(data: Mapping[str, Any], field: str) -> dict[str, Any]:
    value = data.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadItem("not_an_object", f"{field} is a JSON object")
    if len(value) > MOST_PROPERTIES:
        raise BadItem("too_many", f"{field} has at most {MOST_PROPERTIES} names")
    return value


def _read_time(
    data: Mapping[str, Any], *, received_at: datetime, sent_at: Any
) -> tuple[datetime, bool]:
    """Return when it happened, and whether a time in the future was replaced."""
    stated = data.get("timestamp", data.get("originalTimestamp"))
    if stated is None:
        return received_at, False
    occurred_at = parse_time(stated)
    if occurred_at is None:
        raise BadItem("bad_time", "timestamp is an ISO 8601 date and time")
    sent = parse_time(data.get("sentAt", sent_at))
    if sent is not None and abs(received_at - sent) > SKEW and occurred_at <= sent:
        occurred_at += received_at - sent
    if occurred_at > received_at + AHEAD or occurred_at < EARLIEST:
        return received_at, True
    return min(occurred_at, received_at), False


def parse_time(value: Any) -> datetime | None:
    """Return the instant of ISO 8601 text, UTC where it names no offset; None if it is none."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return None
    try:
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except OverflowError:
        return None


def _check(value: Any, depth: int = 1) -> None:
    """Refuse what cannot be stored, or is larger than anybody means."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise BadItem("too_long", f"a text has at most {LONGEST_TEXT:,} characters")
        if "\x00" in value:
            raise BadItem("bad_string", "a text holds the character NUL, which cannot be stored")
    elif isinstance(value, dict):
        _check_depth(depth)
        if len(value) > MOST_PROPERTIES:
            raise BadItem("too_many", f"an object has at most {MOST_PROPERTIES} names")
        for name, inner in value.items():
            _check_text(name)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        _check_depth(depth)
        if len(value) > MOST_IN_LIST:
            raise BadItem("too_many", f"a list has at most {MOST_IN_LIST:,} items")
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, int | float) and abs(value) > LARGEST_INTEGER:
        raise BadItem("bad_number", "a number beyond 2^53 cannot be kept exactly; send it as text")


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise BadItem("too_deep", f"nested more than {DEEPEST} deep")


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise BadItem("bad_string", "a text holds the character NUL, which cannot be stored")
