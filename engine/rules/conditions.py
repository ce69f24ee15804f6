"""The condition language: a question about one contact, as JSON.

A condition is a group (`all`, `any`, `none`) or a leaf, told apart by the key it has. The models
here only say what is well formed; `evaluate` answers for one contact, `compile_sql` for all.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import BaseModel, Discriminator, Field, Tag, TypeAdapter, model_validator
from typing_extensions import TypeAliasType

from engine.document.base import Channel, Document, Name
from engine.language.say import say
from engine.rules.filters import Asking, Path, Where, Window
from engine.rules.operators import DATE_OPS, NUMBER_OPS, Op
from engine.rules.values import FIXED_UNITS, LARGEST_COUNTED

DEEPEST: Final = 10
MOST_LEAVES: Final = 100


class Attribute(Asking):
    """What the contact is: `{"attribute": "plan", "op": "in", "value": ["pro", "team"]}`."""

    attribute: Path


class Trigger(Asking):
    """What started this enrollment: `{"trigger": "properties.total", "op": "gte", "value": 100}`."""

    trigger: Path


class Context(Asking):
    """What earlier nodes found out: `{"context": "shop.answer.status", "op": "is", "value": "ok"}`."""

    context: Path


class Subject(Asking):
    """A field of the ticket, cart or deal: `{"subject": "priority", "op": "is", "value": "urgent"}`."""

    subject: Path


class NumberAsked(Asking):
    """What a count, sum or average is held against; at most four decimals, at most 1e11."""

    allowed: ClassVar[tuple[Op, ...]] = NUMBER_OPS

    @model_validator(mode="after")
    def _check_number(self) -> Self:
        for number in self.value if isinstance(self.value, list) else [self.value]:
            if isinstance(number, bool) or not isinstance(number, int | float):
                msg = say("an aggregate is held against a number")
                raise ValueError(msg)  # noqa: TRY004 - Pydantic wants ValueError
            if abs(number) > LARGEST_COUNTED or round(number, 4) != number:
                msg = say(
                    "an aggregate has at most four decimals ({fixed_units} parts) and is at most 1e11",
                    fixed_units=FIXED_UNITS,
                )
                raise ValueError(msg)
        return self


class _EventLeaf(Document):
    event: Name
    within: Window | None = None
    where: Where | None = None


class EventDone(_EventLeaf):
    """It happened, or did not: `{"event": "Page Viewed", "op": "not_done", "within": "P14D"}`."""

    op: Literal["done", "not_done"]


class EventCount(_EventLeaf, NumberAsked):
    """How often: `{"event": "Order", "measure": "count", "op": "gte", "value": 3}`."""

    measure: Literal["count"]


class EventNumber(_EventLeaf, NumberAsked):
    """A property added up: `{"event": "Order", "measure": "sum", "of": "total", "op": "gt", …}`."""

    measure: Literal["sum", "average", "minimum", "maximum"]
    of: Path

    @property
    def aggregate(self) -> tuple[Literal["sum", "average", "minimum", "maximum"], str]:
        """Which aggregate, and of which property."""
        return self.measure, self.of


class EventTime(_EventLeaf, Asking):
    """When it occurred first or last: `{"event": "Order", "measure": "last", "op": "before", …}`."""

    allowed: ClassVar[tuple[Op, ...]] = DATE_OPS

    measure: Literal["first", "last"]
    of: Literal["occurred_at"] = "occurred_at"


class Segment(Document):
    """Membership as it stands: `{"segment": "vip", "op": "member"}`."""

    segment: Name
    op: Literal["member", "not_member"]


class Consent(Document):
    """The contact's choice for a topic and channel.

    `unanswered` is having made none; `not_subscribed` is a no, or none.
    """

    consent: Name
    channel: Channel
    op: Literal["subscribed", "not_subscribed", "unsubscribed", "unanswered"]


MessageMark: TypeAlias = Literal["sent", "delivered", "opened", "clicked", "bounced", "replied"]
MESSAGE_MARKS: Final[tuple[MessageMark, ...]] = (
    "sent",
    "delivered",
    "opened",
    "clicked",
    "bounced",
    "replied",
)


class _Fate(Document):
    op: Literal[
        "sent", "delivered", "opened", "clicked", "bounced", "replied",
        "not_sent", "not_delivered", "not_opened", "not_clicked", "not_bounced", "not_replied",
    ]  # fmt: skip

    @property
    def mark(self) -> tuple[MessageMark, bool]:
        """The mark asked for, and whether it must be absent."""
        for mark in MESSAGE_MARKS:
            if self.op.removeprefix("not_") == mark:
                return mark, self.op != mark
        raise AssertionError


class Message(_Fate):
    """What became of the latest message of one node, in this enrollment."""

    message: Name


class Template(_Fate):
    """What became of a template's messages, in any journey.

    `not_clicked` is also true where nothing was sent.
    """

    template: Name
    within: Window | None = None


class All(Document):
    """Every one of these holds."""

    all: Annotated[list["Condition"], Field(min_length=1)]


class AnyOf(Document):
    """At least one of these holds."""

    any: Annotated[list["Condition"], Field(min_length=1)]


class NoneOf(Document):
    """None of these holds."""

    none: Annotated[list["Condition"], Field(min_length=1)]


_FORMS: Final[Mapping[str, str]] = {
    "all": "All", "any": "AnyOf", "none": "NoneOf", "attribute": "Attribute", "trigger": "Trigger",
    "context": "Context", "subject": "Subject", "segment": "Segment", "consent": "Consent",
    "message": "Message", "template": "Template",
}  # fmt: skip


def _find_form(data: object) -> str | None:
    """Return which form this is, by the key that only that form has."""
    if isinstance(data, BaseModel):
        return type(data).__name__
    if not isinstance(data, Mapping):
        return None
    if "event" in data:
        match data.get("measure"):
            case None:
                return "EventDone"
            case "count":
                return "EventCount"
            case "first" | "last":
                return "EventTime"
            case _:
                return "EventNumber"
    return next((form for key, form in _FORMS.items() if key in data), None)


Leaf: TypeAlias = (
    Attribute | Trigger | Context | Subject | EventDone | EventCount | EventNumber | EventTime
    | Segment | Consent | Message | Template
)  # fmt: skip
Condition = TypeAliasType(
    "Condition",
    Annotated[
        Annotated[All, Tag("All")]
        | Annotated[AnyOf, Tag("AnyOf")]
        | Annotated[NoneOf, Tag("NoneOf")]
        | Annotated[Attribute, Tag("Attribute")]
        | Annotated[Trigger, Tag("Trigger")]
        | Annotated[Context, Tag("Context")]
        | Annotated[Subject, Tag("Subject")]
        | Annotated[EventDone, Tag("EventDone")]
        | Annotated[EventCount, Tag("EventCount")]
        | Annotated[EventNumber, Tag("EventNumber")]
        | Annotated[EventTime, Tag("EventTime")]
        | Annotated[Segment, Tag("Segment")]
        | Annotated[Consent, Tag("Consent")]
        | Annotated[Message, Tag("Message")]
        | Annotated[Template, Tag("Template")],
        Discriminator(_find_form),
    ],
)
EventLeaf: TypeAlias = EventDone | EventCount | EventNumber | EventTime
for _model in (All, AnyOf, NoneOf, EventDone, EventCount, EventNumber, EventTime):
    _model.model_rebuild()
_ADAPTER: Final[TypeAdapter[Condition]] = TypeAdapter(Condition)


def check_size(data: object) -> object:
    """Return the JSON unchanged, unless it is a condition too large for people to read.

    Raises:
        ValueError: nested more than 10 deep, or more than 100 leaves.
    """
    deepest, leaves = _measure(data)
    if deepest > DEEPEST or leaves > MOST_LEAVES:
        msg = say(
            "a condition is at most {deepest} groups deep and {most_leaves} leaves wide",
            deepest=DEEPEST,
            most_leaves=MOST_LEAVES,
        )
        raise ValueError(msg)
    return data


def parse_condition(data: object) -> Condition:
    """Return the condition this JSON value is.

    Raises:
        ValueError: it is not well formed, nested more than 10 deep, or has more than 100 leaves.
    """
    return _ADAPTER.validate_python(check_size(data))


def condition_schema() -> dict[str, Any]:
    """Return the JSON Schema, from which the canvas takes its types."""
    return _ADAPTER.json_schema()


def _measure(data: object) -> tuple[int, int]:
    """Return depth and leaves of untrusted JSON, without recursion."""
    deepest = leaves = 0
    waiting: list[tuple[object, int]] = [(data, 0)]
    while waiting:
        part, depth = waiting.pop()
        if not isinstance(part, Mapping):
            continue
        groups = [(item, depth + 1) for key in ("all", "any", "none")
                  if isinstance(items := part.get(key), list) for item in items]  # fmt: skip
        deepest = max(deepest, depth + bool(groups))
        leaves += not groups
        waiting += groups
        waiting.append((part.get("where"), depth + 1))
        if deepest > DEEPEST or leaves > MOST_LEAVES:
            break
    return deepest, leaves


def list_leaves(condition: Condition) -> Iterator[Leaf]:
    """Return every leaf, in the order written."""
    match condition:
        case All(all=parts) | AnyOf(any=parts) | NoneOf(none=parts):
            for part in parts:
                yield from list_leaves(part)
        case _:
            yield condition
