"""What "why?" answers: facts with their reasons, and sentences for people (rule 131). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.language.say import say
from engine.rules.explain import show_verdict


@dataclass(frozen=True, slots=True)
class About:
    """The journey."""

    key: str
    name: str
    state: str
    version: int | None
    published_at: datetime | None
    paused_at: datetime | None
    paused_for: str | None
    trigger: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Whom:
    """The contact, and by which clock its local times are read (rule 22)."""

    id: str
    external_id: str | None
    email: str | None
    timezone: str
    timezone_source: str


@dataclass(frozen=True, slots=True)
class Seen:
    """An event of the trigger's name.

    Attributes:
        reason: why it let nobody in: of `Disregard` or `Refusal`; None if it did, or would.
        enrollment: which it let in.
        details: the questions asked and what was found, a line each.
    """

    event: int
    name: str
    occurred_at: datetime
    received_at: datetime
    mode: str
    reason: str | None
    enrollment: int | None
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of entry, as it would answer now.

    Attributes:
        passes: None where it depends on an event that is not there.
        reason: of `Refusal`, or of the message's gate `holdout`.
    """

    name: str
    passes: bool | None
    reason: str | None
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The last entry that was refused, as it was kept then."""

    at: datetime
    reason: str
    event: int | None
    times: int
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a node: when, which visit, what it read, and the way it took.

    Attributes:
        way: None where it stayed, or left early.
        until: where it waits: until when.
    """

    at: datetime
    node: str
    kind: str
    visit: int
    way: str | None
    sentence: str
    details: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """An event that a wait was for, told after the time was over (rule 43)."""

    event: int
    name: str
    node: str
    path: str
    occurred_at: datetime
    received_at: datetime
    deadline: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class MessageTold:
    """A message of an enrollment, and what became of it."""

    id: str
    node: str
    visit: int
    channel: str
    template: str | None
    template_version: int | None
    state: str
    reason: str | None
    details: str | None
    created_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None
    bounced_at: datetime | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal that was reached; once an enrollment, however often it happens (rule 128).

    Attributes:
        message: the last one that had arrived before; None: it counts for the enrollment alone.
    """

    goal: str
    at: datetime
    value: str | None
    event: int | None
    message: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Journeyed:
    """One enrollment: how it came in, where it went, and where it is.

    Attributes:
        status: due, waiting, completed, exited, or failed (set aside).
        node: where it is, or was when it ended.
        until: until when it waits there.
    """

    id: int
    version: int
    entry_key: str
    status: str
    entered_at: datetime
    node: str
    until: datetime | None
    ended_at: datetime | None
    reason: str | None
    entry: str
    sentence: str
    visits: tuple[Visit, ...] = ()
    messages: tuple[MessageTold, ...] = ()
    late: tuple[Late, ...] = ()
    goals: tuple[Reached, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Everything about one contact and one journey; `verdict` is the answer in one sentence."""

    verdict: str
    journey: About
    contact: Whom
    seen: tuple[Seen, ...]
    trigger: str
    gates: tuple[Gate, ...]
    refused: Refused | None
    enrollments: tuple[Journeyed, ...]

    def render(self) -> str:
        """Return it as text for a terminal, the verdict first."""
        return "\n".join(self._list_lines())

    def _list_lines(self) -> Iterator[str]:
        yield self.verdict
        yield from ("", say("Journey {key}", key=self.journey.key), f"  {self.journey.sentence}")
        known = [one for one in (self.contact.external_id, self.contact.email) if one]
        about = ", ".join((self.contact.id, *known))
        yield from ("", say("Contact {about}", about=about))
        yield "  " + say("its clock: {zone}", zone=self.contact.timezone)
        yield from ("", say("Trigger"), f"  {self.trigger}")
        for seen in self.seen:
            yield from _list_told(seen.sentence, seen.details)
        if self.gates:
            yield from ("", say("Would it enter now?"))
        for gate in self.gates:
            mark = say("open") if gate.passes is None else show_verdict(gate.passes)
            yield from _list_told(f"{gate.name}: {mark}. {gate.sentence}", gate.details)
        if self.refused is not None:
            yield from (
                "",
                say("Last refused"),
                *_list_told(self.refused.sentence, self.refused.details),
            )
        for one in self.enrollments:
            which = say("Enrollment {id}, version {version}", id=one.id, version=one.version)
            yield from ("", which, f"  {one.entry}")
            for visit in one.visits:
                yield from _list_told(visit.sentence, visit.details)
            yield from (f"  {message.sentence}" for message in one.messages)
            yield from (f"  {late.sentence}" for late in one.late)
            yield from (f"  {goal.sentence}" for goal in one.goals)
            yield f"  {one.sentence}"


def _list_told(sentence: str, details: tuple[str, ...]) -> Iterator[str]:
    yield f"  {sentence}"
    for line in details:
        yield f"      {line}"
