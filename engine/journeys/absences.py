"""Absences being listened to: the events keep their watches, one for each entry key (rule 139)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, tuple_
from sqlalchemy.orm import Session
from typing_extensions import override

from engine.events.arrivals import Arrived
from engine.journeys.gates import Candidate, Cause
from engine.journeys.matching import describe
from engine.journeys.plan import Plan
from engine.journeys.watch_rows import Due, Keeper, Look, write_watch
from engine.models.journey import Watch
from engine.triggers.absence import AbsenceTrigger, begins, ends, find_ended
from engine.when.silences import derive_absence


class Absences(Keeper):
    """The watches of absence triggers."""

    def __init__(self, session: Session, plans: Collection[Plan], *, now: datetime) -> None:
        super().__init__(session, now=now)
        self._triggers = [
            (plan.journey_id, plan.document.trigger)
            for plan in plans
            if isinstance(plan.document.trigger, AbsenceTrigger)
        ]
        self._all_ended: set[tuple[int, int]] = set()

    @override
    def note(self, event: Arrived) -> None:
        for journey_id, trigger in self._triggers:
            if ends(trigger, event):
                self._end_key(journey_id, event.contact_id, find_ended(trigger, event))
            key = begins(trigger, event) if event.may_trigger else None
            if key is not None:
                silence = derive_absence(event.occurred_at, within=trigger.within, entry_key=key)
                data = {
                    "trigger": describe(event),
                    "cause": [event.id, event.root_id or event.id, event.depth],
                }
                watch = (journey_id, event.contact_id, key)
                self.begin(write_watch(watch, silence.due_at, data))

    @override
    def write(self) -> None:
        if self._all_ended:
            self._session.execute(
                delete(Watch).where(
                    tuple_(Watch.journey_id, Watch.contact_id).in_(list(self._all_ended))
                )
            )
        super().write()

    def _end_key(self, journey_id: int, contact_id: int, key: str | None) -> None:
        """End the watch of a key; an event that names none is about all of them."""
        if key is not None:
            self.end((journey_id, contact_id, key))
            return
        self._all_ended.add((journey_id, contact_id))
        for watch in [w for w in self._begun if w[:2] == (journey_id, contact_id)]:
            del self._begun[watch]


def look_at_absence(due: Due) -> Look:
    """Return whom a watch lets in: nothing has ended it, so it has come true."""
    cause = Cause(*(due.data.get("cause") or [None, None, 0]))
    trigger = due.data.get("trigger") or {}
    return Look(Candidate(due.contact_id, due.key, trigger, cause))
