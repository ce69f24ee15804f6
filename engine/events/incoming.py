"""What senders say, read and judged: the calls of Segment's HTTP Tracking API. Pure.

Source of the shapes: Segment, "HTTP Tracking API" and "Common fields". The limits are our own.
"""

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from engine.errors import TooMuch
from engine.events.json_body import BadItem, Unstorable, parse_json
from engine.language.say import say

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
HOPS: Final = "hops"
"""Through how many webhooks of ours, or of another instance, an event came: a loop ends by it."""
KEPT_CONTEXT: Final = ("page", "campaign", "library", HOPS)
"""What of a sender's context is kept with an event; the rest is dropped, addresses among it."""
_READ_CONTEXT: Final = (*KEPT_CONTEXT, "traits", "consent", "mode")
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


@dataclass(frozen=True, slots=True)
class Incoming:
    """One call, judged.

    Attributes:
        message_id: the sender's own id of it; None if it gave none (rule 2).
        external: the id by which the site knows the contact.
        anonymous: the id of a device or visitor.
        name: of the event that it becomes.
        data: properties, or traits.
        occurred_at: aware, UTC; put right where the sender's clock is wrong.
        previous: of an alias, the id that was used before.
        is_history: it is old news: counted, and lets nobody in (rule 138).
        is_signed: the site's server vouches for the visitor whose page says this.
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
    is_signed: bool = False

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
            "s": self.is_signed,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Incoming":
        """Return what `to_json` wrote."""
        return cls(
            data["k"], data["i"], data["u"], data["a"], data["n"], data["d"], data["c"],
            datetime.fromisoformat(data["t"]), data["p"], data["h"], data["s"],
        )  # fmt: skip


def parse_body(body: bytes) -> Any:
    """Return the JSON of a request; what cannot be taken of it is marked as `Unstorable`.

    Raises:
        TooMuch: larger than a request may be.
        BadItem: no JSON.
    """
    if len(body) > MOST_BYTES:
        raise TooMuch(
            say("a request holds at most {most_bytes:,} bytes, inflated", most_bytes=MOST_BYTES)
        )
    return parse_json(body)


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
        data: the call, as parsed.
        kind: what the route says it is; None takes the item's own `type`.
        received_at: the present instant.
        sent_at: the batch's `sentAt`; an item's own comes first.
        context: the batch's, under the item's own.
        is_history: the whole batch is old news; else each item says so itself.

    Raises:
        BadItem: it cannot be taken; says why.
    """
    data = _read_object(data, "an item")
    kind = kind or _take(data, "type")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadItem("unknown_type", f"type is one of {', '.join(sorted(KINDS))}")
    external, anonymous = _read_id(data, "userId"), _read_id(data, "anonymousId")
    previous = _read_id(data, "previousId") if kind == "alias" else None
    if kind == "alias" and (previous is None or external is None):
        raise BadItem("missing_id", "alias needs userId and previousId")
    if external is None and anonymous is None:
        raise BadItem("missing_id", "userId or anonymousId says whom this is about")
    around = _read_context(data, context)
    is_old = is_history or around.get("mode") == "history" or data.get("history") is True
    sent_at = None if is_old else data.get("sentAt") or sent_at
    occurred_at, is_clamped = _read_time(data, received_at, sent_at)
    if is_clamped:
        around["clamped"] = True
    said = _read_data(data, kind, around)
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
        is_history=is_old,
    )


def _take(data: Mapping[str, Any], field: str) -> Any:
    value = data.get(field)
    if isinstance(value, Unstorable):
        raise value.refuse()
    return value


def _read_object(value: Any, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, Unstorable):
        raise value.refuse()
    if not isinstance(value, dict):
        raise BadItem("not_an_object", f"{name} is a JSON object")
    return value


def _read_data(data: Mapping[str, Any], kind: str, around: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of the event, or the traits; RudderStack keeps these in the context."""
    field = "traits" if kind in ("identify", "group") else "properties"
    said = _read_object(data.get(field), field)
    check_value(said, field)
    if kind == "identify":
        said = _read_object(around.pop("traits", None), "context.traits") | said
    if kind == "group":
        said = said | {"groupId": _read_id(data, "groupId")}
    if kind in ("page", "screen"):
        for beside in ("category", "name"):
            if isinstance(text := _take(data, beside), str):
                check_value(text, beside)
                said = {beside: text[:LONGEST_NAME]} | said
    return said


def _read_context(data: Mapping[str, Any], outer: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what is read of the item's context, and of the batch's under it."""
    inner = _read_object(data.get("context"), "context")
    around = {
        name: inner.get(name, (outer or {}).get(name))
        for name in _READ_CONTEXT
        if name in inner or (outer and name in outer)
    }
    for name, value in around.items():
        check_value(value, f"context.{name}")
    return around


def _read_name(data: Mapping[str, Any]) -> str:
    name = _take(data, "event")
    if not isinstance(name, str) or not name.strip():
        raise BadItem("missing_event", "track needs the event's name")
    if len(name) > LONGEST_NAME:
        raise BadItem("too_long", f"an event's name has at most {LONGEST_NAME} characters")
    _check_text(name, "event")
    return name


def _read_id(data: Mapping[str, Any], field: str) -> str | None:
    """Return an id as text; a number is taken as its digits, as some libraries send them."""
    value = _take(data, field)
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
    _check_text(value, field)
    return value


def _read_time(
    data: Mapping[str, Any], received_at: datetime, sent_at: Any
) -> tuple[datetime, bool]:
    """Return when it happened, and whether a time that cannot be was replaced.

    Args:
        sent_at: None leaves the sender's clock as it is: old news are sent long afterwards.
    """
    stated = next((data[field] for field in _TIMES if data.get(field) is not None), None)
    if stated is None:
        return received_at, False
    occurred_at = parse_time(stated)
    if occurred_at is None:
        raise BadItem("bad_time", "timestamp is an ISO 8601 date and time")
    sent = parse_time(sent_at)
    if sent is not None and abs(received_at - sent) > SKEW and occurred_at <= sent:
        occurred_at += received_at - sent
    if occurred_at > received_at + AHEAD or occurred_at < EARLIEST:
        return received_at, True
    return min(occurred_at, received_at), False


_TIMES: Final = ("timestamp", "originalTimestamp")


def parse_time(value: Any) -> datetime | None:
    """Return the instant of ISO 8601 text, UTC where it names no offset; None if it is none."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        instant = datetime.fromisoformat(value)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def check_value(value: Any, place: str, depth: int = 1) -> None:
    """Refuse what cannot be stored, or is larger than anybody means.

    Raises:
        BadItem: it is so.
    """
    kind = type(value)
    if kind is str:
        if len(value) > LONGEST_TEXT:
            raise BadItem("too_long", f"{place}: a text has at most {LONGEST_TEXT:,} characters")
        _check_text(value, place)
    elif kind is dict:
        _check_size(value, MOST_PROPERTIES, place, depth)
        for name, inner in value.items():
            _check_text(name, place)
            check_value(inner, place, depth + 1)
    elif kind is list:
        _check_size(value, MOST_IN_LIST, place, depth)
        for inner in value:
            check_value(inner, place, depth + 1)
    elif kind is int or kind is float:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise BadItem(
                "bad_number", f"{place}: a number beyond 2^53 is not kept exactly; send it as text"
            )
    elif kind is Unstorable:
        raise BadItem(value.code, f"{place}: {value.message}")


def _check_size(value: Sized, most: int, place: str, depth: int) -> None:
    if depth > DEEPEST:
        raise BadItem("too_deep", f"{place}: nested more than {DEEPEST} deep")
    if len(value) > most:
        raise BadItem("too_many", f"{place}: an object has at most {MOST_PROPERTIES} names, "
                      f"a list {MOST_IN_LIST:,} items")  # fmt: skip


def _check_text(text: str, place: str) -> None:
    if "\x00" in text:
        raise BadItem("bad_string", f"{place}: the character NUL cannot be stored")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadItem(
                "bad_string", f"{place}: half a character pair (a lone surrogate)"
            ) from None
