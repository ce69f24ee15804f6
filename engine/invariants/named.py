"""What an invariant is: a name, a sentence, and a question for the rows that break it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select

Question = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that holds at every commit.

    Attributes:
        holds: a sentence that says it, with its German where all have theirs.
        build: the question for rows that break it, among enrollments after this id.
        is_sum: it sums over all rows, so a part of them tells nothing.
        breaks: whether a row that was found breaks it indeed; None: every one does.
    """

    name: str
    holds: str
    build: Callable[[int], Question]
    is_sum: bool = False
    breaks: Callable[[Row[Any]], bool] | None = None
