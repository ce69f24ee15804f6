"""Files that take the place of all items of a catalog, read and written piece by piece."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Final

from engine.catalogs import replacing
from engine.catalogs.items import MOST_ITEMS, Item, Mistake, read_file
from engine.catalogs.replacing import Replaced, Upload
from engine.errors import Invalid, TooMuch
from engine.language.say import say
from server.wiring import House

CHUNK: Final = 1_000
"""Items written in one transaction."""
MOST_MISTAKES: Final = 100
"""Shown; all are counted."""
Tell = Callable[[int], None]
"""Told how many bytes of the file are read."""


@dataclass(slots=True)
class Outcome:
    """What came of a file.

    Attributes:
        replaced: None: nothing has changed, since some of it cannot be read.
        refused: how many lines cannot be read.
        mistakes: the first of them, with why.
    """

    replaced: Replaced | None = None
    refused: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def refuse(self, mistake: Mistake) -> None:
        """Note a line that cannot be read."""
        self.refused += 1
        if len(self.mistakes) < MOST_MISTAKES:
            self.mistakes.append(mistake)


@dataclass(slots=True)
class _Reading:
    """A file that is being read.

    Attributes:
        began_at: since when all its new items are there.
        seen: the keys that were on its lines so far.
        done: bytes that are read.
    """

    outcome: Outcome
    began_at: datetime
    seen: set[str] = field(default_factory=set)
    done: int = 0
    added: int = 0


def replace_all(
    house: House, name: str, stream: IO[bytes], *, size: int, by: str, leaves_out: bool,
    tell: Tell = lambda _: None,
) -> Outcome:  # fmt: skip
    """Put the items of a file in the place of all that a catalog holds, at once at its end.

    Args:
        house: the instance.
        name: of the catalog.
        stream: the file, CSV or JSON lines in UTF-8.
        size: of it, in bytes; 0: unknown.
        by: who does so, as the audit names callers.
        leaves_out: lines that cannot be read are left out; else they change nothing at all.
        tell: told how far it has come.

    Raises:
        NotFound: there is no such catalog.
        Conflict: somebody uploads just now.
        Invalid: it is no such file.
    """
    with house.database.transaction() as session:
        upload = replacing.begin(session, name, by=by, wall=house.wall.now())
    reading = _Reading(Outcome(), house.clock.now())
    try:
        lines = _read_lines(stream, reading, tell)
        waiting: list[Item] = []
        for one in read_file(lines, upload.key_field):
            if isinstance(one, Mistake):
                reading.outcome.refuse(one)
            elif _is_new(one, reading):
                waiting.append(one)
            if len(waiting) == CHUNK:
                _add(house, upload, waiting, reading, size)
                waiting = []
        _add(house, upload, waiting, reading, size)
        outcome = reading.outcome
        if outcome.refused and not leaves_out:
            _abandon(house, upload)
            return outcome
        if (
            not reading.seen
        ):  # an export that failed: whoever wants an empty catalog takes the items out
            raise Invalid(say("the file has no items: nothing has changed"))
        now = house.clock.now()
        with house.database.transaction() as session:
            outcome.replaced = replacing.finish(
                session, upload, items=len(reading.seen), added=reading.added, now=now
            )
    except BaseException:
        _abandon(house, upload)
        raise
    with house.database.transaction() as session:
        replacing.sweep(session, name)
    return outcome


def _is_new(one: Item, reading: _Reading) -> bool:
    """Return whether an item is to be written: none of its key was in the file before."""
    if one.key in reading.seen:
        words = say("this key stands in the file already")
        reading.outcome.refuse(Mistake(one.place, one.key, words))
        return False
    if len(reading.seen) == MOST_ITEMS:
        raise TooMuch(say("a catalog holds at most {n:,} items", n=MOST_ITEMS))
    reading.seen.add(one.key)
    return True


def _add(house: House, upload: Upload, items: list[Item], reading: _Reading, size: int) -> None:
    if not items:
        return
    percent = min(99, 100 * reading.done // size) if size else 0
    with house.database.transaction() as session:
        reading.added += replacing.add(
            session,
            upload,
            items,
            percent=percent,
            now=reading.began_at,
            wall=house.wall.now(),
        )


def _abandon(house: House, upload: Upload) -> None:
    with house.database.transaction() as session:
        replacing.abandon(session, upload)


def _read_lines(stream: IO[bytes], reading: _Reading, tell: Tell) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        reading.done += len(line)
        tell(reading.done)
        try:
            yield line.decode()
        except UnicodeDecodeError:
            raise Invalid(say("line {line} is not UTF-8", line=number)) from None
