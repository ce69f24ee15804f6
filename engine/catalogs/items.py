"""Items of catalogs as they come in: read, checked, and described. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from engine.errors import Invalid
from engine.language.say import say

LONGEST_KEY: Final = 128
LONGEST_FIELD: Final = 64
MOST_FIELDS: Final = 100
LARGEST_ITEM: Final = 16 * 1024
"""Bytes of one item as JSON."""
MOST_ITEMS: Final = 100_000
"""Of one catalog."""
LONGEST_LINE: Final = 100_000
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}\Z")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}\.[0-9]{1,6}\Z")
_WORDS: Final[Mapping[str, bool]] = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Item:
    """An item that may be kept; `place` as of a mistake."""

    key: str
    data: Mapping[str, Any]
    place: int = 0


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why one cannot be.

    Attributes:
        place: its line in a file, or its number in a list, both from 1 on.
    """

    place: int
    key: str | None
    words: str


@dataclass(frozen=True, slots=True)
class FieldFound:
    """A field that items have.

    Attributes:
        share: how many in a hundred items have it.
        example: what the first of them has in it.
    """

    name: str
    kind: str
    share: int
    example: Any


def read_item(given: object, key_field: str, *, place: int) -> Item | Mistake:
    """Return an item as it is kept, or why it cannot be.

    Args:
        given: a JSON object, or anything else that was sent.
        key_field: the field whose value tells items apart.
        place: of it among those that came with it.
    """
    if not isinstance(given, dict):
        return Mistake(place, None, say("an item is an object with fields"))
    data = {name: value for name, value in given.items() if value is not None}
    key = data.get(key_field)
    if isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip():
        return Mistake(place, None, say("the field {field!r} is missing", field=key_field))
    key = str(key).strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        words = say("a key has at most {n} characters, all of them visible", n=LONGEST_KEY)
        return Mistake(place, key[:LONGEST_KEY], words)
    if len(data) > MOST_FIELDS:
        return Mistake(place, key, say("more than {n} fields", n=MOST_FIELDS))
    if any(not 0 < len(name) <= LONGEST_FIELD for name in data):
        words = say("a field's name has 1 to {n} characters", n=LONGEST_FIELD)
        return Mistake(place, key, words)
    try:
        written = orjson.dumps(data)
    except orjson.JSONEncodeError:
        return Mistake(place, key, say("it holds a number that is too large"))
    if len(written) > LARGEST_ITEM:
        return Mistake(place, key, say("larger than {n} kB", n=LARGEST_ITEM // 1024))
    if b"\\u0000" in written:
        return Mistake(place, key, say("a text holds a NUL character, which cannot be stored"))
    return Item(key, {**data, key_field: key}, place)


def read_file(lines: Iterable[str], key_field: str) -> Iterator[Item | Mistake]:
    """Yield the items of a file, CSV or JSON lines, whichever it is; each with the line it is on.

    Raises:
        Invalid: it is neither, or its first line names no key.
    """
    numbered = _number(lines)
    number, first = next(((at, one) for at, one in numbered if one.strip()), (0, ""))
    if not first:
        raise Invalid(say("the file is empty"))
    rest = (line for _, line in numbered)
    if first.lstrip().startswith("{"):
        yield from _read_json_lines(number, first, rest, key_field)
    else:
        yield from _read_csv(number, first, rest, key_field)


def _number(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            msg = say("line {line} has more than {n} characters", line=number, n=LONGEST_LINE)
            raise Invalid(msg)
        if "\0" in line:
            msg = say("line {line} holds the character NUL, which cannot be stored", line=number)
            raise Invalid(msg)
        yield number, line.removeprefix("\ufeff") if number == 1 else line


def _read_json_lines(
    number: int, first: str, rest: Iterable[str], key_field: str
) -> Iterator[Item | Mistake]:
    yield _read_json(first, key_field, number)
    for place, line in enumerate(rest, start=number + 1):
        if line.strip():
            yield _read_json(line, key_field, place)


def _read_json(line: str, key_field: str, place: int) -> Item | Mistake:
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Mistake(place, None, say("this line is no JSON"))
    return read_item(given, key_field, place=place)


def _read_csv(
    number: int, first: str, rest: Iterable[str], key_field: str
) -> Iterator[Item | Mistake]:
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(_chain(first, rest), strict=True, delimiter=delimiter)
    try:
        names = [name.strip() for name in next(reader)]
        _check_names(names, key_field)
        before = number - 1
        for cells in reader:
            place = before + reader.line_num
            if not cells:
                continue
            if len(cells) != len(names):
                words = say("{n} cells, and {m} columns", n=len(cells), m=len(names))
                yield Mistake(place, None, words)
                continue
            given = {
                name: cell if name == key_field else read_cell(cell)
                for name, cell in zip(names, cells, strict=True)
            }
            yield read_item(given, key_field, place=place)
    except csv.Error as error:
        line = number - 1 + reader.line_num
        msg = say("line {line}: this is no CSV ({why})", line=line, why=error)
        raise Invalid(msg) from None


def _chain(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _check_names(names: Sequence[str], key_field: str) -> None:
    if key_field not in names:
        msg = say(
            "the first line names no column {field!r}, which tells items apart", field=key_field
        )
        raise Invalid(msg)
    if len(set(names)) < len(names) or "" in names:
        raise Invalid(say("each column needs a name of its own in the first line"))


def read_cell(text: str) -> Any:
    """Return a cell as what it says: a number if that is written just so, true or false, or text."""
    text = text.strip()
    if not text:
        return None
    if _WHOLE.match(text) and str(int(text)) == text:
        return int(text)
    if _DECIMAL.match(text) and str(float(text)) == text:
        return float(text)
    return _WORDS.get(text, text)


def read_values(properties: Mapping[str, Any], path: str) -> list[str]:
    """Return the keys that stand at a place of an event, such as `sku` or `products[].sku`."""
    found: list[Any] = [properties]
    for part in path.split("."):
        name = part.removesuffix("[]")
        found = [one[name] for one in found if isinstance(one, dict) and name in one]
        if part.endswith("[]"):
            found = [one for several in found if isinstance(several, list) for one in several]
    return [
        str(one)
        for one in found
        if isinstance(one, str | int)
        and not isinstance(one, bool)
        and 0 < len(str(one)) <= LONGEST_KEY
    ]


def describe_fields(items: Sequence[Mapping[str, Any]]) -> list[FieldFound]:
    """Return which fields these items have, the most frequent first."""
    seen: dict[str, list[Any]] = {}
    for item in items:
        for name, value in item.items():
            seen.setdefault(name, []).append(value)
    found = [
        FieldFound(name, _name_kind(values), round(100 * len(values) / len(items)), values[0])
        for name, values in seen.items()
    ]
    return sorted(found, key=lambda one: -one.share)


def _name_kind(values: Sequence[Any]) -> str:
    kinds = {_KINDS.get(type(value), "object") for value in values}
    return kinds.pop() if len(kinds) == 1 else "mixed"


_KINDS: Final = {str: "text", int: "number", float: "number", bool: "boolean", list: "list"}
