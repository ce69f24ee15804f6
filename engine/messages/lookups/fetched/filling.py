"""Addresses with places to fill: the server is fixed, values only stand in path and query. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from engine.errors import Invalid
from engine.language.say import say

LONGEST_VALUE: Final = 200
MOST_PLACES: Final = 10
_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")
_ORIGIN: Final = re.compile(r"[^/?#]+//[^/?#]*")
_TAKEN: Final = ("source", "default")
"""Names of the function's own parameters."""
_DOTS: Final = re.compile(r"/\.{1,2}(?=[/?]|$)")


class Unfillable(Exception):
    """Values that do not fit an address; the message says why."""


def list_places(url: str) -> list[str]:
    """Return the names of the places in an address, in their order."""
    return list(dict.fromkeys(_PLACE.findall(url)))


def check_places(url: str) -> None:
    """Refuse an address whose places are not as they must be.

    Raises:
        Invalid: one is in the host, is named wrongly, or is not closed.
    """
    rest = _PLACE.sub("", url)
    if "{" in rest or "}" in rest:
        raise Invalid(say("a place is a name in braces: a to z, digits and _, from a letter"))
    origin = _ORIGIN.match(url)
    if origin is None or _PLACE.search(origin[0]):
        raise Invalid(say("the server is fixed: places to fill stand behind the host"))
    places = list_places(url)
    if len(places) > MOST_PLACES:
        raise Invalid(say("an address has at most {most} places to fill", most=MOST_PLACES))
    for name in _TAKEN:
        if name in places:
            raise Invalid(say("a place cannot be called {name}", name=name))


def fill_url(url: str, values: Mapping[str, Any]) -> str:
    """Return the address with its places filled, each value encoded whole.

    Raises:
        Unfillable: a value is missing, is no short text or number, or would lead elsewhere.
    """
    places = list_places(url)
    for name in values:
        if name not in places:
            raise Unfillable(say("the address has no place {name}", name=name))
    written = {name: _write(name, values.get(name)) for name in places}
    filled = _PLACE.sub(lambda place: quote(written[place[1]], safe=""), url)
    if _DOTS.search(filled.partition("?")[0]):
        raise Unfillable(say("a value may not be . or .. where it is a part of the path"))
    return filled


def sample_url(url: str) -> str:
    """Return the address with something in each place, for judging how it is spelled."""
    return _PLACE.sub("x", url)


def _write(name: str, value: Any) -> str:
    match value:
        case bool():
            written = "true" if value else "false"
        case str() | int() | float():
            written = str(value)
        case None:
            raise Unfillable(say("there is no value for {name}", name=name))
        case _:
            raise Unfillable(say("the value of {name} is neither text nor number", name=name))
    if not written or len(written) > LONGEST_VALUE or not written.isprintable():
        raise Unfillable(
            say(
                "the value of {name} is not 1 to {most} printable characters",
                name=name,
                most=LONGEST_VALUE,
            )
        )
    return written
