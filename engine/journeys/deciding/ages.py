"""Where somebody would be by now who had entered earlier, walked on a clock of its own (rule 113).

Pure. The waits are walked from the trigger's instant on, and the events that came since end them;
nothing is performed. Conditions are asked with today's state, since nobody kept an older one; a
message that would have been waited for counts as sent, a call as answered with nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engine.decision import CallWebhook, EventArrived, MessageSettled, SendMessage
from engine.events.arrivals import Arrived
from engine.journeys.deciding.admission import Placement
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.matching import find_wake
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.deciding.walk import Passage, Traveller, walk

MOST_PASSES: Final = 1_000
"""Whoever would have gone round for longer than this is taken to be through."""


def place_by_age(
    plan: Plan,
    person: Person,
    candidate: Candidate,
    events: Sequence[Arrived],
    *,
    at: datetime,
    now: datetime,
    default_zone: str,
) -> Placement | None:
    """Return where the candidate would be, waiting, if it had entered at `at`.

    Args:
        events: what happened since, oldest first.
        at: when the trigger came.

    Returns:
        None if it would have left the journey by now.
    """
    traveller = _build_traveller(plan, person, candidate, at)
    instant, rest = at, list(events)
    for _ in range(MOST_PASSES):
        if instant >= now and traveller.signal is None:
            return _place(traveller, instant, at)
        traveller.past_events = tuple(one for one in person.events if one.occurred_at <= instant)
        passage = walk(traveller, Asker(now=instant, default_zone=default_zone))
        if passage.status is not EnrollmentStatus.WAITING or passage.wake_at is None:
            return None
        traveller.status, traveller.node = passage.status, passage.node
        traveller.arrived_at, traveller.signal = passage.arrived_at, None
        if _waits_for_message(passage):
            traveller.signal = MessageSettled(fate="sent")
            continue
        place, signal = _find_signal(traveller, passage.wake_at, rest)
        if signal is None:
            instant = max(instant, passage.wake_at)
            continue
        instant, traveller.signal = max(instant, rest[place].occurred_at), signal
        rest = rest[place + 1 :]
    return None


def _build_traveller(plan: Plan, person: Person, candidate: Candidate, at: datetime) -> Traveller:
    return Traveller(
        enrollment_id=0,
        plan=plan,
        contact_id=person.contact_id,
        contact_uid=str(person.uid),
        status=EnrollmentStatus.DUE,
        node=plan.start,
        seq=0,
        entered_at=at,
        arrived_at=at,
        state=person.state_with(trigger=candidate.trigger),
        arms=person.arms,
        entry_key=candidate.entry_key or "",
        contact=person.describe(),
        reading=person.reading,
    )


def _place(traveller: Traveller, wake_at: datetime, entered_at: datetime) -> Placement:
    return Placement(
        entered_at=entered_at,
        status=traveller.status,
        node=traveller.node,
        arrived_at=traveller.arrived_at,
        wake_at=wake_at,
        context=traveller.context,
        visits=traveller.visits,
    )


def _waits_for_message(passage: Passage) -> bool:
    """Return whether it stopped to hear what became of a message or call of this very pass."""
    return any(
        intent.node == passage.node and isinstance(intent.effect, SendMessage | CallWebhook)
        for intent in passage.intents
    )


def _find_signal(
    traveller: Traveller, wake_at: datetime, events: Sequence[Arrived]
) -> tuple[int, EventArrived | None]:
    """Return the first event that ended the wait before its time, and its place; else none."""
    held = Held(
        enrollment_id=traveller.enrollment_id,
        plan=traveller.plan,
        contact_id=traveller.contact_id,
        entry_key=traveller.entry_key,
        status=traveller.status,
        node=traveller.node,
        entered_at=traveller.entered_at,
        arrived_at=traveller.arrived_at,
        wake_at=wake_at,
        has_signal=False,
    )
    for place, one in enumerate(events):
        if one.occurred_at > wake_at:
            break
        wake = find_wake(one, held)
        if wake is not None and isinstance(wake.signal, EventArrived):
            return place, wake.signal
    return 0, None
