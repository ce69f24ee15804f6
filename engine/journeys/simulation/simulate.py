"""The engine's own decisions on a clock that only jumps: nothing is written, nothing leaves. Pure.

Each contact is a `Persona` in memory. What is due at an instant is done in the order in which an
instance with nothing else to do would do it: what happened, what was waited for, due enrollments,
due messages; until nothing is due any more. Then the clock jumps to what comes next.
Contacts share only what they share in an instance: the room in a journey.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from engine.errors import TooMuch
from engine.events.arrivals import Arrived
from engine.journeys.deciding.admission import Admission, Refused, SubjectKey
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.gates import Candidate
from engine.journeys.deciding.groups import give_group
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.known_record import read_values
from engine.journeys.deciding.lateness import LateBook
from engine.journeys.deciding.looking import look_at
from engine.journeys.deciding.matching import find_goals
from engine.journeys.deciding.plan import Plan
from engine.journeys.deciding.reacting import Reaction
from engine.journeys.deciding.turns import Line, LineKey, call_up, find_line
from engine.journeys.deciding.walk import walk
from engine.journeys.simulation.entering import list_firings
from engine.journeys.simulation.given import Answers, Escalates, LetIn, What
from engine.journeys.simulation.performing import perform
from engine.journeys.simulation.persona import Persona
from engine.journeys.simulation.post import hand_over, tell_of
from engine.journeys.simulation.questions import answer, escalate
from engine.journeys.simulation.setting import Setting
from engine.journeys.simulation.stay import Intended, Stay, begin_stay
from engine.journeys.simulation.watching import Noticed, Watches
from engine.language.say import say
from engine.segments.judging import Transition, judge_members

MOST_TURNS: Final = 1_000
"""At one instant for one contact; more means that events lead to events without end."""
TOLD_EVERY: Final = 100


@dataclass(slots=True)
class Lived:
    """What became of one contact.

    Attributes:
        refused: entries that a gate refused, and when.
        missed: what came to nothing: of messages that had not been handed over by then, of
            questions that nobody asked.
    """

    persona: Persona
    stays: list[Stay] = field(default_factory=list)
    refused: list[tuple[datetime, Refused]] = field(default_factory=list)
    missed: list[tuple[datetime, What]] = field(default_factory=list)
    watches: Watches = field(default_factory=Watches)

    def list_messages(self) -> list[Intended]:
        """Return all messages and calls."""
        return [message for stay in self.stays for message in stay.messages]


def simulate(
    setting: Setting,
    personas: Sequence[Persona],
    *,
    tell: Callable[[int, datetime], None] = lambda _passes, _now: None,
) -> list[Lived]:
    """Let these contacts live until the setting's end; answer what became of each.

    Args:
        setting: what is simulated, and under which assumptions.
        personas: the contacts; they are changed.
        tell: told now and then how often something was due, and what the clock shows; may raise
            to break off.

    Raises:
        TooMuch: something goes round at one instant without end.
    """
    return _Simulation(setting, personas).run(tell)


class Room:
    """How many may still enter the one journey that is simulated."""

    def __init__(self, left: int | None) -> None:
        self._left = left

    def find(self, _plan: Plan) -> int | None:
        """Return how many; None without a cap."""
        return self._left

    def take(self, _plan: Plan) -> None:
        """Note that one more has entered."""
        if self._left is not None:
            self._left -= 1


class _Simulation:
    def __init__(self, setting: Setting, personas: Sequence[Persona]) -> None:
        self._setting = setting
        self._plan = setting.plan
        self._lived = [Lived(persona) for persona in personas]
        self._room = Room(self._plan.document.entry.at_most)
        self._late = LateBook()
        self._lines: dict[LineKey, Line] = {}
        self._entered: dict[SubjectKey, datetime] = {}
        self._inside: set[SubjectKey] = set()
        self._events = 0
        self._stays = 0

    def run(self, tell: Callable[[int, datetime], None]) -> list[Lived]:
        """Go from instant to instant."""
        agenda: list[tuple[datetime, int]] = []
        for place, lived in enumerate(self._lived):
            self._begin(lived)
            self._put_down(agenda, place, lived)
        turns = 0
        while agenda:
            now, place = heapq.heappop(agenda)
            lived = self._lived[place]
            self._live(lived, now)
            self._put_down(agenda, place, lived)
            turns += 1
            if turns % TOLD_EVERY == 0:
                tell(turns, now)
        return self._lived

    def _begin(self, lived: Lived) -> None:
        """The journey goes live: who is known by then is listened to, and is in segments or not."""
        persona, begins_at = lived.persona, self._setting.begins_at
        everywhere = self._setting.holdout_percent
        persona.arms = give_group(self._plan, persona.build_person(), everywhere)
        persona.expect(
            list_firings(
                self._plan,
                persona,
                after=begins_at,
                until=self._setting.until,
                default_zone=self._setting.default_zone,
            )
        )
        if persona.created_at > begins_at:
            return
        self._judge(persona, begins_at)
        lived.watches.listen(
            self._plan,
            persona.build_person(),
            persona.records,
            now=begins_at,
            default_zone=self._setting.default_zone,
        )

    def _put_down(self, agenda: list[tuple[datetime, int]], place: int, lived: Lived) -> None:
        """Note when something is due next for a contact, if that is within the time spanned."""
        coming = [lived.persona.next_at, lived.persona.recheck_at, lived.watches.next_at]
        coming += [late.until for late in self._late.list_of(lived.persona.contact_id)]
        for stay in lived.stays:
            if stay.is_active:
                coming.append(stay.wake_at)
            coming += [message.due_at for message in stay.messages if message.is_open]
        at = min((one for one in coming if one is not None), default=None)
        if at is not None and at <= self._setting.until:
            heapq.heappush(agenda, (max(at, self._setting.begins_at), place))

    def _live(self, lived: Lived, now: datetime) -> None:
        """Do everything that is due for a contact."""
        asker = Asker(now=now, default_zone=self._setting.default_zone)
        for _ in range(MOST_TURNS):
            did = self._happen(lived, asker)
            did |= self._release(lived, asker)
            did |= self._advance(lived, asker)
            did |= self._post(lived, now)
            if not did:
                return
        msg = say(
            "{shown_as}: events lead to events without end at {at}",
            shown_as=lived.persona.shown_as,
            at=now.isoformat(),
        )
        raise TooMuch(msg)

    # --- what happened ---

    def _happen(self, lived: Lived, asker: Asker) -> bool:
        persona, now = lived.persona, asker.now
        taken = persona.take(now)
        is_recheck = persona.recheck_at is not None and persona.recheck_at <= now
        if not taken and not is_recheck:
            return False
        events = [event for what in taken for event in self._take_in(lived, what, now)]
        transitions = self._judge(persona, now)
        if events or transitions:
            self._react(lived, events, transitions, asker)
        for what in taken:
            match what:
                case LetIn():
                    self._let_in(lived, what, asker)
                case Answers():
                    if not answer(lived.stays, what, now=now) and what.of is None:
                        lived.missed.append((now, what))
                case Escalates():
                    escalate(lived.stays, what, now=now)
                case _:
                    pass
        return True

    def _take_in(self, lived: Lived, what: What, now: datetime) -> list[Arrived]:
        events: list[Arrived] = []
        told = tell_of(lived.persona, lived.list_messages, what, now=now)
        if told is None:
            lived.missed.append((now, what))
        for one in told or ():
            self._events += 1
            event = lived.persona.take_in(one, self._events, now=now)
            events += [] if event is None else [event]
        return events

    def _judge(self, persona: Persona, now: datetime) -> Sequence[Transition]:
        """Keep the contact's memberships up; answer what changed."""
        if not self._setting.segments:
            persona.recheck_at = None
            return ()
        judged = judge_members(
            self._setting.segments,
            persona.contact_id,
            persona.build_person().state,
            persona.segments,
            now=now,
            default_zone=self._setting.default_zone,
        )
        for one in judged.transitions:
            change = frozenset({one.segment})
            entered = one.change == "entered"
            persona.segments = persona.segments | change if entered else persona.segments - change
        rechecks = (at for at in judged.rechecks.values() if at is not None)
        persona.recheck_at = min(rechecks, default=None)
        return judged.transitions

    def _react(
        self,
        lived: Lived,
        events: Sequence[Arrived],
        transitions: Sequence[Transition],
        asker: Asker,
    ) -> None:
        admission = self._open_admission(asker)
        noticed = Noticed(self._plan, now=asker.now, default_zone=asker.default_zone)
        persona, by_number = lived.persona, {stay.number: stay for stay in lived.stays}
        held = [stay.hold(persona.records) for stay in lived.stays if stay.is_active]
        ended = [stay.hold(persona.records) for stay in lived.stays if not stay.is_active]
        outgoing = [one for one in ended if by_number[one.enrollment_id].has_letters]

        def note_goal(one: Held, event: Arrived) -> None:
            for reached in find_goals(event, one):
                by_number[one.enrollment_id].goals.setdefault(reached.goal, reached)

        reaction = Reaction(
            [self._plan],
            admission,
            noticed,
            records=persona.records,
            note_goal=note_goal,
            asker=asker,
        )
        person = persona.build_person()
        reaction.react(person, events, transitions, held=held, ended=ended, outgoing=outgoing)
        for one in held:
            self._take_on(by_number[one.enrollment_id], one, asker.now)
        for one in outgoing:
            if one.is_recalled:
                by_number[one.enrollment_id].recall(now=asker.now)
        self._welcome(lived, admission, asker.now)
        lived.watches.keep(noticed)

    def _take_on(self, stay: Stay, held: Held, now: datetime) -> None:
        """Let an enrollment leave or be woken, as its chunk of events has it."""
        if held.reason is not None:
            stay.leave(held.reason, now=now)
            self._inside.discard(stay.subject)
        elif held.signal is not None:
            stay.wake(held.signal, now=now)

    def _let_in(self, lived: Lived, what: LetIn, asker: Asker) -> None:
        admission = self._open_admission(asker)
        person = lived.persona.build_person()
        if what.audience is not None and not asker.holds(what.audience, person.state):
            return
        candidate = Candidate(
            person.contact_id,
            what.entry_key,
            what.trigger,
            record=what.record,
            values=read_values(lived.persona.records, what.record),
        )
        admission.ask(self._plan, person, candidate)
        self._welcome(lived, admission, asker.now)

    def _open_admission(self, asker: Asker) -> Admission:
        return Admission(
            now=asker.now,
            default_zone=asker.default_zone,
            rooms=self._room,
            entered=self._entered,
            inside=self._inside,
            late=self._late,
        )

    def _welcome(self, lived: Lived, admission: Admission, now: datetime) -> None:
        """Keep who entered, and who was refused."""
        for newcomer in admission.newcomers:
            self._stays += 1
            stay = begin_stay(newcomer, self._stays, now=now)
            lived.stays.append(stay)
            if stay.is_active:  # noted again: the one before may have left after it entered
                self._inside.add(stay.subject)
        lived.refused += [(now, refused) for refused in admission.refused]

    # --- what is due ---

    def _release(self, lived: Lived, asker: Asker) -> bool:
        """Let in by what was waited for; ask a last time whose grace is over."""
        due = lived.watches.list_due(asker.now)
        lates = self._late.list_of(lived.persona.contact_id)
        is_over = any(late.until <= asker.now for late in lates)
        if not due and not is_over:
            return False
        admission, person = self._open_admission(asker), lived.persona.build_person()
        if is_over:
            admission.ask_late(person)
        for one in due:
            look = look_at(
                one,
                self._plan,
                person,
                lived.persona.records,
                now=asker.now,
                default_zone=asker.default_zone,
            )
            if look.candidate is not None:
                admission.ask(self._plan, person, look.candidate)
            lived.watches.put(one.watch, look.row)
        self._welcome(lived, admission, asker.now)
        return True

    def _advance(self, lived: Lived, asker: Asker) -> bool:
        """Move on the enrollment that is due the longest."""
        due = [
            (stay.wake_at, stay.number, stay)
            for stay in lived.stays
            if stay.is_active and stay.wake_at is not None and stay.wake_at <= asker.now
        ]
        if not due:
            return False
        stay = min(due)[2]
        traveller = stay.set_out(lived.persona.build_person(), lived.persona.records)
        if (key := find_line(traveller)) is not None:
            line = self._lines.setdefault(key, Line(asker.now))
            call_up(line, [traveller], now=asker.now)
        passage = walk(traveller, asker)
        stay.arrive(passage, now=asker.now)
        if not stay.is_active:
            self._inside.discard(stay.subject)
        perform(self._setting, lived.persona, stay, passage, now=asker.now)
        if stay.is_recalled:
            stay.recall(now=asker.now)
        return True

    def _post(self, lived: Lived, now: datetime) -> bool:
        """Hand over what is due, as far as the gates let it."""
        messages = lived.list_messages()
        due = [message for message in messages if message.is_open and message.due_at <= now]
        for message in sorted(due, key=lambda one: one.due_at):
            hand_over(self._setting, lived.persona, message, messages, now=now)
        return bool(due)
