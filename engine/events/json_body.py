"""The JSON of a request: fast when it is good, and telling what is wrong where it is not. Pure.

What no database can keep as it was sent, or what two readers would read as two things, is not
guessed at: a name twice in an object, a number that is none or is not exact, half a character pair.
Such a value is marked where it stands, so that it costs its own item of a batch and no other.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

import orjson

from engine.errors import Invalid

LONGEST_NUMBER: Final = 40
_BOM: Final = b"\xef\xbb\xbf"
_ESCAPED_COLON: Final = b"\\u003"
_NO_NUMBER: Final = "a number is not finite, or has more digits than can be kept"


class BadItem(Invalid):
    """What was sent cannot be taken: one item of a batch, or the whole of it.

    Attributes:
        item_code: for programs.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.item_code = code


@dataclass(frozen=True, slots=True)
class Unstorable:
    """Stands where something stood that cannot be taken."""

    code: str
    message: str

    def refuse(self) -> BadItem:
        """Return the refusal to raise."""
        return BadItem(self.code, self.message)


def parse_json(body: bytes) -> Any:
    """Return what the text means, with `Unstorable` in the places of what cannot be taken.

    Raises:
        BadItem: it is no JSON at all, or nested beyond measure.
    """
    body = body.removeprefix(_BOM)
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _parse_slowly(body)
    return _parse_slowly(body) if _may_repeat_a_name(body, parsed) else parsed


def _may_repeat_a_name(body: bytes, parsed: Any) -> bool:
    """Return whether a name may stand twice in an object: colons then went missing on the way.

    Exact, unless a colon is escaped; both counts run at the speed of memory.
    """
    if _ESCAPED_COLON in body:
        return True
    try:
        return body.count(b":") != orjson.dumps(parsed).count(b":")
    except orjson.JSONEncodeError:
        return True  # nested deeper than orjson writes


def _parse_slowly(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode(),
            object_pairs_hook=_read_pairs,
            parse_constant=lambda _: Unstorable("bad_number", _NO_NUMBER),
            parse_int=_read_integer,
        )
    except UnicodeDecodeError:
        raise BadItem("not_utf8", "the body is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadItem("not_json", f"not JSON: {error}") from None
    except RecursionError:
        raise BadItem("too_deep", "nested too deep") from None


def _read_pairs(pairs: list[tuple[str, Any]]) -> Any:
    read = dict(pairs)
    if len(read) == len(pairs):
        return read
    return Unstorable("duplicate_name", "an object names the same thing twice")


def _read_integer(digits: str) -> Any:
    if len(digits) > LONGEST_NUMBER:
        return Unstorable("bad_number", _NO_NUMBER)
    return int(digits)
