"""Candidates whose entry filter was not true yet, in memory (rule 16). Pure."""

from dataclasses import dataclass
from datetime import datetime

from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.plan import Plan

LateKey = tuple[int, int, str]
"""(journey id, contact id, entry key): one at most of each."""


@dataclass(frozen=True, slots=True)
class Late:
    """A candidate that may still enter, by its own event, until its grace is over."""

    plan: Plan
    candidate: Candidate
    until: datetime

    @property
    def key(self) -> LateKey:
        """Under which it is kept."""
        return self.plan.journey_id, self.candidate.contact_id, self.candidate.entry_key or ""


class LateBook:
    """Late candidates by contact."""

    def __init__(self) -> None:
        self._waiting: dict[int, dict[LateKey, Late]] = {}

    def list_of(self, contact_id: int) -> list[Late]:
        """Return those of a contact."""
        return list(self._waiting.get(contact_id, {}).values())

    def keep(self, late: Late) -> None:
        """Ask this one again; a later trigger takes the place of the one before it."""
        self._waiting.setdefault(late.candidate.contact_id, {})[late.key] = late

    def drop(self, key: LateKey) -> bool:
        """Ask this one no more: it entered, or was refused. Answers whether it waited."""
        return self._waiting.get(key[1], {}).pop(key, None) is not None
