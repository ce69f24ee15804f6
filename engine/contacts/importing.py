"""Contacts from a CSV file: read as a stream, judged line by line, taken in chunks.

The lines become identify calls that take the ordinary way in, so importing a file twice changes
nothing, and a suppressed address stays suppressed. Pure: reads lines, answers calls and problems.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.contacts.attributes import PROTECTED, find_email, find_phone
from engine.errors import Invalid

MOST_COLUMNS: Final = 150
LONGEST_CELL: Final = 32_768
EXTERNAL: Final = "external_id"
CONSENT_PREFIX: Final = "consent:"
_CHANNELS: Final = frozenset({"email", "sms"})
_YES: Final = frozenset({"1", "true", "yes", "subscribed"})
_NO: Final = frozenset({"0", "false", "no", "unsubscribed"})
_FORMULA_GUARD: Final = "'"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One contact to be taken: an external id or an address, traits, and choices."""

    line: int
    external_id: str | None
    traits: Mapping[str, Any]
    consents: Mapping[str, Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file mean.

    Attributes:
        traits: by position, the attribute's name.
        consents: by position, (topic, channel).
        ignored: names that mean something to the product, and are not taken from files.
    """

    external: int | None
    traits: Mapping[int, str]
    consents: Mapping[int, tuple[str, str]]
    ignored: tuple[str, ...]


def read_columns(header: list[str]) -> Columns:
    """Return what the columns mean.

    Raises:
        Invalid: too many, the same name twice, a consent column that names no topic and channel, or
            no column that says who a line is about.
    """
    if len(header) > MOST_COLUMNS:
        raise Invalid(f"a file has at most {MOST_COLUMNS} columns; this one has {len(header)}")
    names = [name.strip().lstrip("\ufeff") for name in header]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Invalid(f"the column {twice[0]!r} stands twice in the first line")
    if not {EXTERNAL, "email", "phone"} & set(names):
        raise Invalid("the first line names the columns; one of them is external_id, email or phone")
    traits: dict[int, str] = {}
    consents: dict[int, tuple[str, str]] = {}
    ignored = []
    for place, name in enumerate(names):
        if name.startswith(CONSENT_PREFIX):
            consents[place] = _read_consent(name)
        elif name in PROTECTED:
            ignored.append(name)
        elif name and name != EXTERNAL:
            traits[place] = name
    external = names.index(EXTERNAL) if EXTERNAL in names else None
    return Columns(external, traits, consents, tuple(ignored))


def read_rows(lines: Iterable[str]) -> Iterator[Columns | Row | Rejected]:
    """Yield what the columns mean, then each line as a row or as rejected.

    Args:
        lines: of text; quoted cells may hold line breaks.

    Raises:
        Invalid: the first line is not one that can be used, or a line is no CSV at all.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, None)
        if header is None:
            raise Invalid("the file is empty")
        columns = read_columns(header)
        yield columns
        for cells in reader:
            if cells:
                yield read_row(reader.line_num, cells, columns)
    except csv.Error as error:
        raise Invalid(f"line {reader.line_num}: {error}") from None


def read_row(line: int, cells: list[str], columns: Columns) -> Row | Rejected:
    """Return one line as a contact, or why it is none."""
    if any("\x00" in cell for cell in cells):
        return Rejected(line, "a cell holds the character NUL")
    external = _get(cells, columns.external)
    traits: dict[str, Any] = {}
    for place, name in columns.traits.items():
        value = _get(cells, place)
        if value is None:
            continue
        if name == "email" and find_email(value) is None:
            return Rejected(line, "email is not an address")
        if name == "phone" and find_phone(value) is None:
            return Rejected(line, "phone is not a number with its country code, such as +43…")
        traits[name] = value
    if external is None and not {"email", "phone"} & traits.keys():
        return Rejected(line, "nothing says who this is: no external_id, email or phone")
    consents: dict[str, dict[str, bool]] = {}
    for place, (topic, channel) in columns.consents.items():
        value = (_get(cells, place) or "").casefold()
        if value in _YES | _NO:
            consents.setdefault(topic, {})[channel] = value in _YES
        elif value:
            return Rejected(line, f"consent for {topic} is yes or no, not {value[:20]!r}")
    return Row(line, external, traits, consents)


def _get(cells: list[str], place: int | None) -> str | None:
    """Return a cell without the guard that exports put before what looks like a formula."""
    if place is None or place >= len(cells):
        return None
    value = cells[place].strip()
    if value.startswith(_FORMULA_GUARD) and value[1:].startswith(_FORMULA_STARTS):
        value = value[1:]
    return value or None


def _read_consent(name: str) -> tuple[str, str]:
    parts = name.split(":")
    if len(parts) != 3 or not parts[1] or parts[2] not in _CHANNELS:
        raise Invalid(f"write the column {name!r} as consent:TOPIC:email or consent:TOPIC:sms")
    return parts[1], parts[2]
