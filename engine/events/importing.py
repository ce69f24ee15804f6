"""Contacts from a CSV file, as the calls that a server's tracking library would have made. Pure.

Each row becomes one `identify` of old news: it is durable like any call, knows contacts by the same
identities, keeps consents with their proof, counts once however often the file is brought in, and
lets nobody into a journey.

The first line names the columns: `external_id` (or `user_id`), `email`, `phone`, `timezone`; anything
else is an attribute, as text, or as `NAME:number` or `NAME:boolean`. `consent.TOPIC` and
`consent.TOPIC.CHANNEL` hold yes or no.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from engine.contacts.addresses import find_email, find_phone
from engine.contacts.attributes import PROTECTED
from engine.errors import Invalid
from engine.events.incoming import LONGEST_ID, Incoming, read_call
from engine.events.json_body import BadItem
from engine.ids import derive_id
from engine.when.zones import find_zone

MOST_COLUMNS: Final = 200
LONGEST_LINE: Final = 1_000_000
LONGEST_NAME: Final = 128
EXTERNAL: Final = frozenset({"external_id", "user_id", "userid"})
ADDRESSES: Final = {
    "email": "email",
    "email address": "email",
    "recipient": "email",
    "address": "email",
    "phone": "sms",
    "phone number": "sms",
}
"""How columns of addresses are called, whatever their capitals and signs, in lists of many products."""
YES: Final = frozenset({"yes", "true", "1", "subscribed", "y"})
NO: Final = frozenset({"no", "false", "0", "unsubscribed", "n"})
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
Kind = Literal["external", "attribute", "number", "boolean", "consent", "ignored"]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is.

    Attributes:
        name: of the attribute, or the topic.
        channel: of a consent; None: e-mail and SMS alike.
    """

    kind: Kind
    name: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken.

    Attributes:
        line: as an editor counts them.
    """

    line: int
    reason: str


def read_columns(header: Sequence[str]) -> list[Column]:
    """Return what the columns are.

    Raises:
        Invalid: too many, one without a name or twice, or none that says whom a row is about.
    """
    if not 0 < len(header) <= MOST_COLUMNS:
        msg = f"the first line names the columns, at most {MOST_COLUMNS}"
        raise Invalid(msg)
    columns = [_read_column(name.strip()) for name in header]
    taken = [(each.kind, each.name, each.channel) for each in columns if each.kind != "ignored"]
    if len(set(taken)) < len(taken):
        msg = "a column stands there twice"
        raise Invalid(msg)
    names = {each.name for each in columns if each.kind == "attribute"}
    if not (any(each.kind == "external" for each in columns) or names & {"email", "phone"}):
        msg = "a column external_id, email or phone must say whom a row is about"
        raise Invalid(msg)
    return columns


def list_ignored(header: Sequence[str]) -> list[str]:
    """Return the columns that are not taken, because their names mean something to the product."""
    columns = [_read_column(name.strip()) for name in header]
    return [each.name for each in columns if each.kind == "ignored"]


def find_addresses(header: Sequence[str]) -> dict[int, str]:
    """Return in which columns of a list of addresses there are some, and of which channel.

    Raises:
        Invalid: there are none.
    """
    plain = [name.strip().casefold().replace("-", "").replace("_", " ") for name in header]
    found = {at: ADDRESSES[name] for at, name in enumerate(plain) if name in ADDRESSES}
    if not found:
        msg = "the first line names the columns: one of them email, or phone"
        raise Invalid(msg)
    return found


def read_addresses(cells: Sequence[str], columns: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return the addresses of a row, each as (channel, address); none of what is no address."""
    said = [(channel, cells[at].strip()) for at, channel in columns.items() if at < len(cells)]
    return [
        (channel, address)
        for channel, cell in said
        if (address := find_email(cell) if channel == "email" else find_phone(cell))
    ]


def read_rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each row, the header first; a row may span lines within quotes.

    Raises:
        Invalid: it is no CSV; says where.
    """
    reader = csv.reader(_bound(lines), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        msg = f"line {reader.line_num}: this is no CSV ({error})"
        raise Invalid(msg) from None


def read_contact(
    cells: Sequence[str], columns: Sequence[Column], *, line: int, source: str, now: datetime
) -> Incoming | BadRow:
    """Return a row as a call, or why it cannot be taken.

    Args:
        cells: of the row.
        columns: of the file.
        line: of the row; with the source it makes the call count once.
        source: of the file: the same file has the same.
        now: the present instant, from which on what it says is true.
    """
    if len(cells) != len(columns):
        return BadRow(line, f"{len(cells)} cells, and {len(columns)} columns")
    try:
        external, traits = _read_cells(cells, columns)
        if external is None and "email" not in traits and "phone" not in traits:
            return BadRow(line, "nothing says whom this is about")
        anonymous = None if external else str(derive_id("import", _choose_address(traits)))
        data = {
            "userId": external,
            "anonymousId": anonymous,
            "traits": traits,
            "messageId": f"{source}:{line}",
        }
        return read_call(data, kind="identify", received_at=now, is_history=True)
    except BadItem as error:
        return BadRow(line, str(error))
    except ValueError as error:
        return BadRow(line, str(error))


def _read_column(name: str) -> Column:
    plain, _, kind = name.partition(":")
    if not plain or len(plain) > LONGEST_NAME:
        msg = f"a column's name has 1 to {LONGEST_NAME} characters"
        raise Invalid(msg)
    if kind not in {"", "number", "boolean"}:
        msg = f"column {plain!r} is text, or :number or :boolean"
        raise Invalid(msg)
    if plain.lower() in EXTERNAL:
        return Column("external", "")
    if plain.startswith("consent."):
        topic, _, channel = plain.removeprefix("consent.").partition(".")
        if not topic or channel not in {"", "email", "sms"}:
            msg = f"column {plain!r}: consent.TOPIC, consent.TOPIC.email or consent.TOPIC.sms"
            raise Invalid(msg)
        return Column("consent", topic, channel or None)
    if plain in PROTECTED:
        return Column("ignored", plain)
    match kind:
        case "number":
            return Column("number", plain)
        case "boolean":
            return Column("boolean", plain)
        case _:
            return Column("attribute", plain)


def _bound(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            msg = f"line {number} has more than {LONGEST_LINE:,} characters"
            raise Invalid(msg)
        if "\0" in line:
            msg = f"line {number} holds the character NUL, which cannot be stored"
            raise Invalid(msg)
        yield line


def _read_cells(
    cells: Sequence[str], columns: Sequence[Column]
) -> tuple[str | None, dict[str, Any]]:
    """Return the external id and the traits. An empty cell says nothing.

    Raises:
        ValueError: a cell is not what its column says.
    """
    external: str | None = None
    traits: dict[str, Any] = {}
    consents: dict[str, Any] = {}
    for raw, column in zip(cells, columns, strict=True):
        cell = raw.strip()
        if not cell or column.kind == "ignored":
            continue
        match column.kind:
            case "external":
                external = cell[: LONGEST_ID + 1]
            case "consent":
                _note_consent(
                    consents, column, is_yes=_read_boolean(cell, f"consent.{column.name}")
                )
            case "number":
                traits[column.name] = _read_number(cell, column.name)
            case "boolean":
                traits[column.name] = _read_boolean(cell, column.name)
            case _:
                traits[column.name] = _read_text(cell, column.name)
    if consents:
        traits["consents"] = consents
    return external, traits


def _note_consent(consents: dict[str, Any], column: Column, *, is_yes: bool) -> None:
    if column.channel is not None:
        if not isinstance(consents.get(column.name), dict):
            said = consents.get(column.name)
            consents[column.name] = {} if said is None else {"email": said, "sms": said}
        consents[column.name][column.channel] = is_yes
    else:
        narrower = consents.get(column.name)
        both = {"email": is_yes, "sms": is_yes}
        consents[column.name] = both | narrower if isinstance(narrower, dict) else is_yes


def _read_text(cell: str, name: str) -> str:
    """Return the text; an address is checked, since a wrong one would only be found out later."""
    match name:
        case "email" if find_email(cell) is None:
            msg = "email is not an e-mail address"
        case "phone" if find_phone(cell) is None:
            msg = "phone is not a number with its country code, such as +49 30 901820"
        case "timezone" if find_zone(cell) is None:
            msg = "timezone is not the name of a time zone, such as Europe/Berlin"
        case _:
            return cell
    raise ValueError(msg)


def _read_number(cell: str, name: str) -> int | float:
    if not _NUMBER.fullmatch(cell):
        msg = f"{name} is not a number"
        raise ValueError(msg)
    return float(cell) if "." in cell else int(cell)


def _read_boolean(cell: str, name: str) -> bool:
    if cell.lower() in YES | NO:
        return cell.lower() in YES
    msg = f"{name} is neither yes nor no"
    raise ValueError(msg)


def _choose_address(traits: Mapping[str, Any]) -> str:
    """Return by what a row without an external id is known: always the same for the same one."""
    email = find_email(traits.get("email"))
    return f"email:{email.casefold()}" if email else f"phone:{find_phone(traits.get('phone'))}"
