"""Tests of a journey run in the simulator: what was expected held against what came. Pure."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.document.json_text import write_json
from engine.document.paths import MISSING, get_path
from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.definition.case_file import (
    Case,
    CaseFile,
    Ends,
    Exited,
    ExpectedMessage,
    ExpectedStay,
    Failed,
    WaitingAt,
)
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.definition.journey import Journey
from engine.journeys.simulation.outcome import ENDS, describe_missed
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.scene import Scene, plan_draft
from engine.journeys.simulation.simulate import Lived, simulate
from engine.journeys.simulation.stay import Intended, Stay
from engine.messages.states import MessageState
from engine.segments.judging import SavedSegment
from engine.when.local import local_wall

NOTHING: Final = "(nothing)"


@dataclass(frozen=True, slots=True)
class Tried:
    """What one case came to.

    Attributes:
        differences: one for each thing that was not as expected, several lines each.
    """

    name: str
    differences: tuple[str, ...]

    @property
    def is_as_expected(self) -> bool:
        """Whether everything came as it was expected."""
        return not self.differences


def try_cases(
    journey: Journey, cases: CaseFile, catalogues: Sequence[CatalogueFile], *, default_zone: str
) -> list[Tried]:
    """Return what each case came to, in their order.

    Raises:
        InvalidJourney: the journey contradicts itself.
    """
    plan = plan_draft(journey)
    segments = [
        SavedSegment(each.key, each.condition) for file in catalogues for each in file.segments
    ]
    topics = [each for file in catalogues for each in file.topics]
    implied = frozenset(each.key for each in topics if each.opt_in == "implied")
    return [
        _Trial(
            Scene(
                plan,
                case,
                case.name,
                segments=segments,
                implied_topics=implied,
                default_zone=default_zone,
            ),
            case,
        ).run()
        for case in cases.cases
    ]


class _Trial:
    def __init__(self, scene: Scene, case: Case) -> None:
        self._scene, self._case = scene, case

    def run(self) -> Tried:
        """Let the contact live, and hold what came of it against what is expected."""
        expect, places = self._case.expect, self._scene.plan.places
        named = [*expect.not_sent, *expect.skipped]
        named += [one.node for one in expect.messages or () if one.node is not None]
        problems = {f"there is no node {key!r}" for key in named if key not in places}
        problems |= set(self._scene.list_problems())
        if problems:
            return Tried(self._case.name, tuple(sorted(problems)))
        [lived] = simulate(self._scene.setting, [self._scene.build_persona()])
        return Tried(self._case.name, tuple(self._compare(lived)))

    # --- what was expected, what came ---

    def _compare(self, lived: Lived) -> Iterator[str]:
        expect = self._case.expect
        for at, what in lived.missed:
            yield f"given at {self._show(at)}: {describe_missed(what)}"
        messages = sorted(lived.list_messages(), key=lambda one: one.settled_at or one.due_at)
        sent = [message for message in messages if message.state is MessageState.SENT]
        if expect.messages is not None:
            yield from self._compare_messages(expect.messages, sent)
        yield from self._compare_unsent(lived)
        if expect.enrollments is not None:
            yield from self._compare_stays(expect.enrollments, lived.stays)
        if any(part is not None for part in (expect.path, expect.ends, expect.goals)):
            yield from self._compare_only(expect, lived.stays)
        if expect.refused is not None:
            refused = [one.refusal.value for _, one in lived.refused]
            yield from _differ("refused", expect.refused, refused)
        if expect.notices is not None:
            notices = sorted(notice for stay in lived.stays for notice in stay.notices)
            yield from _differ("notices", expect.notices, [words for _, _, words in notices])
        yield from self._compare_attributes(lived.persona)

    def _compare_messages(
        self, expected: Sequence[ExpectedMessage], sent: Sequence[Intended]
    ) -> Iterator[str]:
        """Show only what is expected: time and template where they are asked for."""
        wanted = [self._show_expected(one) for one in expected]
        came: list[str] = []
        for place, message in enumerate(sent):
            like = expected[place] if place < len(expected) else None
            came.append(self._show_message(message, like))
        yield from _differ("messages", wanted, came)
        for one, message in zip(expected, sent, strict=False):
            for path, value in (one.data or {}).items():
                found = get_path(message.data, path)
                shown = NOTHING if found is MISSING else write_json(found)
                yield from _differ(f"data {path} of {message.node}", [write_json(value)], [shown])

    def _show_expected(self, one: ExpectedMessage) -> str:
        name = one.node if one.node is not None else f"template {one.template}"
        return name if one.at is None else f"{name} at {self._show(self._read_time(one.at))}"

    def _show_message(self, message: Intended, like: ExpectedMessage | None) -> str:
        by_template = like is not None and like.template is not None
        name = f"template {message.template}" if by_template else message.node
        if like is not None and like.at is None:
            return name
        return f"{name} at {self._show(message.settled_at or message.due_at)}"

    def _compare_unsent(self, lived: Lived) -> Iterator[str]:
        for message in lived.list_messages():
            is_sent = message.state is MessageState.SENT
            if is_sent and message.node in self._case.expect.not_sent:
                at = self._show(message.settled_at or message.due_at)
                yield f"not_sent: {message.node} was handed over at {at}"
        reasons: dict[str, str] = {}
        for message in lived.list_messages():
            if message.state is MessageState.SKIPPED:
                reasons[message.node] = str(message.reason)
        for node, reason in self._case.expect.skipped.items():
            yield from _differ(f"skipped {node}", [reason], [reasons.get(node, NOTHING)])

    def _compare_only(self, expected: ExpectedStay, stays: Sequence[Stay]) -> Iterator[str]:
        if len(stays) == 1:
            yield from self._compare_stay("", expected, stays[0])
        elif not stays:
            yield "enrollments: nobody entered"
        else:
            yield (
                f"enrollments: there are {len(stays)}; say in 'enrollments' what is expected of each"
            )

    def _compare_stays(
        self, expected: Sequence[ExpectedStay], stays: Sequence[Stay]
    ) -> Iterator[str]:
        if len(expected) != len(stays):
            keys = ", ".join(stay.entry_key or self._show(stay.entered_at) for stay in stays)
            yield f"enrollments: expected {len(expected)}, came {len(stays)} ({keys or 'none'})"
            return
        for number, (one, stay) in enumerate(zip(expected, stays, strict=True), 1):
            yield from self._compare_stay(f"enrollment {number}: ", one, stay)

    def _compare_stay(self, where: str, expected: ExpectedStay, stay: Stay) -> Iterator[str]:
        if expected.entry_key is not None:
            yield from _differ(f"{where}entry_key", [expected.entry_key], [stay.entry_key])
        if expected.path is not None:
            walked = list_walked(stay)
            padded = [*walked, *([NOTHING] * len(expected.path))]
            came = [
                part if ": " in wanted else part.partition(": ")[0]
                for wanted, part in zip(expected.path, padded, strict=False)
                if part != NOTHING
            ]
            yield from _differ(f"{where}path", expected.path, [*came, *walked[len(came) :]])
        if expected.ends is not None:
            wanted, came_to = self._show_ends(expected.ends, stay)
            yield from _differ(f"{where}ends", [wanted], [came_to])
        if expected.goals is not None:
            yield from _differ(f"{where}goals", sorted(expected.goals), sorted(stay.goals))

    def _show_ends(self, expected: Ends, stay: Stay) -> tuple[str, str]:
        """Return both ends in like words."""
        node = stay.plan.keys[stay.node]
        came = f"{ENDS[stay.status]}: {stay.reason}" if stay.reason else ENDS[stay.status]
        if stay.is_active:
            came = f"waiting at {node}"
        match expected:
            case Exited(exited=reason):
                return f"exited: {reason}", came
            case WaitingAt(waiting_at=place, until=None):
                return f"waiting at {place}", came
            case WaitingAt(waiting_at=place, until=str(until)):
                wake = f" until {self._show(stay.wake_at)}" if stay.wake_at else ""
                wanted = f"waiting at {place} until {self._show(self._read_time(until))}"
                return wanted, f"{came}{wake}"
            case Failed(failed=part):
                is_it = stay.status is EnrollmentStatus.FAILED and part in (stay.reason or "")
                return (came, came) if is_it else (f"failed: {part}", came)
            case _:
                return "completed", came

    def _compare_attributes(self, persona: Persona) -> Iterator[str]:
        for path, value in self._case.expect.attributes.items():
            found = get_path(persona.dossier.attributes, path)
            shown = NOTHING if found is MISSING else write_json(found)
            yield from _differ(f"attribute {path}", [write_json(value)], [shown])

    def _read_time(self, text: str) -> datetime:
        return self._scene.read_time(text)

    def _show(self, at: datetime) -> str:
        """Return a time as the contact's clock shows it."""
        wall = local_wall(at, self._scene.zone)
        precision = "seconds" if wall.second or wall.microsecond else "minutes"
        return f"{wall.strftime('%a')} {wall.isoformat(' ', precision)}"


def list_walked(stay: Stay) -> list[str]:
    """Return a path as tests write it: each node with the way taken; the last one may have none."""
    plan, last = stay.plan, len(stay.legs) - 1
    walked: list[str] = []
    for place, leg in enumerate(stay.legs):
        key = plan.keys[leg.node]
        if leg.way is not None:
            walked.append(f"{key}: {plan.ways[leg.node][leg.way].label}")
        elif place == last:
            walked.append(key)
    return walked


def _differ(what: str, expected: Iterable[str], came: Iterable[str]) -> Iterator[str]:
    """Yield what differs, line by line: - was expected, + came."""
    wanted, found = list(expected), list(came)
    if wanted != found:
        lines = (line for line in difflib.ndiff(wanted, found) if not line.startswith("?"))
        yield "\n".join([what, *(f"  {line.rstrip()}" for line in lines)])
