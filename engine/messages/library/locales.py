"""Which language a person reads, and which of those there are comes closest. Pure.

Source: RFC 5646 (tags), RFC 4647, 3.4 (lookup).
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

LONGEST: Final = 35
"""Characters of a tag, as RFC 5646, 4.4.1 recommends to allow for."""
ATTRIBUTES: Final = ("locale", "language")
"""Where a contact's language stands; the first that is a tag counts."""
_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*\Z", re.IGNORECASE)
_SCRIPT: Final = 4
_REGION: Final = 2


def find_locale(value: object) -> str | None:
    """Return a language tag as it is written by custom: `de`, `en-GB`, `zh-Hant-TW`; None: it is none.

    `en_GB`, as programs write it, is one as well.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    return _normalize(value)


@lru_cache(maxsize=10_000)
def _normalize(value: str) -> str | None:
    text = value.strip().replace("_", "-")
    if not _TAG.match(text):
        return None
    first, *rest = text.lower().split("-")
    return "-".join([first, *(_write_case(part) for part in rest)])


def _write_case(part: str) -> str:
    if len(part) == _SCRIPT and part.isalpha():
        return part.title()
    return part.upper() if len(part) == _REGION and part.isalpha() else part


def find_wish(attributes: Mapping[str, Any]) -> str | None:
    """Return the language that a contact reads; None: nobody said."""
    for name in ATTRIBUTES:
        if (found := find_locale(attributes.get(name))) is not None:
            return found
    return None


def look_up(wish: str | None, offered: Collection[str]) -> str | None:
    """Return which of the offered tags a wish leads to; None: to none of them.

    The wish loses its last part until it is one of them: `de-AT` leads to `de`; `en` does not lead
    to `en-GB`. A part of one letter goes with the one behind it.
    """
    if wish is None:
        return None
    known = {one.lower(): one for one in offered}
    parts = wish.lower().split("-")
    while parts:
        found = known.get("-".join(parts))
        if found is not None:
            return found
        parts.pop()
        if parts and len(parts[-1]) == 1:
            parts.pop()
    return None
