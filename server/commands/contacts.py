"""`sojourn contacts`: bring contacts in from a file, and addresses that are never written to."""

import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import func, select

from engine.accounts import audit
from engine.contacts import suppression
from engine.contacts.suppression import suppress_all
from engine.errors import Invalid
from engine.events.accepting import accept
from engine.events.importing import (
    LONGEST_LINE,
    BadRow,
    find_addresses,
    list_ignored,
    read_addresses,
    read_columns,
    read_contact,
    read_rows,
)
from engine.events.incoming import MOST_ITEMS, Incoming, Trust
from engine.models.event import EventBatch
from server import lanes
from server.opening import DataOption, opened
from server.wiring import House

app = typer.Typer(
    no_args_is_help=True, help="Bring contacts, or suppressed addresses, in from a file."
)
SHOWN_MISTAKES: Final = 20
BLOCK: Final = 1 << 20
PATIENCE: Final = 150
"""Looks without progress, five a second, after which a running worker is left to finish it."""


class Because(StrEnum):
    """Why nothing goes to an address any more."""

    IMPORTED = suppression.IMPORTED
    HARD_BOUNCE = suppression.HARD_BOUNCE
    COMPLAINED = suppression.COMPLAINED


@dataclass(slots=True)
class Taken:
    """What became of the rows."""

    count: int = 0
    refused: int = 0
    mistakes: list[BadRow] = field(default_factory=list)

    def refuse(self, row: BadRow) -> None:
        """Note a row that could not be taken; the first ones with their reasons."""
        self.refused += 1
        if len(self.mistakes) < SHOWN_MISTAKES:
            self.mistakes.append(row)


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="UTF-8, columns named on top.")],
    data: DataOption = None,
) -> None:
    """Bring contacts in from CSV; says which rows it could not take. Repeating it is harmless."""
    if not file.is_file():
        msg = f"{file}: there is no such file"
        raise Invalid(msg)
    with opened(data) as house, file.open("rb") as stream:
        taken, source = _store(house, file, stream)
        _process(house, source, taken.count)
        with house.database.transaction() as session:
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="contacts.imported",
                target=source,
                details={"taken": taken.count, "refused": taken.refused},
                now=house.wall.now(),
            )
    for row in taken.mistakes:
        typer.echo(f"{file}:{row.line}: {row.reason}", err=True)
    if taken.refused > len(taken.mistakes):
        typer.echo(f"… and {taken.refused - len(taken.mistakes)} more", err=True)
    typer.echo(f"{taken.count} contacts brought in, {taken.refused} rows refused.")
    if taken.refused and not taken.count:
        raise typer.Exit(2)


@app.command("suppress")
def suppress(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="UTF-8, columns named on top: email, phone.")
    ],
    because: Annotated[
        Because, typer.Option(help="Why; who complained still gets what is no marketing.")
    ] = Because.IMPORTED,
    data: DataOption = None,
) -> None:
    """Never write to the addresses in a file again, known or not. Repeating it is harmless."""
    if not file.is_file():
        msg = f"{file}: there is no such file"
        raise Invalid(msg)
    count = refused = 0
    with opened(data) as house, file.open("rb") as stream:
        rows = read_rows(_read_lines(file, stream))
        _, header = next(rows, (1, []))
        columns = find_addresses(header)
        while several := list(islice(rows, MOST_ITEMS)):
            found = [read_addresses(cells, columns) for _, cells in several]
            with house.database.transaction() as session:
                addresses = [one for row in found for one in row]
                suppress_all(session, addresses, reason=because, now=house.clock.now())
            count, refused = count + len(addresses), refused + found.count([])
        with house.database.transaction() as session:
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="contacts.suppressed",
                target=file.name[:200],
                details={"taken": count, "refused": refused, "because": because.value},
                now=house.wall.now(),
            )
    typer.echo(f"{count} addresses suppressed, {refused} rows without one.")
    if refused and not count:
        raise typer.Exit(2)


def _store(house: House, file: Path, stream: BinaryIO) -> tuple[Taken, str]:
    """Store every row durably, a batch a transaction; what was stored before counts once."""
    source = f"import:{_digest(stream)}"
    size = os.fstat(stream.fileno()).st_size
    stream.seek(0)
    taken = Taken()
    with _show_progress() as progress:
        task = progress.add_task("Reading", total=size)
        rows = read_rows(_read_lines(file, stream))
        _, header = next(rows, (1, []))
        columns = read_columns(header)
        for name in list_ignored(header):
            typer.echo(f"column {name} is ignored: it belongs to the product", err=True)
        waiting: list[Incoming] = []
        for line, cells in rows:
            now = house.clock.now()
            match read_contact(cells, columns, line=line, source=source, now=now):
                case BadRow() as row:
                    taken.refuse(row)
                case call:
                    waiting.append(call)
            if len(waiting) == MOST_ITEMS:
                taken.count += _accept(house, waiting, source)
                waiting = []
                progress.update(task, completed=stream.tell())
        taken.count += _accept(house, waiting, source)
        progress.update(task, completed=size)
    return taken, source


def _digest(stream: BinaryIO) -> str:
    """Return what a file's content always gives, so that bringing it in again counts once."""
    digest = hashlib.sha256()
    while block := stream.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()[:16]


def _accept(house: House, calls: list[Incoming], source: str) -> int:
    if calls:
        with house.database.transaction() as session:
            now = house.clock.now()
            accept(session, calls, source=source, trust=Trust.WRITE, now=now)
    return len(calls)


def _process(house: House, source: str, count: int) -> None:
    """Work the stored rows into contacts, beside the workers or without any."""
    pause, idle = threading.Event(), 0
    with _show_progress() as progress:
        task = progress.add_task("Contacts", total=count)
        while (left := _count_waiting(house, source)) and idle < PATIENCE:
            done = lanes.ingest(house)
            idle = 0 if done else idle + 1
            if not done:
                pause.wait(0.2)
            progress.update(task, completed=count - left)
        progress.update(task, completed=count - left)
    if left:
        typer.echo(f"{left} are stored, and wait for a worker: `sojourn doctor` says more.")


def _count_waiting(house: House, source: str) -> int:
    with house.database.reading() as session:
        waiting = session.scalar(
            select(func.sum(EventBatch.items)).where(
                EventBatch.source == source, EventBatch.set_aside_at.is_(None)
            )
        )
    return int(waiting or 0)


def _read_lines(file: Path, stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a file in bounded memory, whatever is in it.

    Raises:
        Invalid: a line is not UTF-8.
    """
    number = 0
    while raw := stream.readline(LONGEST_LINE * 4):
        number += 1
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            msg = f"{file}:{number}: this is not UTF-8"
            raise Invalid(msg) from None


def _show_progress() -> Progress:
    """Return a bar on the terminal; none where nobody looks on, so that logs stay readable."""
    return Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not Console(stderr=True).is_terminal,
    )
