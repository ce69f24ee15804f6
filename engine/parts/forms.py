"""Forms that colleagues fill in: what may be asked, and whether what was filled in is that."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from engine.document.base import Document
from engine.errors import Invalid
from engine.language.say import say

LONGEST_TEXT: Final = 2000
LARGEST_NUMBER: Final = 2**53
"""Integers beyond this are not the same in every program that reads JSON (rule 10a)."""
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class FormField(Document):
    """Something a colleague fills in."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]
    kind: Literal["text", "number", "yes_no", "choice", "date"]
    label: str = Field(default="", max_length=200, description="What people read; else the name.")
    required: bool = False
    choices: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        default=(), max_length=100, description="What one may choose from, of a choice."
    )

    @model_validator(mode="after")
    def _choices_belong_to_a_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            msg = say("a field of the kind 'choice' has 'choices', and no other has")
            raise ValueError(msg)
        return self


def read_form(form: Sequence[FormField], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in, null and empty text being the same as nothing.

    Raises:
        Invalid: something required is missing, is not of its kind, or is not asked for.
    """
    unknown = sorted(given.keys() - {field.name for field in form})
    if unknown:
        msg = say("the form does not ask for '{name}'", name=unknown[0])
        raise Invalid(msg)
    values = {name: value for name, value in given.items() if value is not None and value != ""}
    for field in form:
        if field.name in values:
            wrong = _find_wrong(field, values[field.name])
            if wrong is not None:
                msg = say("'{name}' is to be {wrong}", name=field.name, wrong=wrong)
                raise Invalid(msg)
        elif field.required:
            msg = say("'{name}' is required", name=field.name)
            raise Invalid(msg)
    return values


def _find_wrong(field: FormField, value: Any) -> str | None:
    """Return what the value should have been; None if it is that."""
    match field.kind:
        case "text":
            is_right, wanted = _is_text(value), f"text of at most {LONGEST_TEXT} characters"
        case "number":
            is_right, wanted = _is_number(value), "a number"
        case "yes_no":
            is_right, wanted = isinstance(value, bool), "true or false"
        case "choice":
            is_right, wanted = value in field.choices, f"one of {', '.join(field.choices)}"
        case "date":
            is_right, wanted = _is_date(value), "a date such as 2026-03-25"
    return None if is_right else wanted


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) <= LARGEST_NUMBER  # which NaN is not


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or _ISO_DATE.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
