"""Files that bring contacts in, or addresses that are never written to: uploaded, checked, worked in."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final, Literal, cast

from flask import Blueprint, Response, request, stream_with_context
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts.permissions import Permission
from engine.accounts.users import find_names
from engine.errors import Denied
from engine.events import import_work, imports
from engine.events.import_files import BLOCK, Encoding
from engine.events.import_plans import ColumnPlan, Is, Mode, Plan, ValueKind
from engine.events.imports import MOST_FILE, MOST_ROWS, State
from engine.language.say import load_sentence, say
from engine.models.importing import ContactImport
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.errors import WrongMediaType
from server.importing import store_file
from server.wiring import House, get_house

SHOWN: Final = 20
"""Refused rows that are shown; the report has all of them."""
TYPES: Final = frozenset({"text/csv", "application/octet-stream"})
DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
_NUMBER: Final = re.compile(r"[+-]?[0-9 ().,/-]*")
"""A telephone number, an amount: of such a cell no spreadsheet makes a formula that does anything."""
Text = Annotated[str, Field(max_length=1000)]
Words = Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(max_length=20)]

blueprint = Blueprint("imports", __name__, url_prefix="/api/v1/imports")


class UploadOf(Given):
    """How a file is called and read; what is not said is found out."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    encoding: Encoding | None = None
    delimiter: Literal["comma", "semicolon", "tab"] | None = None


class ColumnGiven(Given):
    """What a column is; `name` and `kind` of an attribute, `topic` and `channel` of a consent.

    Of a consent without a channel both e-mail and text messages are meant.
    """

    what: Is
    name: Annotated[str, Field(max_length=200)] = ""
    kind: ValueKind = "text"
    topic: Annotated[str, Field(max_length=64)] = ""
    channel: Literal["email", "sms"] | None = None


class PlanGiven(Given):
    """What becomes of a file. `revision` is the one that was looked at.

    `yes` and `no` say what counts as either in consents; `chosen_at` and `proof` when they were given
    and what shows it, where no column says so. `because` is why the addresses of a list are never
    written to.
    """

    revision: Annotated[int, Field(ge=1)]
    mode: Mode
    columns: Annotated[tuple[ColumnGiven, ...], Field(max_length=200)]
    yes: Words = ()
    no: Words = ()
    chosen_at: Annotated[str, Field(max_length=40)] = ""
    proof: Text = ""
    because: Literal["imported", "hard_bounce", "complained"] = "imported"


class Edited(Given):
    """Of which revision something is to be done."""

    revision: Annotated[int, Field(ge=1)]


class RefusedShown(Answer):
    """A row that is refused, and why."""

    line: int
    words: str
    cells: list[str]


class ReasonShown(Answer):
    """Why rows are refused, and how many."""

    words: str
    rows: int


class CountsShown(Answer):
    """What the check found, row by row; of a list, address by address.

    `repeated` are rows about somebody of an earlier row; `kept_no` consents that are left aside, since
    those people said no; `aside` rows that could not be processed, and wait on the queues page.
    """

    new: int
    changed: int
    same: int
    repeated: int
    refused: int
    yes: int
    no: int
    kept_no: int
    aside: int


class ImportShown(Answer):
    """An import. `done` of its `rows` are through the check, or the import itself.

    `sample` are its first rows, while it is prepared; `waiting` rows are handed over and not in yet.
    """

    id: int
    name: str
    by: str
    by_name: str | None
    is_mine: bool
    state: State
    revision: int
    encoding: Encoding
    delimiter: Literal["comma", "semicolon", "tab"]
    header: list[str]
    sample: list[list[str]]
    rows: int
    done: int
    waiting: int
    plan: dict[str, Any] | None
    counts: CountsShown
    reasons: list[ReasonShown]
    refused: list[RefusedShown]
    created_at: datetime
    heard_at: datetime


class ImportItem(Answer):
    """An import in the list."""

    id: int
    name: str
    by: str
    by_name: str | None
    is_mine: bool
    state: State
    mode: Mode | None
    rows: int
    done: int
    refused: int
    created_at: datetime


class Imports(Answer):
    """The latest ones, the newest first, and how large a file may be."""

    items: list[ImportItem]
    most_bytes: int
    most_rows: int


class Cancelled(Answer):
    """Whether something had begun, so that a report stays."""

    had_begun: bool


@blueprint.get("")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def show_all() -> Imports:
    """List the latest imports."""
    with get_house().database.reading() as session:
        rows = imports.list_latest(session)
        names = find_names(session, [row.by for row in rows])
        return Imports(
            items=[
                ImportItem(
                    id=row.id,
                    name=row.name,
                    by=row.by,
                    by_name=names.get(row.by),
                    is_mine=row.by == get_actor().name,
                    state=State(row.state),
                    mode=(row.plan or {}).get("mode"),
                    rows=row.rows,
                    done=row.done,
                    refused=row.counts.get("refused", 0),
                    created_at=row.created_at,
                )
                for row in rows
            ],
            most_bytes=MOST_FILE,
            most_rows=MOST_ROWS,
        )


@blueprint.post("")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts", status=201)
def upload(query: UploadOf) -> ImportShown:
    """Send a CSV file, as the body; nothing is brought in yet."""
    house = get_house()
    if request.mimetype not in TYPES:
        raise WrongMediaType(say("the body is to be text/csv"))
    import_id = store_file(
        house,
        io.BufferedReader(cast("io.RawIOBase", request.stream), BLOCK),
        name=query.name,
        by=get_actor().name,
        encoding=query.encoding,
        delimiter=DELIMITERS[query.delimiter] if query.delimiter else None,
    )
    with house.database.reading() as session:
        return _show(session, imports.get(session, import_id))


@blueprint.get("/<int:import_id>")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def show(import_id: int) -> ImportShown:
    """Show an import: how far it has come, and the first rows that are refused."""
    with get_house().database.reading() as session:
        return _show(session, imports.get(session, import_id))


@blueprint.put("/<int:import_id>/plan")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def plan(import_id: int, body: PlanGiven) -> ImportShown:
    """Say what the columns are, and have all rows checked; nothing is brought in."""
    house = get_house()
    said = body.model_dump(exclude={"revision", "columns"})
    if body.mode == "contacts":
        said["because"] = ""
    given = Plan(columns=tuple(ColumnPlan(**one.model_dump()) for one in body.columns), **said)
    with house.database.transaction() as session:
        row = imports.plan(
            session, import_id, given, by=get_actor().name, revision=body.revision,
            wall=house.wall.now(),
        )  # fmt: skip
        return _show(session, row)


@blueprint.post("/<int:import_id>/start")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def start(import_id: int, body: Edited) -> ImportShown:
    """Bring in what was checked. Rows that were refused are left out."""
    house = get_house()
    with house.database.transaction() as session:
        row = imports.start(
            session, import_id, by=get_actor().name, revision=body.revision,
            now=house.clock.now(), wall=house.wall.now(),
        )  # fmt: skip
        record(session, "contacts.import_started", import_work.name_source(row), {"rows": row.rows})
        return _show(session, row)


@blueprint.post("/<int:import_id>/cancel")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts")
def cancel(import_id: int) -> Cancelled:
    """Stop an import between two rows; what is in stays. What had not begun is forgotten."""
    house = get_house()
    with house.database.transaction() as session:
        row = imports.cancel(session, import_id, wall=house.wall.now())
        if row is not None:
            about = {"done": row.done, "rows": row.rows}
            record(session, "contacts.import_cancelled", import_work.name_source(row), about)
        return Cancelled(had_begun=row is not None)


@blueprint.get("/<int:import_id>/refused.csv")
@requires(Permission.EDIT_CONTACTS)
@endpoint(tag="contacts", media_type="text/csv")
def show_refused(import_id: int) -> Response:
    """Write the rows that were refused as CSV, each with its line and why."""
    house = get_house()
    with house.database.reading() as session:
        row = imports.get(session, import_id)
        if not _may_read(row):
            raise Denied(say("the rows of somebody else's file take the right to see contacts"))
        header = list(row.header)
    written = _write_refused(house, import_id, header)
    response = Response(stream_with_context(written), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{import_id}.csv"'
    return response


@blueprint.before_request
def _let_more_in() -> None:
    """Let files in that are larger than other bodies."""
    if request.endpoint == f"{blueprint.name}.{upload.__name__}":
        request.max_content_length = MOST_FILE


def guard_cell(cell: str) -> str:
    """Return a cell so that no spreadsheet takes it for a formula.

    Source: OWASP, "CSV Injection".
    """
    if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _write_refused(house: House, import_id: int, header: list[str]) -> Iterator[str]:
    yield _write_row([say("line"), say("why it is refused"), *header], lead="\ufeff")
    after: int | None = 0
    while after is not None:
        with house.database.reading() as session:
            found, after = imports.list_refused(session, import_id, after=after, limit=500)
        yield "".join(_write_row([str(one.line), one.reason, *cells]) for one, cells in found)


def _write_row(cells: list[str], lead: str = "") -> str:
    text = io.StringIO()
    csv.writer(text).writerow([guard_cell(cell) for cell in cells])
    return lead + text.getvalue()


def _may_read(row: ContactImport) -> bool:
    actor = get_actor()
    return row.by == actor.name or Permission.SEE_CONTACTS in actor.permissions


def _show(session: Session, row: ContactImport) -> ImportShown:
    may_read = _may_read(row)
    waiting, aside = import_work.count_waiting(session, row)
    found = imports.list_refused(session, row.id, after=0, limit=SHOWN)[0] if may_read else []
    names = {mark: name for name, mark in DELIMITERS.items()}
    return ImportShown(
        id=row.id,
        name=row.name,
        by=row.by,
        by_name=find_names(session, [row.by]).get(row.by),
        is_mine=row.by == get_actor().name,
        state=State(row.state),
        revision=row.revision,
        encoding=cast("Encoding", row.encoding),
        delimiter=cast("Any", names[row.delimiter]),
        header=row.header,
        sample=row.sample if may_read else [],
        rows=row.rows,
        done=row.done,
        waiting=waiting,
        plan=row.plan,
        counts=CountsShown(
            **{name: row.counts.get(name, 0) for name in CountsShown.model_fields}
            | {"aside": aside}
        ),
        reasons=[
            ReasonShown(words=str(load_sentence(words)), rows=n)
            for words, n in row.counts.get("reasons", [])
        ],
        refused=[
            RefusedShown(line=one.line, words=one.reason, cells=[cell[:200] for cell in cells])
            for one, cells in found[:SHOWN]
        ],
        created_at=row.created_at,
        heard_at=row.heard_at,
    )
