"""What a simulation came to: each contact's story, and what all of them add up to. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from engine.journeys.deciding.notes import read_wait
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.simulation.given import Answers, Marked, Received, What
from engine.journeys.simulation.setting import Setting
from engine.journeys.simulation.simulate import Lived
from engine.journeys.simulation.stay import Intended, Leg, Stay
from engine.journeys.why.words import list_read
from engine.language.say import say
from engine.messages.states import MessageState
from engine.when.local import local_date
from engine.when.zones import get_zone

STAYED: Final = "waiting"
ENDS: Final[Mapping[EnrollmentStatus, str]] = {
    EnrollmentStatus.DUE: STAYED,
    EnrollmentStatus.WAITING: STAYED,
    EnrollmentStatus.COMPLETED: "completed",
    EnrollmentStatus.EXITED: "exited",
    EnrollmentStatus.FAILED: "failed",
}
FATES: Final[Mapping[MessageState, str]] = {
    MessageState.QUEUED: "held",
    MessageState.SENT: "sent",
    MessageState.SKIPPED: "skipped",
    MessageState.CANCELLED: "cancelled",
    MessageState.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class PathPart:
    """A node on a contact's path; without a way it stays, or left early.

    Attributes:
        until: where it waits: until when.
        zone: by which zone that was found.
        details: what was read there and decided by, a line each.
    """

    at: datetime
    node: str
    way: str | None
    until: datetime | None = None
    zone: str | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageStory:
    """One message or call.

    Attributes:
        at: when it was intended.
        fate: sent, skipped, held, cancelled or failed.
        settled_at: when that was; of a held one, until when.
    """

    at: datetime
    node: str
    channel: str
    template: str | None
    fate: str
    reason: str
    settled_at: datetime | None
    marks: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class StayStory:
    """One enrollment.

    Attributes:
        end: completed, exited, failed, or waiting where it is still under way.
        until: of one that waits: when it would be decided again.
    """

    entry_key: str
    entered_at: datetime
    path: tuple[PathPart, ...]
    messages: tuple[MessageStory, ...]
    goals: Mapping[str, datetime]
    notices: tuple[tuple[datetime, str, str], ...]
    end: str
    reason: str | None
    ended_at: datetime | None
    node: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ContactStory:
    """What became of one contact; refused entries with the gate that said no."""

    contact: str
    stays: tuple[StayStory, ...]
    refused: tuple[tuple[datetime, str], ...]


@dataclass(slots=True)
class NodeFigures:
    """People at one node: arrivals, ways taken by label, left early by reason, waiting at the end."""

    entered: int = 0
    ways: dict[str, int] = field(default_factory=dict)
    exited: dict[str, int] = field(default_factory=dict)
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class DayOfMessages:
    """What left a node on one day of the instance's own calendar, by fate and reason."""

    day: str
    node: str
    fates: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all contacts add up to.

    Attributes:
        ends: enrollments by how they ended; exits and failures with their reason.
        never_taken: (node, way) that nobody took, of nodes that somebody reached.
        never_reached: nodes.
        dead_ends: nodes at which people still wait, and how many.
        refused: entries by the gate that said no.
        stories: of as many contacts as were asked for.
    """

    journey: str
    begins_at: datetime
    until: datetime
    contacts: int
    entered: int
    ends: Mapping[str, int]
    nodes: Mapping[str, NodeFigures]
    messages: tuple[DayOfMessages, ...]
    goals: Mapping[str, int]
    never_taken: tuple[tuple[str, str], ...]
    never_reached: tuple[str, ...]
    dead_ends: Mapping[str, int]
    refused: Mapping[str, int]
    warnings: tuple[str, ...]
    stories: tuple[ContactStory, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the API answers it."""
        return asdict(self)


def sum_up(
    setting: Setting, lived: Sequence[Lived], *, most_stories: int, warnings: Sequence[str] = ()
) -> Outcome:
    """Return what became of these contacts.

    Args:
        setting: of the simulation.
        lived: every contact.
        most_stories: so many contacts are told of one by one, those that entered first.
        warnings: what the reader should know of where the contacts came from.
    """
    plan = setting.plan
    stays = [stay for one in lived for stay in one.stays]
    nodes = _count_nodes(plan, stays)
    ends = Counter(_name_end(stay) for stay in stays)
    refused = Counter(one.refusal.value for each in lived for _, one in each.refused)
    missed = sorted({describe_missed(what) for each in lived for _, what in each.missed})
    told = [*warnings, *_list_warnings(lived, stays), *missed]
    chosen = sorted(lived, key=lambda one: not one.stays)[:most_stories]
    return Outcome(
        journey=plan.key,
        begins_at=setting.begins_at,
        until=setting.until,
        contacts=len(lived),
        entered=len(stays),
        ends=dict(sorted(ends.items())),
        nodes=nodes,
        messages=_count_messages(stays, setting.default_zone),
        goals=dict(Counter(goal for stay in stays for goal in stay.goals)),
        never_taken=tuple(_list_untaken(plan, nodes)),
        never_reached=tuple(key for key, figures in nodes.items() if not figures.entered),
        dead_ends={key: figures.waiting for key, figures in nodes.items() if figures.waiting},
        refused=dict(sorted(refused.items())),
        warnings=tuple(told),
        stories=tuple(tell_story(one) for one in chosen),
    )


def describe_missed(what: What) -> str:
    """Return why something that was given came to nothing."""
    match what:
        case Answers(node):
            return say("{node}: nobody was being asked when it was to be answered", node=node)
        case Marked(node) | Received(answers=node):
            return say(
                "{node}: no message had been handed over when something was to become of it",
                node=node,
            )
        case _:
            raise TypeError(what)


def tell_story(lived: Lived) -> ContactStory:
    """Return one contact's story."""
    return ContactStory(
        contact=lived.persona.shown_as,
        stays=tuple(_tell_stay(stay) for stay in lived.stays),
        refused=tuple((at, one.refusal.value) for at, one in lived.refused),
    )


def _tell_stay(stay: Stay) -> StayStory:
    plan = stay.plan
    return StayStory(
        entry_key=stay.entry_key,
        entered_at=stay.entered_at,
        path=tuple(_tell_leg(plan, leg) for leg in stay.legs),
        messages=tuple(_tell_message(message) for message in stay.messages),
        goals={name: reached.at for name, reached in stay.goals.items()},
        notices=tuple(stay.notices),
        end=ENDS[stay.status],
        reason=stay.reason,
        ended_at=stay.ended_at,
        node=plan.keys[stay.node],
        until=stay.wake_at if stay.is_active else None,
    )


def _tell_leg(plan: Plan, leg: Leg) -> PathPart:
    until, zone, _ = read_wait(leg.noted) or (None, None, None)
    return PathPart(
        leg.at,
        plan.keys[leg.node],
        None if leg.way is None else plan.ways[leg.node][leg.way].label,
        until,
        zone,
        list_read(plan, leg.node, leg.noted),
    )


def _tell_message(message: Intended) -> MessageStory:
    return MessageStory(
        at=message.created_at,
        node=message.node,
        channel=message.channel,
        template=message.template,
        fate=FATES[message.state],
        reason=str(message.reason),
        settled_at=message.due_at if message.is_open else message.settled_at,
        marks=dict(message.marks),
    )


def _count_nodes(plan: Plan, stays: Sequence[Stay]) -> dict[str, NodeFigures]:
    nodes = {key: NodeFigures() for key in plan.keys}
    for stay in stays:
        for place in stay.arrivals:
            nodes[plan.keys[place]].entered += 1
        for leg in stay.legs:
            if leg.way is not None:
                label = plan.ways[leg.node][leg.way].label
                ways = nodes[plan.keys[leg.node]].ways
                ways[label] = ways.get(label, 0) + 1
        here = nodes[plan.keys[stay.node]]
        if stay.is_active:
            here.waiting += 1
        elif stay.reason is not None:
            here.exited[stay.reason] = here.exited.get(stay.reason, 0) + 1
    return nodes


def _count_messages(stays: Sequence[Stay], zone: str) -> tuple[DayOfMessages, ...]:
    calendar = get_zone(zone)
    days: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for stay in stays:
        for message in stay.messages:
            day = local_date(message.settled_at or message.due_at, calendar).isoformat()
            fate = FATES[message.state]
            days[day, message.node][f"{fate}: {message.reason}" if message.reason else fate] += 1
    return tuple(
        DayOfMessages(day, node, dict(sorted(fates.items())))
        for (day, node), fates in sorted(days.items())
    )


def _list_untaken(plan: Plan, nodes: Mapping[str, NodeFigures]) -> list[tuple[str, str]]:
    return [
        (key, way.label)
        for place, key in enumerate(plan.keys)
        if nodes[key].entered
        for way in plan.ways[place]
        if way.label not in nodes[key].ways
    ]


def _list_warnings(lived: Sequence[Lived], stays: Sequence[Stay]) -> list[str]:
    if not lived:
        return [say("there are no contacts")]
    if not stays:
        return [say("nobody entered")]
    failed = sorted({stay.reason or "" for stay in stays if stay.status is EnrollmentStatus.FAILED})
    return [say("set aside: {reason}", reason=reason) for reason in failed]


def _name_end(stay: Stay) -> str:
    end = ENDS[stay.status]
    return f"{end}: {stay.reason}" if stay.reason else end
