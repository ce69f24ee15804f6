"""How many parts a text takes with the people whom it will reach (rule 126), and what texts have cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median_high
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.db import limited
from engine.messages.compose.sms_parts import count_sms_parts
from engine.models.contact import Contact
from engine.models.journey import Journey
from engine.models.message import Message
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


@dataclass(frozen=True, slots=True)
class Costs:
    """What the texts of a journey have cost.

    Attributes:
        parts: that were handed over.
        prices: in millionths, by currency; of those texts that a provider priced.
        priced: how many those are.
    """

    texts: int
    parts: int
    prices: Mapping[str, int]
    priced: int


def sum_costs(session: Session, journey: str) -> Costs:
    """Return what the texts of a journey have cost so far, as providers say."""
    rows = session.execute(
        select(
            Message.currency,
            func.count(),
            func.sum(Message.parts),
            func.sum(Message.price_micro),
            func.count(Message.price_micro),
        )
        .join(Journey, Journey.id == Message.journey_id)
        .where(Journey.key == journey, Message.channel == "sms", Message.parts.is_not(None))
        .group_by(Message.currency)
    ).all()
    return Costs(
        texts=sum(n for _, n, *_ in rows),
        parts=sum(int(parts or 0) for _, _, parts, _, _ in rows),
        prices={currency: int(price or 0) for currency, _, _, price, _ in rows if currency},
        priced=sum(priced for *_, priced in rows),
    )
