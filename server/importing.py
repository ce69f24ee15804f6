"""Files that bring contacts in by the app: taken from a request in bounded memory, worked in a lane."""

import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, Final, cast

from engine.errors import Invalid, TooMuch
from engine.events import import_work, imports
from engine.events.import_files import BLOCK, Encoding, find_encoding, read_file
from engine.events.importing import MOST_COLUMNS
from engine.events.imports import MOST_ROWS, Row
from engine.events.incoming import MOST_ITEMS
from engine.language.say import say
from server.wiring import House

MOST_CHARACTERS: Final = 512 * 1024
"""Of one piece, if it has more rows than one."""
LONGEST_HEADING: Final = 200
"""Characters of a heading that are kept."""
TOGETHER: Final = 8
"""Pieces that are written in one transaction."""


def store_file(
    house: House,
    stream: IO[bytes],
    *,
    name: str,
    by: str,
    encoding: Encoding | None = None,
    delimiter: str | None = None,
) -> int:
    """Keep the rows of a file, and answer as which import.

    Args:
        stream: of a request, bounded by it.
        name: of the file.
        by: who sends it, as the audit names callers.
        encoding, delimiter: None: found out.

    Raises:
        Conflict: somebody else brings a file in just now.
        Invalid: it cannot be read; says where.
        TooMuch: it has more rows than are taken here.
    """
    with tempfile.TemporaryFile() as kept:
        while block := stream.read(BLOCK):
            kept.write(block)
        kept.seek(0)
        file = cast("IO[bytes]", kept)
        likely = find_encoding(file)
        found = encoding or likely
        separator, rows = read_file(file, found, delimiter)
        _, header = next(rows, (1, []))
        header = [cell.strip()[:LONGEST_HEADING] for cell in header]
        if not any(header):
            raise Invalid(say("the file is empty"))
        if len(header) > MOST_COLUMNS:
            raise Invalid(say("a file has at most {most} columns", most=MOST_COLUMNS))
        with house.database.transaction() as session:
            import_id = imports.begin(
                session, name=name, by=by, encoding=found, delimiter=separator,
                wall=house.wall.now(),
            )  # fmt: skip
        try:
            _store_rows(house, import_id, header, rows)
        except BaseException:
            with house.database.transaction() as session:
                imports.abandon(session, import_id)
            raise
    return import_id


def work(house: House) -> int:
    """Do a piece of the import that is at work, if any."""
    with house.database.reading() as session:
        if not imports.is_at_work(session):
            return 0
    now, wall = house.clock.now(), house.wall.now()
    with house.database.transaction() as session:
        return import_work.work(session, now=now, wall=wall)


def _store_rows(house: House, import_id: int, header: list[str], rows: Iterator[Row]) -> None:
    sample: list[Row] = []
    pieces = _cut(rows)
    while several := list(islice(pieces, TOGETHER)):
        sample = sample or several[0]
        with house.database.transaction() as session:
            imports.add_pieces(session, import_id, several, wall=house.wall.now())
    if not sample:
        raise Invalid(say("the file has no rows below its headings"))
    with house.database.transaction() as session:
        imports.finish_upload(session, import_id, header, sample, wall=house.wall.now())


def _cut(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield pieces of a bounded size.

    Raises:
        TooMuch: there are more rows than are taken here.
    """
    piece: list[Row] = []
    count = size = 0
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            words = (
                "a file has at most {most:,} rows here: split it, or use `sojourn contacts import`"
            )
            raise TooMuch(say(words, most=MOST_ROWS))
        piece.append((line, cells))
        size += sum(map(len, cells))
        if len(piece) == MOST_ITEMS or size >= MOST_CHARACTERS:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
