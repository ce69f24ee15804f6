"""What texts have cost: as their providers bill it, and estimated where none told a price."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Self, TypedDict

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from channels.accounts import MAILBOX
from engine.models.journey import Journey
from engine.models.message import Message

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """What one part of a text is taken to cost, in millionths of a currency."""

    micro: int
    currency: str

    @classmethod
    def read(cls, setting: str) -> Self | None:
        """Return the price that `SOJOURN_SMS_PRICE` says, such as `0.05 EUR`; None: it says none."""
        amount, _, currency = setting.partition(" ")
        return cls(int(Decimal(amount) * _MILLION), currency) if amount else None


class CostFigures(TypedDict):
    """What texts have cost; amounts in millionths, by currency.

    Attributes:
        texts: that were handed over.
        parts: of all of them.
        billed: what providers told.
        estimated: the parts of those without a price, at the price of the setting.
        unpriced: texts of which nobody told a price, and that are not estimated either.
    """

    texts: int
    parts: int
    billed: dict[str, int]
    estimated: dict[str, int]
    unpriced: int


def begin_costs() -> CostFigures:
    """Return the costs of no text."""
    return CostFigures(texts=0, parts=0, billed={}, estimated={}, unpriced=0)


def sum_costs(
    session: Session,
    version_ids: Collection[int],
    nodes: Collection[str],
    price: Price | None,
    bounds: tuple[datetime, datetime] | None = None,
) -> dict[str, CostFigures]:
    """Return what the texts of these nodes of versions have cost, by node.

    Args:
        session: for reading.
        version_ids: of any journeys.
        nodes: keys of those that send texts; of others nothing is looked at.
        price: of a part, to estimate by; None: nothing is estimated.
        bounds: only texts that were intended from the one instant until before the other.
    """
    mine: list[ColumnElement[bool]] = [
        Message.version_id.in_(list(version_ids)),
        Message.node.in_(list(nodes)),
    ]
    if bounds is not None:
        mine += [Message.created_at >= bounds[0], Message.created_at < bounds[1]]
    return _sum(session, mine, price)


def sum_journey_costs(session: Session, journey: str, price: Price | None) -> CostFigures:
    """Return what all texts of a journey have cost so far."""
    whole = begin_costs()
    of_journey = select(Journey.id).where(Journey.key == journey).scalar_subquery()
    for one in _sum(session, [Message.journey_id == of_journey], price).values():
        whole["texts"] += one["texts"]
        whole["parts"] += one["parts"]
        whole["unpriced"] += one["unpriced"]
        _add(whole["billed"], one["billed"])
        _add(whole["estimated"], one["estimated"])
    return whole


def _sum(
    session: Session, mine: Collection[ColumnElement[bool]], price: Price | None
) -> dict[str, CostFigures]:
    asked = (
        select(
            Message.node,
            Message.currency,
            Message.provider,
            func.count(),
            func.sum(Message.parts),
            func.sum(Message.price_micro),
        )
        .where(Message.channel == "sms", Message.direction == "out", Message.parts.is_not(None))
        .where(*mine)
        .group_by(Message.node, Message.currency, Message.provider)
    )
    found: dict[str, CostFigures] = {}
    for node, currency, provider, n, total, micro in session.execute(asked):
        parts = int(total or 0)
        figures = found.setdefault(node or "", begin_costs())
        figures["texts"] += n
        figures["parts"] += parts
        if currency is not None:
            _add(figures["billed"], {currency: int(micro or 0)})
        elif provider == MAILBOX:
            pass  # a text that the mailbox keeps costs nothing
        elif price is None:
            figures["unpriced"] += n
        else:
            _add(figures["estimated"], {price.currency: parts * price.micro})
    return found


def _add(amounts: dict[str, int], more: Mapping[str, int]) -> None:
    for currency, micro in more.items():
        amounts[currency] = amounts.get(currency, 0) + micro
