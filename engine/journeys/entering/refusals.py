"""Keeps, of each contact and journey, the last entry that was refused, for "why?" (rule 11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.bulk import is_any, put_rows
from engine.journeys.deciding.admission import Refused
from engine.journeys.deciding.gates import Refusal
from engine.models.entry import EntryRefusal
from engine.rules.explain import note_leaves

NOTED_EVERY: Final = timedelta(hours=1)
"""The same refusal of the same contact is written anew only after so long."""

RefusalKey = tuple[int, int]
"""(journey id, contact id)."""


def write_refusals(
    session: Session, several: Collection[Refused], *, now: datetime, default_zone: str
) -> None:
    """Keep the last refusal of each contact and journey, unless the same was kept lately.

    The caller holds the contacts' rows. Costs one query, and one statement if there is news.
    """
    latest = {(one.plan.journey_id, one.candidate.contact_id): one for one in several}
    if not latest:
        return
    known = _load(session, latest)
    rows = [
        _write(one, times=known[key].times + 1 if key in known else 1, now=now, zone=default_zone)
        for key, one in latest.items()
        if key not in known or _is_news(one, known[key], now)
    ]
    put_rows(
        session,
        EntryRefusal,
        rows,
        replacing=("at", "version_id", "reason", "event_id", "entry_key", "details", "times"),
    )


def forget_refusals(session: Session, contact_ids: Collection[int]) -> None:
    """Drop what was kept of contacts that are lost: it is not said of those that stay."""
    session.execute(
        delete(EntryRefusal).where(is_any(session, EntryRefusal.contact_id, contact_ids))
    )


@dataclass(frozen=True, slots=True)
class _Known:
    reason: str
    version_id: int
    at: datetime
    times: int


def _load(session: Session, keys: Collection[RefusalKey]) -> dict[RefusalKey, _Known]:
    rows = session.execute(
        select(
            EntryRefusal.journey_id,
            EntryRefusal.contact_id,
            EntryRefusal.reason,
            EntryRefusal.version_id,
            EntryRefusal.at,
            EntryRefusal.times,
        ).where(
            is_any(session, EntryRefusal.journey_id, {journey for journey, _ in keys}),
            is_any(session, EntryRefusal.contact_id, {contact for _, contact in keys}),
        )
    )
    return {
        (row.journey_id, row.contact_id): _Known(row.reason, row.version_id, row.at, row.times)
        for row in rows
    }


def _is_news(one: Refused, known: _Known, now: datetime) -> bool:
    is_same = (one.refusal, one.plan.version_id) == (known.reason, known.version_id)
    return not is_same or now - known.at >= NOTED_EVERY


def _write(one: Refused, *, times: int, now: datetime, zone: str) -> dict[str, Any]:
    return {
        "journey_id": one.plan.journey_id,
        "contact_id": one.candidate.contact_id,
        "at": now,
        "version_id": one.plan.version_id,
        "reason": one.refusal.value,
        "event_id": one.candidate.cause.event_id,
        "entry_key": one.candidate.entry_key or "",
        "details": _describe(one, now=now, zone=zone),
        "times": times,
    }


def _describe(one: Refused, *, now: datetime, zone: str) -> dict[str, Any] | None:
    """Return what the gate saw, small: of the filter, what `engine.rules.explain.recall` reads."""
    entry = one.plan.document.entry
    match one.refusal:
        case Refusal.FILTER if entry.when is not None:
            state = one.person.state_with(
                trigger=one.candidate.trigger, subject=one.candidate.values
            )
            return {"leaves": note_leaves(entry.when, state, now=now, default_zone=zone)}
        case Refusal.BEFORE | Refusal.INSIDE | Refusal.TOO_SOON if one.past.entered_at is not None:
            return {"entered_at": one.past.entered_at.isoformat().replace("+00:00", "Z")}
        case Refusal.FULL:
            return {"at_most": entry.at_most}
        case Refusal.CHAIN:
            return {"depth": one.candidate.cause.depth}
        case _:
            return None
