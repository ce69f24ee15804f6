"""What events do to journeys: end enrollments, wake those that wait, and let subjects in.

One chunk a transaction, each contact's events in order. Everything is decided in memory, then
written set-wise; see `engine.journeys.deciding.reacting` for the order of things.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from engine.events.arrivals import Arrived
from engine.events.ingest import ingest_pending
from engine.journeys.deciding.asking import Asker
from engine.journeys.deciding.held import Held
from engine.journeys.deciding.moment import Moment
from engine.journeys.deciding.reacting import Reaction
from engine.journeys.entering.enroll import Entrance
from engine.journeys.responding.echoes import load_echoes
from engine.journeys.responding.forgetting import forget_asked
from engine.journeys.responding.goals import GoalKeeper
from engine.journeys.responding.joining import join_journeys
from engine.journeys.responding.outgoing import load_outgoing, recall
from engine.journeys.running.facts import load_people, merge_reads
from engine.journeys.running.inside import load_ended, load_held, write_held
from engine.journeys.running.live import find_gone, load_closed, load_live
from engine.journeys.running.subjects import load_records
from engine.journeys.watching.watches import Watcher
from engine.messages.lookups.coupons.codes import redeem_told
from engine.segments.judging import Transition
from engine.segments.membership import update_members


def react_to_events(session: Session, moment: Moment, *, limit: int) -> int:
    """Process a chunk of accepted events to the end, and answer how many there were."""
    ingested = ingest_pending(session, now=moment.now, limit=limit, trigger_age=moment.trigger_age)
    join_journeys(session, ingested.merges, now=moment.now, holdout_percent=moment.holdout_percent)
    joined = {winner for _, winner in ingested.merges}
    arrived = ingested.arrived
    if not arrived:
        return 0
    by_contact: dict[int, list[Arrived]] = defaultdict(list)
    for one in arrived:
        by_contact[one.contact_id].append(one)
    transitions = update_members(
        session, list(by_contact), now=moment.now, default_zone=moment.default_zone
    )
    _Chunk(session, moment, by_contact, transitions, joined).run()
    redeem_told(session, arrived)
    forget_asked(session, arrived, now=moment.now)
    return len(arrived)


def react_to_transitions(
    session: Session, transitions: Sequence[Transition], moment: Moment
) -> None:
    """Let in those whose membership changed by time alone, or by a refresh.

    The caller holds the contacts' rows.
    """
    if transitions:
        nothing: dict[int, list[Arrived]] = {one.contact_id: [] for one in transitions}
        _Chunk(session, moment, nothing, transitions).run()


class _Chunk:
    """One chunk: its parts are asked for each event of each contact, then write set-wise."""

    def __init__(
        self,
        session: Session,
        moment: Moment,
        by_contact: Mapping[int, list[Arrived]],
        transitions: Sequence[Transition],
        joined: Collection[int] = (),
    ) -> None:
        self._session = session
        self._moment = moment
        self._by_contact = by_contact
        self._transitions: dict[int, list[Transition]] = defaultdict(list)
        for transition in transitions:
            self._transitions[transition.contact_id].append(transition)
        self._plans = list(load_live(session).values())
        closed = load_closed(session)
        self._listening = [*self._plans, *closed.values()]
        self._held = load_held(session, by_contact)
        self._names = {one.name for events in by_contact.values() for one in events}
        self._echoes = load_echoes(session, self._listening)
        self._ended = self._load_ended()
        self._outgoing = self._load_outgoing()
        inside = [held.plan for several in self._held.values() for held in several]
        reads = merge_reads(plan.reads for plan in (*self._listening, *inside))
        self._people = load_people(session, list(by_contact), reads)
        gone = find_gone(session, reads)
        self._asker = Asker(now=moment.now, default_zone=moment.default_zone, gone=gone)
        self._records = load_records(
            session, {one.subject for several in by_contact.values() for one in several}
        )
        self._entrance = Entrance(
            session,
            self._plans,
            list(by_contact),
            now=moment.now,
            default_zone=moment.default_zone,
            records=list(self._records),
        )
        self._watcher = Watcher(
            session,
            self._listening,
            joined,
            now=moment.now,
            default_zone=moment.default_zone,
            closed=closed,
        )
        self._goals = GoalKeeper(session)

    def run(self) -> None:
        """Decide for each contact, in order of its events, then write."""
        reaction = Reaction(
            self._plans,
            self._entrance,
            self._watcher,
            records=self._records,
            note_goal=self._goals.note,
            asker=self._asker,
        )
        for contact_id, events in self._by_contact.items():
            person = self._people.get(contact_id)
            if person is not None:
                reaction.react(
                    person,
                    events,
                    self._transitions[contact_id],
                    held=self._held.get(contact_id, []),
                    ended=self._ended.get(contact_id, []),
                    outgoing=self._outgoing.get(contact_id, []),
                )
        # Who left goes first: the event that ended one enrollment may have begun the next.
        touched = [held for several in self._held.values() for held in several]
        write_held(self._session, touched, now=self._moment.now)
        over = [held for several in self._outgoing.values() for held in several]
        recall(self._session, [held for held in over if held.is_recalled])
        self._entrance.write()
        self._watcher.write()
        self._goals.write()

    def _load_ended(self) -> Mapping[int, list[Held]]:
        """Load enrollments that are over, and whose goals these events may still reach."""
        found = {id_: echo.find_window(self._names) for id_, echo in self._echoes.items()}
        windows = {id_: window for id_, window in found.items() if window is not None}
        if not windows:
            return {}
        since = self._moment.now - max(windows.values())
        return load_ended(self._session, list(self._by_contact), list(windows), since)

    def _load_outgoing(self) -> Mapping[int, list[Held]]:
        """Load enrollments that are over, and whose letters these events may take back."""
        journeys = [id_ for id_, echo in self._echoes.items() if echo.takes_out(self._names)]
        return load_outgoing(self._session, list(self._by_contact), journeys)
