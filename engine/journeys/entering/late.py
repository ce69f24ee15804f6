"""Triggers whose entry filter was not true yet: asked again until their grace is over (rule 16)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session
from typing_extensions import override

from engine.bulk import is_any, put_rows
from engine.journeys.deciding.gates import Candidate, Cause
from engine.journeys.deciding.lateness import Late, LateBook, LateKey
from engine.journeys.deciding.plan import Plan
from engine.models.entry import LateEntry


class LateEntries(LateBook):
    """The late entries of a chunk of contacts, in memory; what changes is written set-wise.

    Journeys without grace cost no query. The caller holds the contacts' rows.
    """

    def __init__(
        self, session: Session, plans: Collection[Plan], contact_ids: Collection[int]
    ) -> None:
        super().__init__()
        self._session = session
        self._kept: dict[LateKey, Late] = {}
        self._gone: set[LateKey] = set()
        graced = {plan.journey_id: plan for plan in plans if plan.document.entry.grace is not None}
        if graced and contact_ids:
            for late in _load(session, graced, contact_ids):
                super().keep(late)

    @override
    def keep(self, late: Late) -> None:
        super().keep(late)
        self._kept[late.key] = late
        self._gone.discard(late.key)

    @override
    def drop(self, key: LateKey) -> bool:
        was_there = super().drop(key)
        if was_there:
            self._kept.pop(key, None)
            self._gone.add(key)
        return was_there

    def write(self) -> None:
        """Write what was kept and dropped."""
        if self._gone:
            _delete(self._session, self._gone)
        put_rows(
            self._session,
            LateEntry,
            [_write(late) for late in self._kept.values()],
            replacing=("until", "data"),
        )
        self._kept, self._gone = {}, set()


def forget_late(session: Session, journey_id: int) -> None:
    """Drop a journey's late entries: it has another trigger now, or lets nobody in."""
    session.execute(delete(LateEntry).where(LateEntry.journey_id == journey_id))


def find_over(session: Session, *, now: datetime, limit: int) -> list[LateKey]:
    """Return late entries whose grace is over, the longest first."""
    rows = session.execute(
        select(LateEntry.journey_id, LateEntry.contact_id, LateEntry.entry_key)
        .where(LateEntry.until <= now)
        .order_by(LateEntry.until)
        .limit(limit)
    )
    return [(journey, contact, key) for journey, contact, key in rows]


def drop_late(session: Session, keys: Collection[LateKey]) -> None:
    """Drop these: their journey lets nobody in now."""
    if keys:
        _delete(session, keys)


def join_late(session: Session, into: Mapping[int, int]) -> None:
    """Let late entries of lost contacts be of those that stay; under one key theirs goes on."""
    rows = session.execute(
        select(
            LateEntry.journey_id,
            LateEntry.contact_id,
            LateEntry.entry_key,
            LateEntry.until,
            LateEntry.data,
        ).where(is_any(session, LateEntry.contact_id, into))
    ).all()
    moved = {
        (row.journey_id, into[row.contact_id], row.entry_key): {
            "journey_id": row.journey_id,
            "contact_id": into[row.contact_id],
            "entry_key": row.entry_key,
            "until": row.until,
            "data": row.data,
        }
        for row in rows
    }
    put_rows(session, LateEntry, list(moved.values()))
    session.execute(delete(LateEntry).where(is_any(session, LateEntry.contact_id, into)))


def _load(session: Session, plans: dict[int, Plan], contact_ids: Collection[int]) -> list[Late]:
    rows = session.scalars(
        select(LateEntry)
        .where(LateEntry.journey_id.in_(list(plans)), LateEntry.contact_id.in_(list(contact_ids)))
        .order_by(LateEntry.contact_id, LateEntry.until)
    ).all()
    found = []
    for row in rows:
        cause = Cause(*(row.data.get("cause") or [None, None, 0]))
        candidate = Candidate(row.contact_id, row.entry_key, row.data.get("trigger") or {}, cause)
        found.append(Late(plans[row.journey_id], candidate, row.until))
        session.expunge(row)  # statements change it from here on
    return found


def _write(late: Late) -> dict[str, Any]:
    journey_id, contact_id, entry_key = late.key
    return {
        "journey_id": journey_id,
        "contact_id": contact_id,
        "entry_key": entry_key,
        "until": late.until,
        "data": late.candidate.write(),
    }


def _delete(session: Session, keys: Collection[LateKey]) -> None:
    session.execute(
        delete(LateEntry).where(
            tuple_(LateEntry.journey_id, LateEntry.contact_id, LateEntry.entry_key).in_(list(keys))
        )
    )
