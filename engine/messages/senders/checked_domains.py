"""What the domain name system last said of the domains that letters come from, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.bulk import put_rows
from engine.db import change_rows
from engine.events.days import Counted
from engine.messages.senders.sender_domain import Check, Sender, is_aligned
from engine.models.feedback import SenderDomain
from engine.models.operation import DayCount

BULK: Final = 5_000
"""Letters on one day, from which mailbox providers ask for aligned records (rule 118)."""
DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Senders:
    """Senders whose letters mailbox providers cannot believe.

    Attributes:
        domains: as the last check found; one that was never checked is not among them.
        sends_in_bulk: on a day of late so many letters left that this stops a publish.
    """

    domains: frozenset[str] = frozenset()
    sends_in_bulk: bool = False


def keep_checks(
    session: Session, checked: Mapping[Sender, Sequence[Check]], *, now: datetime
) -> None:
    """Keep what was found of these domains, and forget those that letters come from no more."""
    domains = [sender.domain for sender in checked]
    change_rows(session, delete(SenderDomain).where(SenderDomain.domain.not_in(domains)))
    rows = [
        {
            "domain": sender.domain,
            "checked_at": now,
            "is_aligned": is_aligned(sender, checks),
            "checks": [one.to_json() for one in checks],
        }
        for sender, checks in checked.items()
    ]
    put_rows(session, SenderDomain, rows, replacing=("checked_at", "is_aligned", "checks"))


def load_checks(session: Session) -> dict[str, SenderDomain]:
    """Return what was found last, by domain."""
    return {row.domain: row for row in session.scalars(select(SenderDomain))}


def find_unaligned(session: Session) -> Senders:
    """Return the senders that a publish is to warn of, or to be stopped by."""
    domains = frozenset(
        session.scalars(select(SenderDomain.domain).where(SenderDomain.is_aligned.is_(False)))
    )
    return Senders(domains, _sends_in_bulk(session)) if domains else Senders()


def _sends_in_bulk(session: Session) -> bool:
    sent = func.sum(DayCount.n)
    last = (
        select(sent)
        .where(DayCount.what == Counted.EMAIL.value)
        .group_by(DayCount.day)
        .order_by(DayCount.day.desc())
        .limit(DAYS)
    )
    return any(int(n) >= BULK for n in session.scalars(last))
