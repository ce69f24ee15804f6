"""Why a text is no journey, in words for the person who wrote it."""

from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.errors import InvalidJourney

MALFORMED: Final = "malformed"
"""The code of every problem found while reading; `engine.journeys.validate` has the others."""

_UNKNOWN_FIELD: Final = "extra_forbidden"
_MISSING_FIELD: Final = "missing"
_UNKNOWN_KIND: Final = "union_tag_invalid"


def refuse(message: str) -> InvalidJourney:
    """Return the error of a text that is no journey as a whole."""
    return InvalidJourney(message, [_write_problem(message, node=None)])


def list_refusals(error: ValidationError) -> list[dict[str, Any]]:
    """Return a problem for each thing that does not fit: code, severity, node, path, message."""
    return [_describe(detail) for detail in error.errors(include_url=False, include_context=True)]


def _describe(detail: ErrorDetails) -> dict[str, Any]:
    place = [str(part) for part in detail["loc"]]
    node = place[1] if place[:1] == ["nodes"] and len(place) > 1 else None
    return _write_problem(f"{'.'.join(place) or 'the journey'}: {_phrase(detail)}", node=node)


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
