"""What became of letters, by the recipients' domains and by days: counted as it happens."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.db import change_rows, insert_into
from engine.events.days import EPOCH
from engine.messages.feedback.judging import find_domain
from engine.models.feedback import DomainDay

SHARDS: Final = 8
DAYS: Final = 30
"""Of so many days the figures are shown, today included."""
KEPT_DAYS: Final = 60
MOST_DOMAINS: Final = 50
Figure = Literal["sent", "delivered", "hard", "soft", "policy", "complained"]
FIGURES: Final[tuple[Figure, ...]] = ("sent", "delivered", "hard", "soft", "policy", "complained")
Change = tuple[str, int, Figure]
"""(domain, day, what of it)."""


@dataclass(frozen=True, slots=True)
class DomainFigures:
    """What became of the letters to one domain that left in the last days.

    Attributes:
        domain: "" stands for all domains together.
        hard, soft, policy: of those that came back, by the gravest kind that was told.
    """

    domain: str
    sent: int
    delivered: int
    hard: int
    soft: int
    policy: int
    complained: int


def find_day(at: datetime) -> int:
    """Return the day (UTC) of an instant, counted from 1970-01-01."""
    return (at.astimezone(UTC).date() - EPOCH).days


def count_sent(session: Session, addresses: Iterable[str], *, now: datetime, shard: int) -> None:
    """Count letters that a provider has just taken.

    A domain of one letter among them goes to the first shard, so that small domains, of which there
    are many, have one row a day; large ones are spread, so that workers do not queue for them.
    """
    day = find_day(now)
    counts = Counter(domain for one in addresses if (domain := find_domain(one)))
    rows = [
        _build_row(domain, day, shard % SHARDS if n > 1 else 0, {"sent": n})
        for domain, n in counts.items()
    ]
    _add(session, rows)


def count_changes(session: Session, changes: Mapping[Change, int]) -> None:
    """Add what became known of letters; of one that turned out graver, less of the kind before."""
    several: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for (domain, day, figure), n in changes.items():
        if domain and n:
            several[domain, day][figure] = n
    _add(session, [_build_row(domain, day, 0, some) for (domain, day), some in several.items()])


def list_domains(session: Session, *, now: datetime) -> list[DomainFigures]:
    """Return the figures of the last days: of all domains together, then of those most sent to."""
    since = find_day(now) - DAYS + 1
    sums = [func.coalesce(func.sum(getattr(DomainDay, one)), 0).label(one) for one in FIGURES]
    total = session.execute(select(*sums).where(DomainDay.day >= since)).one()
    rows = session.execute(
        select(DomainDay.domain, *sums)
        .where(DomainDay.day >= since)
        .group_by(DomainDay.domain)
        .order_by(func.sum(DomainDay.sent).desc(), DomainDay.domain)
        .limit(MOST_DOMAINS)
    )
    several = [("", *total), *rows]
    return [DomainFigures(str(domain), *(int(n) for n in some)) for domain, *some in several]


def prune_days(session: Session, *, now: datetime) -> int:
    """Forget days that nobody is shown any more; answer how many rows."""
    oldest = find_day(now - timedelta(days=KEPT_DAYS))
    return change_rows(session, delete(DomainDay).where(DomainDay.day < oldest))


def _build_row(domain: str, day: int, shard: int, some: Mapping[str, int]) -> dict[str, str | int]:
    counts = {str(figure): some.get(figure, 0) for figure in FIGURES}
    return {"domain": domain, "day": day, "shard": shard, **counts}


def _add(session: Session, rows: list[dict[str, str | int]]) -> None:
    if not rows:
        return
    # In one order, so that two workers never wait for each other in a circle.
    rows.sort(key=lambda row: (row["domain"], row["day"], row["shard"]))
    statement = insert_into(session, DomainDay).values(rows)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[DomainDay.domain, DomainDay.day, DomainDay.shard],
            set_={one: getattr(DomainDay, one) + statement.excluded[one] for one in FIGURES},
        )
    )
