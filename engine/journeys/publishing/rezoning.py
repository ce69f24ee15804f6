"""Waits that read a local clock, after the zone data changed (rule 34).

The instance remembers by which release of tzdata its waits were computed. A newer one is followed
chunk by chunk; an older one is not, since two releases are at work while processes are restarted.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts import audit
from engine.bulk import change_many
from engine.db import insert_into, lock_contacts
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.retiming import reads_clock, retime
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.running.live import load_plans
from engine.journeys.running.runner import TRAVELLER_COLUMNS, load_travellers
from engine.models.account import InstanceFact
from engine.models.journey import Enrollment
from engine.tasks import Lane, ring

FACT: Final = "tzdata"
MOVED: Final = "waits.moved"
ACTOR: Final = "tzdata"


def find_zone_data(session: Session) -> dict[str, Any] | None:
    """Return by which release waits were computed, and what the last change of it moved.

    Returns:
        release; and after a change: before, moved, at, and `cursor` while it goes on.
    """
    found = session.get(InstanceFact, FACT)
    return None if found is None else dict(found.value)


def follow_zone_data(
    session: Session, *, release: str, now: datetime, wall: datetime, limit: int, default_zone: str
) -> int:
    """Recompute a chunk of waits by newer zone data; answer how many were looked at.

    What moved is listed in the audit table, an entry a chunk.

    Args:
        release: of the zone data in this process, such as `2025b`.
        wall: the machine's own time, for the audit table.
    """
    known = find_zone_data(session)
    if known is not None and release <= known["release"] and "cursor" not in known:
        return 0
    if known is None:
        statement = insert_into(session, InstanceFact).on_conflict_do_nothing()
        session.execute(statement.values(name=FACT, value={"release": release}))
        return 0
    fact = session.get(
        InstanceFact,
        FACT,
        with_for_update={"skip_locked": True},
        populate_existing=True,
    )
    if fact is None:
        return 0  # another process is at it
    value: dict[str, Any] = dict(fact.value)
    if release > value["release"]:
        value = {"release": release, "before": value["release"], "moved": 0, "cursor": 0}
    if "cursor" not in value or release < value["release"]:
        return 0
    rows = _load_chunk(session, after=value["cursor"], now=now, limit=limit)
    moved = _retime(session, rows, now=now, default_zone=default_zone)
    if moved:
        audit.record(
            session,
            actor=ACTOR,
            action=MOVED,
            target=f"{value['before']} to {release}",
            details={"enrollments": moved},
            now=wall,
        )
        ring(session, Lane.ADVANCE)
    value["moved"] += len(moved)
    if rows:
        value["cursor"] = rows[-1].id
    else:
        del value["cursor"]
        value["at"] = now.isoformat()
    fact.value = value
    return len(rows) or 1


def _load_chunk(session: Session, *, after: int, now: datetime, limit: int) -> list[Any]:
    chosen = (
        select(*TRAVELLER_COLUMNS, Enrollment.wake_at)
        .where(
            Enrollment.id > after,
            Enrollment.status == EnrollmentStatus.WAITING,
            Enrollment.signal.is_(None),
            Enrollment.wake_at > now,
        )
        .order_by(Enrollment.id)
        .limit(limit)
    )
    contacts = {row.contact_id for row in session.execute(chosen)}
    lock_contacts(session, contacts)
    return list(session.execute(chosen).all()) if contacts else []


def _retime(
    session: Session, rows: list[Any], *, now: datetime, default_zone: str
) -> list[dict[str, Any]]:
    """Write where waits end now; answer those that moved: enrollment, before, after."""
    if not rows:
        return []
    plans = load_plans(session, {row.version_id for row in rows})
    concerned = [row for row in rows if reads_clock(plans[row.version_id].get_node(row.node))]
    travellers = load_travellers(session, concerned, plans).travellers
    asker = Asker(now=now, default_zone=default_zone)
    moved: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for row, traveller in zip(concerned, travellers, strict=True):
        wake_at = retime(traveller, asker) or now
        if wake_at != row.wake_at:
            changes.append({"id": row.id, "wake_at": wake_at})
            moved.append(
                {
                    "enrollment": row.id,
                    "before": row.wake_at.isoformat(),
                    "after": wake_at.isoformat(),
                }
            )
    change_many(session, Enrollment, changes)
    return moved
