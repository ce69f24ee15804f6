"""What must hold of the rows at every commit: asked, kept for whoever looks, and told.

Each question is one statement, so one look at the database. Tests ask after every step, the
scheduler every hour, and `sojourn doctor` when asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.invariants.books import BOOKS
from engine.invariants.enrollments import ENROLLMENTS
from engine.invariants.messages import MESSAGES
from engine.invariants.named import Invariant
from engine.language.say import Sentence
from engine.models.account import InstanceFact
from engine.models.journey import Enrollment, Notice

INVARIANTS: Final[Sequence[Invariant]] = (*BOOKS, *ENROLLMENTS, *MESSAGES)
"""Everything that must hold."""
SHOWN: Final = 20
"""Rows that are shown of what breaks an invariant."""
MOST_SUMMED: Final = 2_000_000
"""With more enrollments than these, sums over all of them are made only if all is asked for."""
NEWEST: Final = 200_000
"""Of more enrollments than these the newest are looked at every hour."""
FACT: Final = "invariants"
ADDRESSEE: Final = "role:admin"


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold.

    Attributes:
        rows: the first of what breaks it: column → value.
    """

    name: str
    holds: str
    rows: tuple[Mapping[str, Any], ...]


def find_broken(session: Session, *, newest: int | None = None) -> list[Broken]:
    """Return the invariants that do not hold, each with the first rows that break it.

    Args:
        session: for reading.
        newest: how many enrollments to look at where there are more; None: all.
    """
    highest = session.scalar(select(func.max(Enrollment.id))) or 0
    since = 0 if newest is None else max(0, highest - newest)
    sums = newest is None or highest <= MOST_SUMMED
    broken = []
    for one in INVARIANTS:
        if one.is_sum and not sums:
            continue
        statement = one.build(0 if one.is_sum else since)
        if one.breaks is None:
            statement = statement.limit(SHOWN)
        rows = [row for row in session.execute(statement) if one.breaks is None or one.breaks(row)]
        if rows:
            shown = tuple(_describe(row) for row in rows[:SHOWN])
            broken.append(Broken(one.name, one.holds, shown))
    return broken


def record_broken(session: Session, broken: Sequence[Broken], *, now: datetime) -> None:
    """Keep what was found for whoever looks, and tell administrators, once a day and invariant."""
    found = {one.name: len(one.rows) for one in broken}
    fact = {"at": now.isoformat(), "broken": found}
    statement = insert_into(session, InstanceFact).values(name=FACT, value=fact)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[InstanceFact.name], set_={"value": statement.excluded.value}
        )
    )
    said = {
        one.name: Sentence(
            "The books do not balance ({name}): {holds}", name=one.name, holds=Sentence(one.holds)
        )
        for one in broken
    }
    notices = [
        {
            "key": f"invariant:{one.name}:{now:%Y-%m-%d}",
            "at": now,
            "to": ADDRESSEE,
            "words": said[one.name].english,
            "said": said[one.name].dump(),
            "enrollment_id": None,
            "read_at": None,
        }
        for one in broken
    ]
    if notices:
        session.execute(insert_into(session, Notice).on_conflict_do_nothing(), notices)


def count_broken(session: Session) -> dict[str, int]:
    """Return, by name, how many rows broke each invariant at the last look of the scheduler."""
    fact = session.scalar(select(InstanceFact.value).where(InstanceFact.name == FACT)) or {}
    found: Mapping[str, int] = fact.get("broken", {})
    return {one.name: found.get(one.name, 0) for one in INVARIANTS}


def _describe(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "document"}  # noqa: SLF001
