"""The words and orders of dates and amounts in each language, from Unicode's CLDR by Babel."""

import re
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import tokenize_pattern

from engine.messages.compose.calendar import ENGLISH, FIELDS, FORMS, Calendar, Pattern

_AS_IT_IS: Final = frozenset({"", "en"})
_CARDINAL: Final = {"L": "M", "c": "E"}  # a month or weekday that stands alone


@lru_cache(maxsize=100)
def find_calendar(language: str) -> Calendar:
    """Return how a language (a tag such as `de` or `pt-BR`) writes dates; English where nobody knows.

    Where the tag says more than is known, as `de-US` does, less of it counts (RFC 4647, 3.4).

    A form for which we have not every field is written as in English, in the language's words.
    """
    if language in _AS_IT_IS:
        return ENGLISH
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return find_calendar(language.rpartition("-")[0])
    months, days = locale.months["format"], locale.days["format"]["wide"]
    found = {
        "long": _read(locale.date_formats["long"].pattern),
        "short": _read(locale.date_formats["medium"].pattern),
        "weekday": _read(_write_weekday(locale)),
    }
    return Calendar(
        months=[months["wide"][number] for number in range(1, 13)],
        short_months=[months["abbreviated"][number] for number in range(1, 13)],
        weekdays=[days[number] for number in range(7)],
        patterns={form: found[form] or ENGLISH.patterns[form] for form in FORMS},
        decimal=_find_decimal(locale),
    )


def _write_weekday(locale: Locale) -> str:
    """Return a pattern with weekday, day and month: the full one, and without its year."""
    day = str(locale.datetime_skeletons["MMMMd"].pattern)
    full = str(locale.date_formats["full"].pattern)
    if (first := re.match(r"EEEE((?:[^A-Za-z']|'[^']*')*)", full)) is not None:
        return f"EEEE{first[1]}{day}"
    last = re.search(r"([^A-Za-z']*)EEEE", full)
    between = last[1] if last else " "
    shared = next(n for n in range(len(between), -1, -1) if day.endswith(between[:n]))
    return f"{day}{between[shared:]}EEEE"  # what ends the day stands there already


def _read(pattern: str) -> Pattern | None:
    read: list[tuple[bool, str]] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, str):
            read.append((False, value))
            continue
        letter, count = value
        field = _CARDINAL.get(letter, letter) * count
        if field not in FIELDS:
            return None
        read.append((True, field))
    return read


def _find_decimal(locale: Locale) -> str:
    symbols = locale.number_symbols
    latin = symbols.get("latn", symbols)
    return str(latin.get("decimal", "."))
