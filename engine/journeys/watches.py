"""Silences being listened to: what absence and inactivity triggers wait for.

A watch is a row with the instant at which the silence is long enough. For absence the events keep
it (rule 139); for inactivity it is looked at when due, and put off if there was activity since, so
that an event costs no write (rule 140).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from engine.db import insert_into, lock_contacts
from engine.events.arrivals import Arrived
from engine.journeys.enroll import Candidate, Cause, Entrance
from engine.journeys.facts import Person, load_people, merge_reads
from engine.journeys.live import load_live
from engine.journeys.matching import describe
from engine.journeys.plan import Plan
from engine.models.journey import Watch
from engine.rules.counters import Ask
from engine.tasks import Lane, ring
from engine.triggers.absence import AbsenceTrigger, begins, ends
from engine.triggers.inactivity import InactivityTrigger, counts
from engine.when.silences import derive_absence

WatchKey = tuple[int, int, str]
"""(journey id, contact id, key)."""


class Watcher:
    """Notes what a chunk's events do to watches, then writes it set-wise."""

    def __init__(self, session: Session, plans: Sequence[Plan], *, now: datetime) -> None:
        self._session = session
        self._now = now
        self._absences = [p for p in plans if isinstance(p.document.trigger, AbsenceTrigger)]
        self._silences = [p for p in plans if isinstance(p.document.trigger, InactivityTrigger)]
        self._begun: dict[WatchKey, dict[str, Any]] = {}
        self._ended: set[WatchKey] = set()
        self._woken: dict[WatchKey, dict[str, Any]] = {}

    def note(self, event: Arrived) -> None:
        """Note what an event begins and ends; the last one of a key decides."""
        for plan in self._absences:
            trigger = plan.document.trigger
            if not isinstance(trigger, AbsenceTrigger):
                continue
            if (key := ends(trigger, event)) is not None:
                watch = (plan.journey_id, event.contact_id, key)
                self._begun.pop(watch, None)
                self._ended.add(watch)
            if event.may_trigger and (key := begins(trigger, event)) is not None:
                self._begin(plan, trigger, event, key)

    def _begin(self, plan: Plan, trigger: AbsenceTrigger, event: Arrived, key: str) -> None:
        silence = derive_absence(event.occurred_at, within=trigger.within, entry_key=key)
        watch = (plan.journey_id, event.contact_id, key)
        self._ended.discard(watch)
        self._begun[watch] = {
            "journey_id": plan.journey_id,
            "contact_id": event.contact_id,
            "key": key,
            "due_at": silence.due_at,
            "data": {
                "trigger": describe(event),
                "cause": [event.id, event.root_id or event.id, event.depth],
            },
        }
