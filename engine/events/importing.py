"""Contacts from a CSV file, as the calls that a server's tracking library would have made. Pure.

Each row becomes one `identify` of old news: it is durable like any call, knows contacts by the same
identities, keeps consents with their proof, counts once however often the file is brought in, and
lets nobody into a journey.

The first line names the columns: `external_id` (or `user_id`), `email`, `phone`, `timezone`; anything
else is an attribute, as text, or as `NAME:number` or `NAME:boolean`. `consent.TOPIC` and
`consent.TOPIC.CHANNEL` hold yes or no. Whoever brings a file in by the app says what each column is
(`engine.events.import_plans`).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from engine.contacts.addresses import find_email, find_phone
from engine.contacts.attributes import PROTECTED
from engine.contacts.choices import ALIKE, CHOSEN_AT, PROOF
from engine.errors import Invalid
from engine.events.incoming import (
    LARGEST_INTEGER,
    LONGEST_ID,
    LONGEST_TEXT,
    Incoming,
    parse_time,
    read_call,
)
from engine.events.json_body import BadItem
from engine.ids import derive_id
from engine.language.say import Sentence, say
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
_COMMA: Final = re.compile(r"-?[0-9]{1,15}(,[0-9]{1,15})?|-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,15})?")
_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
Kind = Literal[
    "external", "attribute", "number", "comma", "boolean", "date", "consent", "chosen_at", "proof",
    "ignored",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is.

    Attributes:
        kind: a number has a decimal point or, `comma`, a comma; `chosen_at` and `proof` say of all
            consents of their row when they were given, and what shows it.
        name: of the attribute, or the topic.
        channel: of a consent; None: e-mail and SMS alike.
        yes, no: what counts as either, whatever its capitals.
    """

    kind: Kind
    name: str
    channel: str | None = None
    yes: frozenset[str] = YES
    no: frozenset[str] = NO


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken.

    Attributes:
        line: as an editor counts them.
    """

    line: int
    words: Sentence

    @property
    def reason(self) -> str:
        """Why, in the language that is spoken now."""
        return str(self.words)


class _Unread(ValueError):
    """A cell is not what its column says."""

    def __init__(self, words: Sentence) -> None:
        super().__init__(words)
        self.words = words


def read_columns(header: Sequence[str]) -> list[Column]:
    """Return what the columns are.

    Raises:
        Invalid: too many, one without a name or twice, or none that says whom a row is about.
    """
    if not 0 < len(header) <= MOST_COLUMNS:
        raise Invalid(say("the first line names the columns, at most {most}", most=MOST_COLUMNS))
    columns = [_read_column(name.strip()) for name in header]
    check_columns(columns)
    return columns


def check_columns(columns: Sequence[Column]) -> None:
    """Look whether columns can stand in one file.

    Raises:
        Invalid: one stands there twice, or none says whom a row is about.
    """
    taken = [(each.kind, each.name, each.channel) for each in columns if each.kind != "ignored"]
    if len(set(taken)) < len(taken):
        raise Invalid(say("a column stands there twice"))
    names = {each.name for each in columns if each.kind == "attribute"}
    if not (any(each.kind == "external" for each in columns) or names & {"email", "phone"}):
        raise Invalid(say("a column external_id, email or phone must say whom a row is about"))


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
        raise Invalid(say("the first line names the columns: one of them email, or phone"))
    return found


def read_addresses(cells: Sequence[str], columns: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return the addresses of a row, each as (channel, address); none of what is no address."""
    said = [(channel, cells[at].strip()) for at, channel in columns.items() if at < len(cells)]
    return [
        (channel, address)
        for channel, cell in said
        if (address := find_email(cell) if channel == "email" else find_phone(cell))
    ]


def read_rows(lines: Iterable[str], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each row, the header first; a row may span lines within quotes.

    Raises:
        Invalid: it is no CSV; says where.
    """
    reader = csv.reader(_bound(lines), strict=True, delimiter=delimiter)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        where = {"line": reader.line_num, "error": error}
        raise Invalid(say("line {line}: this is no CSV ({error})", **where)) from None


def read_contact(
    cells: Sequence[str],
    columns: Sequence[Column],
    *,
    line: int,
    source: str,
    now: datetime,
    chosen_at: str | None = None,
    proof: str | None = None,
) -> Incoming | BadRow:
    """Return a row as a call, or why it cannot be taken.

    Args:
        cells: of the row.
        columns: of the file.
        line: of the row; with the source it makes the call count once.
        source: of the file: the same file has the same.
        now: the present instant, from which on what it says is true.
        chosen_at, proof: of all its consents, where no column says so.
    """
    if len(cells) != len(columns):
        counts = {"cells": len(cells), "columns": len(columns)}
        return BadRow(line, Sentence("{cells} cells, and {columns} columns", **counts))
    try:
        external, traits = _read_cells(cells, columns, chosen_at=chosen_at, proof=proof)
        if external is None and "email" not in traits and "phone" not in traits:
            return BadRow(line, Sentence("nothing says whom this is about"))
        anonymous = None if external else str(derive_id("import", _choose_address(traits)))
        data = {
            "userId": external,
            "anonymousId": anonymous,
            "traits": traits,
            "messageId": f"{source}:{line}",
        }
        return read_call(data, kind="identify", received_at=now, is_history=True)
    except _Unread as error:
        return BadRow(line, error.words)
    except BadItem as error:
        return BadRow(line, Sentence("{words}", words=str(error)))


def _read_column(name: str) -> Column:
    plain, _, kind = name.partition(":")
    if not plain or len(plain) > LONGEST_NAME:
        raise Invalid(say("a column's name has 1 to {most} characters", most=LONGEST_NAME))
    if kind not in {"", "number", "boolean"}:
        raise Invalid(say("column {name!r} is text, or :number or :boolean", name=plain))
    if plain.lower() in EXTERNAL:
        return Column("external", "")
    if plain.startswith("consent."):
        topic, _, channel = plain.removeprefix("consent.").partition(".")
        if not topic or channel not in {"", "email", "sms"}:
            raise Invalid(
                say(
                    "column {name!r}: consent.TOPIC, consent.TOPIC.email or consent.TOPIC.sms",
                    name=plain,
                )
            )
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
            where = {"line": number, "most": LONGEST_LINE}
            raise Invalid(say("line {line} has more than {most:,} characters", **where))
        if "\0" in line:
            msg = say("line {line} holds the character NUL, which cannot be stored", line=number)
            raise Invalid(msg)
        yield line


def _read_cells(
    cells: Sequence[str], columns: Sequence[Column], *, chosen_at: str | None, proof: str | None
) -> tuple[str | None, dict[str, Any]]:
    """Return the external id and the traits. An empty cell says nothing.

    Raises:
        _Unread: a cell is not what its column says.
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
                external = _read_external(cell)
            case "consent":
                is_yes = _read_boolean(cell, column, f"consent.{column.name}")
                _note_consent(consents, column, is_yes=is_yes)
            case "number" | "comma":
                traits[column.name] = _read_number(cell, column)
            case "boolean":
                traits[column.name] = _read_boolean(cell, column, column.name)
            case "date":
                traits[column.name] = _read_day(cell, column.name)
            case "chosen_at":
                chosen_at = _read_day(cell, CHOSEN_AT)
            case "proof":
                proof = cell
            case _:
                traits[column.name] = _read_text(cell, column.name)
    if consents:
        traits["consents"] = _note_proofs(consents, chosen_at, proof)
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


def _note_proofs(
    consents: Mapping[str, Any], chosen_at: str | None, proof: str | None
) -> Mapping[str, Any]:
    """Return them with when they were given, and what shows it."""
    said = {CHOSEN_AT: chosen_at, PROOF: proof}
    about = {name: value for name, value in said.items() if value}
    if not about:
        return consents
    return {
        topic: (each if isinstance(each, dict) else dict.fromkeys(ALIKE, each)) | about
        for topic, each in consents.items()
    }


def _read_external(cell: str) -> str:
    if len(cell) > LONGEST_ID:
        raise _Unread(Sentence("a user id has at most {most} characters", most=LONGEST_ID))
    return cell


def _read_text(cell: str, name: str) -> str:
    """Return the text; an address is checked, since a wrong one would only be found out later."""
    match name:
        case "email" if find_email(cell) is None:
            raise _Unread(Sentence("email is not an e-mail address"))
        case "phone" if find_phone(cell) is None:
            raise _Unread(
                Sentence("phone is not a number with its country code, such as +49 30 901820")
            )
        case "timezone" if find_zone(cell) is None:
            raise _Unread(
                Sentence("timezone is not the name of a time zone, such as Europe/Berlin")
            )
        case _ if len(cell) > LONGEST_TEXT:
            about = {"name": name, "most": LONGEST_TEXT}
            raise _Unread(Sentence("{name}: a text has at most {most:,} characters", **about))
        case _:
            return cell


def _read_number(cell: str, column: Column) -> int | float:
    name = column.name
    if column.kind == "comma":
        if not _COMMA.fullmatch(cell):
            raise _Unread(
                Sentence("{name} is not a number with a decimal comma, such as 12,50", name=name)
            )
        cell = cell.replace(".", "").replace(",", ".")
    elif not _NUMBER.fullmatch(cell):
        raise _Unread(Sentence("{name} is not a number", name=name))
    number = float(cell) if "." in cell else int(cell)
    if abs(number) > LARGEST_INTEGER:
        raise _Unread(Sentence("{name} is too large to be kept exactly", name=name))
    return number


def _read_boolean(cell: str, column: Column, name: str) -> bool:
    said = cell.casefold()
    if said in column.yes or said in column.no:
        return said in column.yes
    raise _Unread(Sentence("{name} is neither yes nor no", name=name))


def _read_day(cell: str, name: str) -> str:
    """Return a date, or an instant, as ISO 8601 has it; 31.12.2026 is read as well."""
    try:
        if found := _DAY.fullmatch(cell):
            day, month, year = (int(one) for one in found.groups())
            return date(year, month, day).isoformat()
    except ValueError:
        pass  # the thirteenth month
    if parse_time(cell) is None:
        raise _Unread(Sentence("{name} is not a date such as 2026-12-31 or 31.12.2026", name=name))
    return cell


def _choose_address(traits: Mapping[str, Any]) -> str:
    """Return by what a row without an external id is known: always the same for the same one."""
    email = find_email(traits.get("email"))
    return f"email:{email.casefold()}" if email else f"phone:{find_phone(traits.get('phone'))}"
