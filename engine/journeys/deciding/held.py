"""An enrollment that a chunk of events may touch, in memory, and what the chunk did to it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.decision import Signal
from engine.events.arrivals import CONTACT, Subject
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus


@dataclass(slots=True)
class Held:
    """An enrollment as it stands while a chunk of events is gone through.

    Attributes:
        trigger: the event that let it in, as conditions see it.
        record: the ticket, deal or cart that it is about; None if about the contact.
        values: of that, as conditions see them under `subject`.
        visits: arrivals so far, of nodes that a cycle leads back to, by key.
        reason: why it left in this chunk.
        is_recalled: an exit of this chunk takes back what it has not sent, though it is over.
        signal: what woke it in this chunk, and the rank of that (lower wins, rule 44).
    """

    enrollment_id: int
    plan: Plan
    contact_id: int
    entry_key: str
    status: EnrollmentStatus
    node: int
    entered_at: datetime
    arrived_at: datetime
    wake_at: datetime | None
    has_signal: bool
    trigger: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    record: Subject | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    reason: str | None = None
    is_recalled: bool = False
    signal: Signal | None = None
    rank: int = 0

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return self.record or (CONTACT, self.contact_id)

    @property
    def visit(self) -> int:
        """Which arrival at its node this is, from 1."""
        return self.visits.get(self.plan.keys[self.node], 1)

    @property
    def is_active(self) -> bool:
        """Whether it is still inside."""
        return self.reason is None and self.status in ACTIVE

    @property
    def is_waiting(self) -> bool:
        """Whether something may still end its wait."""
        return (
            self.reason is None and self.status is EnrollmentStatus.WAITING and not self.has_signal
        )

    def leave(self, reason: str) -> None:
        """Take it out, wherever it is."""
        self.reason, self.signal = reason[:60], None

    def wake(self, signal: Signal, *, rank: int) -> None:
        """End its wait, unless something of a lower rank did so in this chunk."""
        if self.signal is None or rank < self.rank:
            self.signal, self.rank = signal, rank
