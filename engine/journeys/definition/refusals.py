"""Why a text is no journey, in words for the person who wrote it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NoReturn, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.errors import InvalidJourney
from engine.rules.conditions import All, AnyOf, Leaf, NoneOf
from engine.rules.filters import AllWhere, AnyWhere, NoneWhere

MALFORMED: Final = "malformed"
"""The code of every problem found while reading; `engine.journeys.validate` has the others."""

_KINDS_AT: Final = {("nodes", 2), ("trigger", 1)}
_FORMS: Final = frozenset(
    form.__name__ for form in (*get_args(Leaf), All, AnyOf, NoneOf, AllWhere, AnyWhere, NoneWhere)
) | {"Property"}


def refuse(message: str) -> NoReturn:
    """Refuse a text that is no journey as a whole.

    Raises:
        InvalidJourney: always.
    """
    raise InvalidJourney(message, [_write_problem(message, node=None)])


def refuse_parts(error: ValidationError) -> NoReturn:
    """Refuse a document with a problem for each part that does not fit.

    Raises:
        InvalidJourney: always.
    """
    problems = [_describe(detail) for detail in error.errors(include_url=False)]
    raise InvalidJourney(problems[0]["message"], problems) from error


def _describe(detail: ErrorDetails) -> dict[str, Any]:
    place = list(_list_keys(detail["loc"]))
    node = place[1] if place[:1] == ["nodes"] and len(place) > 1 else None
    return _write_problem(f"{'.'.join(place) or 'the journey'}: {_phrase(detail)}", node=node)


def _list_keys(location: Sequence[str | int]) -> Iterator[str]:
    """Yield the keys that lead to a place, as they stand in the text.

    Pydantic adds which member of a union it looked at: the kind of a node or trigger, a form of a
    condition.
    """
    for at, part in enumerate(location):
        is_kind = (location[0], at) in _KINDS_AT
        is_form = isinstance(part, str) and part in _FORMS and at > 0
        if not is_kind and not is_form:
            yield str(part)


def _phrase(detail: ErrorDetails) -> str:
    context = detail.get("ctx") or {}
    match detail["type"]:
        case "extra_forbidden":
            return "there is no such field; is it misspelt, or does it belong elsewhere?"
        case "missing":
            return "this must be there"
        case "union_tag_invalid":
            return f"there is no kind '{context['tag']}'; known are {context['expected_tags']}"
        case "union_tag_not_found":
            return f"says no {context['discriminator']}"
        case "value_error":
            return detail["msg"].removeprefix("Value error, ")
        case _:
            return detail["msg"][:1].lower() + detail["msg"][1:]


def _write_problem(message: str, *, node: str | None) -> dict[str, Any]:
    return {
        "code": MALFORMED,
        "severity": "error",
        "node": node,
        "path": None,
        "message": message,
    }
