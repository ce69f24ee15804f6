"""How many parts a text takes with the people whom it will reach (rule 126)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median_high
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import limited
from engine.messages.compose.sms_parts import count_sms_parts
from engine.models.contact import Contact
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition

SAMPLE: Final = 100
MOMENT: Final = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts of one text for several people.

    Attributes:
        texts: how many were made.
        counts: how many of them take so many parts.
        costly: signs that the cheap alphabet lacks, and in how many texts one came first.
    """

    texts: int
    least: int
    median: int
    most: int
    counts: Mapping[int, int] = field(default_factory=dict)
    costly: Mapping[str, int] = field(default_factory=dict)

    @property
    def mean(self) -> float:
        """Parts of a text, on average."""
        return sum(parts * n for parts, n in self.counts.items()) / self.texts if self.texts else 0


def spread_parts(texts: Sequence[str]) -> Spread:
    """Return how many parts these texts take. Pure."""
    counted = [count_sms_parts(text.strip()) for text in texts]
    if not counted:
        return Spread(0, 0, 0, 0)
    parts = sorted(one.count for one in counted)
    return Spread(
        texts=len(parts),
        least=parts[0],
        median=median_high(parts),
        most=parts[-1],
        counts=dict(sorted(Counter(parts).items())),
        costly=dict(Counter(one.costly for one in counted if one.costly).most_common(3)),
    )


def list_readers(
    session: Session, audience: Condition | None, *, now: datetime, default_zone: str
) -> list[dict[str, Any]]:
    """Return what templates read of up to `SAMPLE` people with a number, the newest first.

    Args:
        audience: a condition that reads no enrollment; None: everybody.

    Raises:
        OutOfTime: it takes too long to find them.
    """
    asked = (
        select(Contact.uid, Contact.attributes, Contact.email, Contact.phone)
        .where(Contact.phone.is_not(None), Contact.erased_at.is_(None))
        .order_by(Contact.id.desc())
        .limit(SAMPLE)
    )
    if audience is not None:
        dialect: Any = session.get_bind().dialect.name
        people = compile_condition(audience, now=now, dialect=dialect, default_zone=default_zone)
        asked = asked.where(Contact.id.in_(people))
    with limited(session, MOMENT):
        rows = session.execute(asked).all()
    return [
        {**(row.attributes or {}), "id": str(row.uid), "email": row.email, "phone": row.phone}
        for row in rows
    ]
