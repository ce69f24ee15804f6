"""What a node is told, and what it may answer.

A node reads `Facts` and answers a `Decision`: effects to perform, in order, then how to go on. It
touches nothing. The runner performs a decision; the simulator and "why?" print it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from engine.rules.conditions import Condition
from engine.rules.counters import Event
from engine.rules.evaluate import ContactState
from engine.when.best_hours import NO_READING, Reading
from engine.when.holidays import NO_HOLIDAYS, HolidayCalendar
from engine.when.zones import Zone

# --- outcomes: how to go on -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Advance:
    """Go out by the way called `path`: `next`, a label, or a corner such as `timeout`."""

    path: str = "next"


@dataclass(frozen=True, slots=True)
class Sleep:
    """Stay until `until` (UTC), then decide again. Nothing that happens ends it early."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Await:
    """Stay until something expected happens, but not past `until` (UTC); then decide again."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave the journey here."""

    reason: str


Outcome = Advance | Sleep | Await | Leave

# --- effects: changes to perform --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Intend one message to the contact of this enrollment.

    Attributes:
        data: values for the template, holes filled.
        waits: whether the node waits for what becomes of it; else a failure is handled alone.
        exits_on_error: a failure ends the enrollment, wherever it is by then.
        on_cap: what becomes of it over a sending limit; None: as the limit says.
        hold_for: with `on_cap` hold, at most so long.
        once_per: it goes to a contact once per node, journey or template.
        tried: channels by which the node has tried before it in this visit.
        sender: of a letter: a registered one; None: the node names nobody.
    """

    channel: Literal["email", "sms", "push"]
    template: str
    topic: str
    message_class: Literal["marketing", "transactional"]
    data: Mapping[str, Any] = field(default_factory=dict)
    expires_at: datetime | None = None
    quiet_hours: Literal["hold", "skip", "ignore"] = "hold"
    unknown_outcome: Literal["resend", "no_resend"] | None = None
    waits: bool = False
    exits_on_error: bool = True
    on_cap: Literal["skip", "hold", "exit"] | None = None
    hold_for: timedelta | None = None
    once_per: Literal["node", "journey", "template"] | None = None
    tried: tuple[str, ...] = ()
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class CallWebhook:
    """Call another system; the node waits for its answer.

    Attributes:
        endpoint: key of a configured target; None with a URL.
        timeout: seconds for the whole call.
    """

    method: str
    endpoint: str | None
    url: str | None
    headers: Mapping[str, str]
    body: Any
    timeout: float


@dataclass(frozen=True, slots=True)
class UpdateContact:
    """Change attributes: set these, remove those, add to numbers."""

    set: Mapping[str, Any] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    increment: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeTags:
    """Add and remove tags."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeConsent:
    """Keep a choice of the contact for a topic and channel.

    Attributes:
        confirmed_by: key of the node whose letter the contact clicked to say so.
    """

    topic: str
    channel: str
    choice: Literal["subscribed", "unsubscribed"]
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EmitEvent:
    """Let something happen to the contact."""

    name: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StartJourney:
    """Ask the journey of this key to let the contact in, with this data."""

    journey: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StopJourney:
    """End the contact's other enrollments in the journey of this key.

    Attributes:
        entry_key: of the only one that is meant; None: all of them.
    """

    journey: str
    entry_key: str | None = None


@dataclass(frozen=True, slots=True)
class SaveContext:
    """Keep values in the enrollment's context, by dotted name."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AssignArm:
    """Remember which arm of a split the contact got.

    Attributes:
        instead_of: the arm it held, which is not there any more.
    """

    salt: str
    label: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class ReachGoal:
    """Mark a goal of the journey as reached."""

    goal: str


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell a colleague."""

    to: str
    words: str


@dataclass(frozen=True, slots=True)
class AskColleague:
    """Ask a colleague; the node waits for the answer.

    Attributes:
        answers: labels to choose from.
        form: fields to fill in, as documents write them.
        due_at: when the enrollment goes on without an answer.
        escalate_at: when `escalate_to` is told that nobody has answered; None: nobody else is.
    """

    to: str
    words: str
    answers: tuple[str, ...]
    form: tuple[Mapping[str, Any], ...]
    due_at: datetime
    escalate_at: datetime | None = None
    escalate_to: str | None = None


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """Take back what this node asks: nobody has answered in time."""


Effect = (
    SendMessage
    | CallWebhook
    | UpdateContact
    | ChangeTags
    | ChangeConsent
    | EmitEvent
    | StartJourney
    | StopJourney
    | SaveContext
    | AssignArm
    | ReachGoal
    | Notify
    | AskColleague
    | CloseQuestion
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Effects to perform, in order, then how to go on.

    Attributes:
        notes: what it was decided by besides conditions, for "why?": names and short values.
    """

    outcome: Outcome
    effects: tuple[Effect, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)


# --- facts: what a node may know --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventArrived:
    """An event matched one of the paths that the node waits for.

    Attributes:
        path: the label of the path.
    """

    path: str
    event: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MessageSettled:
    """What became of this node's message or call.

    Attributes:
        fate: sent (handed over, or answered well), skipped (a gate refused), failed.
        answer: of a call: status, headers (lower-case names), body.
        channel: by which it was to go.
        tried: channels by which its node had tried before it in this visit.
    """

    fate: Literal["sent", "skipped", "failed"]
    reason: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A colleague answered what this node asks.

    Attributes:
        values: of the form, by the names of its fields.
    """

    label: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recheck:
    """Something happened that a condition waited for here may have been changed by."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """A colleague ended the wait: what waits for time goes on as if its time were over."""


Signal = EventArrived | MessageSettled | Answered | Recheck | GoOn


@dataclass(slots=True)
class Facts:
    """What a node may know; one is made for each visit. Instants are aware, UTC.

    Attributes:
        now: the instant of this decision.
        arrived_at: when the enrollment reached this node; waits count from it, so that a late or
            repeated run answers the same.
        entered_at: when it entered the journey.
        journey: key.
        node: key of this node.
        visit: which arrival at this node this is, from 1.
        contact_uid: the contact's outside id, which splits hash.
        zone: in which local times are read (rule 22).
        holidays: of the journey's settings; waits that skip them ask it.
        state: the contact and the enrollment as conditions see them.
        holds: answers a condition for this contact at `now`.
        signal: what ended the wait before its time, if anything.
        is_first: whether this is the first decision of this visit.
        arms: arms of splits this contact holds already, by salt.
        winners: arms that new arrivals of splits take, by the key of the node.
        past_events: events of this contact that the version asks to look back for.
        entry_key: tells this enrollment from others of its subject; empty if there is one only.
        entry_place: where the trigger's event carried the entry key.
        contact: fields of the contact besides its attributes, for holes; what is empty is left out.
        turn_at: when it may go through the throttle it stands at; None if it has not asked yet.
        reading: when the contact, and all, read letters, where the version asks for it.
    """

    now: datetime
    arrived_at: datetime
    entered_at: datetime
    journey: str
    node: str
    visit: int
    contact_uid: str
    zone: Zone
    state: ContactState
    holds: Callable[[Condition], bool]
    signal: Signal | None = None
    is_first: bool = True
    arms: Mapping[str, str] = field(default_factory=dict)
    winners: Mapping[str, str] = field(default_factory=dict)
    past_events: Sequence[Event] = ()
    entry_key: str = ""
    entry_place: str | None = None
    contact: Mapping[str, Any] = field(default_factory=dict)
    holidays: HolidayCalendar = NO_HOLIDAYS
    turn_at: datetime | None = None
    reading: Reading = NO_READING
