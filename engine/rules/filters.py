"""Parts of the condition language that hold one value against an operator, and event filters.

`conditions` builds the rest of the language on these.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    Discriminator,
    Field,
    JsonValue,
    StringConstraints,
    Tag,
    model_validator,
)
from typing_extensions import TypeAliasType

from engine.document.base import Document
from engine.language.say import say
from engine.rules.operators import (
    MOVING_OPS,
    OPERATORS,
    Op,
    check_operand,
    is_text,
    normalise_date,
)
from engine.rules.values import parse_duration


def _check_window(text: str) -> str:
    parse_duration(text)
    return text


def _check_path(text: str) -> str:
    keys = text.split(".")
    if not all(keys) or len(keys) > 5:
        msg = say("a name has 1 to 5 parts, joined by dots, none empty")
        raise ValueError(msg)
    return text


def _check_name(text: str) -> str:
    if not is_text(text):
        msg = say("a name has no NUL and no lone surrogate")
        raise ValueError(msg)
    return text


Path = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, pattern=r'^[^\x00-\x1f\x7f"\\]+$'),
    AfterValidator(_check_path),
    AfterValidator(_check_name),
]
Window = Annotated[str, AfterValidator(_check_window)]


class Asking(Document):
    """A leaf that holds one value against an operator of the table."""

    allowed: ClassVar[tuple[Op, ...]] = tuple(Op)

    op: Annotated[Op, Field(strict=False)]
    value: JsonValue = None
    ignore_case: bool = False

    @model_validator(mode="before")
    @classmethod
    def _normalise(cls, data: Any) -> Any:
        """Bring a date into its stored form; what is not a date is refused below."""
        if not isinstance(data, Mapping) or not isinstance(text := data.get("value"), str):
            return data
        row = next((row for op, row in OPERATORS.items() if op == data.get("op")), None)
        if row is None or row.takes != "date":
            return data
        return {**data, "value": normalise_date(text)}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.op not in self.allowed:
            msg = say("{op} cannot be asked here", op=self.op)
            raise ValueError(msg)
        row = OPERATORS[self.op]
        if row.takes != "nothing" and "value" not in self.model_fields_set:
            msg = say("{op} needs a value", op=self.op)
            raise ValueError(msg)
        check_operand(row, self.value)
        if self.ignore_case and not row.folds:
            msg = say("{op} has no case to ignore", op=self.op)
            raise ValueError(msg)
        return self


class Property(Asking):
    """A property of the events counted. It does not move with time: `within` does that."""

    allowed: ClassVar[tuple[Op, ...]] = tuple(op for op in Op if op not in MOVING_OPS)

    property: Path


class AllWhere(Document):
    """Every one of these holds for the event."""

    all: Annotated[list["Where"], Field(min_length=1)]


class AnyWhere(Document):
    """At least one of these holds for the event."""

    any: Annotated[list["Where"], Field(min_length=1)]


class NoneWhere(Document):
    """None of these holds for the event."""

    none: Annotated[list["Where"], Field(min_length=1)]


_WHERE_FORMS: Final[Mapping[str, str]] = {
    "all": "AllWhere", "any": "AnyWhere", "none": "NoneWhere", "property": "Property"
}  # fmt: skip


def _find_where_form(data: object) -> str | None:
    if isinstance(data, BaseModel):
        return type(data).__name__
    if not isinstance(data, Mapping):
        return None
    return next((form for key, form in _WHERE_FORMS.items() if key in data), None)


Where = TypeAliasType(
    "Where",
    Annotated[
        Annotated[AllWhere, Tag("AllWhere")]
        | Annotated[AnyWhere, Tag("AnyWhere")]
        | Annotated[NoneWhere, Tag("NoneWhere")]
        | Annotated[Property, Tag("Property")],
        Discriminator(_find_where_form),
    ],
)
for _model in (AllWhere, AnyWhere, NoneWhere):
    _model.model_rebuild()


def where_key(where: Where | None) -> str:
    """Return the name under which a filtered event is counted; empty without a filter."""
    if where is None:
        return ""
    data = where.model_dump(mode="json", exclude_unset=True)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
