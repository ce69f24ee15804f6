"""The books balance: what was counted agrees with the rows that were counted (rule 127)."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, literal, select, union_all

from engine.invariants.named import Invariant, Question
from engine.models.journey import Enrollment, JourneyEntry, JourneyVersion, Tally

# The numbers and labels of a higher room: engine.journeys.deciding.states and tallies.
_ACTIVE: Final = (0, 1)
_COMPLETED: Final = 2
_ASIDE: Final = 4


def _journey_books(_since: int) -> Question:
    counted = (
        select(JourneyVersion.journey_id, Tally.label.label("label"), Tally.n.label("n"))
        .join(JourneyVersion, JourneyVersion.id == Tally.version_id)
        .where(
            Tally.node < 0,
            Tally.label.in_(("entered", "completed", "set_aside")) | _begins("exited:"),
        )
    )
    label = case(
        (Enrollment.status == _COMPLETED, "completed"),
        (Enrollment.status == _ASIDE, "set_aside"),
        else_=func.substr(literal("exited:").concat(Enrollment.reason), 1, 80),
    )
    ended = (
        select(Enrollment.journey_id, label.label("label"), (-func.count()).label("n"))
        .where(Enrollment.status.not_in(_ACTIVE))
        .group_by(Enrollment.journey_id, label)
    )
    entered = select(
        Enrollment.journey_id, literal("entered").label("label"), (-func.count()).label("n")
    ).group_by(Enrollment.journey_id)
    books = union_all(counted, ended, entered).subquery()
    return _unbalanced(books.c.n, books.c.journey_id, books.c.label)


def _node_books(_since: int) -> Question:
    counted = select(
        Tally.version_id,
        Tally.node,
        case((Tally.label.in_(("entered", "moved_in")), Tally.n), else_=-Tally.n).label("n"),
    ).where(
        Tally.node >= 0,
        Tally.label.in_(("entered", "completed", "moved_in", "moved_out"))
        | _begins("exited:")
        | _begins("way:"),
    )
    there = (
        select(Enrollment.version_id, Enrollment.node, (-func.count()).label("n"))
        .where(Enrollment.status.in_((*_ACTIVE, _ASIDE)))
        .group_by(Enrollment.version_id, Enrollment.node)
    )
    books = union_all(counted, there).subquery()
    return _unbalanced(books.c.n, books.c.version_id, books.c.node)


def _entries(_since: int) -> Question:
    """Compare by subject: of who was erased no entry key is known any more."""
    noted = select(
        JourneyEntry.journey_id,
        JourneyEntry.subject_kind,
        JourneyEntry.subject_id,
        JourneyEntry.entries.label("n"),
    )
    subject = Enrollment.journey_id, Enrollment.subject_kind, Enrollment.subject_id
    there = select(*subject, (-func.count()).label("n")).group_by(*subject)
    books = union_all(noted, there).subquery()
    return _unbalanced(books.c.n, books.c.journey_id, books.c.subject_kind, books.c.subject_id)


def _unbalanced(n: ColumnElement[Any], *by: ColumnElement[Any]) -> Question:
    return select(*by, func.sum(n).label("off")).group_by(*by).having(func.sum(n) != 0)


def _begins(prefix: str) -> ColumnElement[bool]:
    return Tally.label.like(f"{prefix}%")


BOOKS: Final[Sequence[Invariant]] = (
    Invariant(
        "journey_books",
        "Of each journey: entered = active + completed + exited by each reason + set aside.",
        _journey_books,
        is_sum=True,
    ),
    Invariant(
        "node_books",
        "Of each node: entered + moved in = went on by each way + left there + moved out + inside.",
        _node_books,
        is_sum=True,
    ),
    Invariant(
        "entries",
        "A subject has entered a journey as often as it has enrollments in it.",
        _entries,
        is_sum=True,
    ),
)
