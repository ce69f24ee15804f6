"""Who may enter a journey, and their enrollment.

Callers hold the contacts' rows (`engine.db.lock_contacts`), so what is read here stays true until
the transaction ends; the unique index on active enrollments guards that (rules 12 and 13).
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.events.arrivals import CONTACT, Subject
from engine.journeys.deciding.admission import Admission, Newcomer, SubjectKey
from engine.journeys.deciding.gates import Refusal
from engine.journeys.deciding.plan import WHOLE, Plan
from engine.journeys.deciding.states import ACTIVE, EnrollmentStatus
from engine.journeys.entering.caps import CountedRooms
from engine.journeys.entering.chains import Chains, report_chains
from engine.journeys.entering.late import LateEntries
from engine.journeys.entering.refusals import write_refusals
from engine.journeys.running.facts import merge_reads
from engine.journeys.running.live import find_gone
from engine.journeys.running.tallies import ENTERED, TallyKey, add_tallies, name_exit, name_refusal
from engine.models.journey import Enrollment, JourneyEntry
from engine.tasks import Lane, ring


class Entrance(Admission):
    """Asks the gates for a chunk of contacts, then writes who may enter, set-wise.

    Args:
        session: of a transaction that holds the contacts' rows.
        plans: of the journeys that may be asked for.
        contact_ids: who may be asked for.
        now: the present instant.
        default_zone: of contacts without one.
        records: which records of theirs may be asked for.
    """

    def __init__(
        self,
        session: Session,
        plans: Collection[Plan],
        contact_ids: Collection[int],
        *,
        now: datetime,
        default_zone: str,
        records: Collection[Subject] = (),
    ) -> None:
        subjects = [*((CONTACT, contact_id) for contact_id in contact_ids), *records]
        journeys = [plan.journey_id for plan in plans]
        self._late_entries = LateEntries(session, plans, contact_ids)
        super().__init__(
            now=now,
            default_zone=default_zone,
            rooms=CountedRooms(session, plans),
            entered=_load_entries(session, journeys, subjects),
            inside=_load_inside(session, journeys, contact_ids),
            late=self._late_entries,
            gone=find_gone(session, merge_reads(plan.reads for plan in plans)),
        )
        self._session = session
        self._counts: Counter[TallyKey] = Counter()

    def write(self) -> int:
        """Write newcomers, late entries, refusals and counts; answer how many entered."""
        session = self._session
        for one in self.refused:
            self._counts[one.plan.version_id, WHOLE, name_refusal(one.refusal)] += 1
        if self.newcomers:
            self._write_entries()
            self._write_enrollments()
            ring(session, Lane.ADVANCE)
        self._late_entries.write()
        write_refusals(session, self.refused, now=self._now, default_zone=self._default_zone)
        add_tallies(session, self._counts, now=self._now)
        report_chains(session, self._list_chains(), now=self._now)
        written = len(self.newcomers)
        self.newcomers, self.refused, self._counts = [], [], Counter()
        return written

    def _list_chains(self) -> Chains:
        """Return the chains of journeys that grew too long, each by its first event."""
        chains: Chains = {}
        for one in self.refused:
            if one.refusal is Refusal.CHAIN:
                chains.setdefault(one.candidate.cause.root_id, (one.plan, one.candidate))
        return chains

    def _write_entries(self) -> None:
        latest: dict[SubjectKey, dict[str, Any]] = {
            new.subject: {
                "journey_id": new.plan.journey_id,
                "subject_kind": new.candidate.subject[0],
                "subject_id": new.candidate.subject[1],
                "entry_key": new.entry_key,
                "entered_at": new.placement.entered_at,
                "entries": 0,
            }
            for new in self.newcomers
        }
        for new in self.newcomers:
            latest[new.subject]["entries"] += 1
        statement = insert_into(self._session, JourneyEntry)
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[
                    JourneyEntry.journey_id,
                    JourneyEntry.subject_kind,
                    JourneyEntry.subject_id,
                    JourneyEntry.entry_key,
                ],
                set_={
                    "entered_at": statement.excluded.entered_at,
                    "entries": JourneyEntry.entries + statement.excluded.entries,
                },
            ),
            list(latest.values()),
        )

    def _write_enrollments(self) -> None:
        rows = []
        for new in self.newcomers:
            begins, is_over = new.placement, new.reason is not None
            version = new.plan.version_id
            for place in (WHOLE, begins.node):
                self._counts[version, place, ENTERED] += 1
                if new.reason is not None:
                    self._counts[version, place, name_exit(new.reason)] += 1
            rows.append(
                {
                    "journey_id": new.plan.journey_id,
                    "version_id": version,
                    "contact_id": new.candidate.contact_id,
                    "subject_kind": new.candidate.subject[0],
                    "subject_id": new.candidate.subject[1],
                    "entry_key": new.entry_key,
                    "status": EnrollmentStatus.EXITED if is_over else begins.status,
                    "node": begins.node,
                    "seq": 0,
                    "entered_at": begins.entered_at,
                    "arrived_at": begins.arrived_at,
                    "wake_at": None if is_over else begins.wake_at,
                    "ended_at": self._now if is_over else None,
                    "reason": new.reason,
                    "signal": None,
                    "data": _write_data(new),
                }
            )
        self._session.execute(insert_into(self._session, Enrollment), rows)


def _write_data(new: Newcomer) -> dict[str, Any]:
    learned = {"context": dict(new.placement.context), "visits": dict(new.placement.visits)}
    return new.candidate.write() | {name: value for name, value in learned.items() if value}


def _load_entries(
    session: Session, journeys: list[int], subjects: Collection[Subject]
) -> dict[SubjectKey, datetime]:
    if not journeys or not subjects:
        return {}
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, subject_id in subjects:
        by_kind[kind].append(subject_id)
    rows = session.execute(
        select(
            JourneyEntry.journey_id,
            JourneyEntry.subject_kind,
            JourneyEntry.subject_id,
            JourneyEntry.entry_key,
            JourneyEntry.entered_at,
        ).where(
            JourneyEntry.journey_id.in_(journeys),
            or_(
                *(
                    and_(JourneyEntry.subject_kind == kind, JourneyEntry.subject_id.in_(ids))
                    for kind, ids in by_kind.items()
                )
            ),
        )
    )
    return {(journey, (kind, subject), key): at for journey, kind, subject, key, at in rows}


def _load_inside(
    session: Session, journeys: list[int], contact_ids: Collection[int]
) -> set[SubjectKey]:
    if not journeys or not contact_ids:
        return set()
    rows = session.execute(
        select(
            Enrollment.journey_id,
            Enrollment.subject_kind,
            Enrollment.subject_id,
            Enrollment.entry_key,
        ).where(
            Enrollment.contact_id.in_(list(contact_ids)),
            Enrollment.journey_id.in_(journeys),
            Enrollment.status.in_(ACTIVE),
        )
    )
    return {(journey, (kind, subject), key) for journey, kind, subject, key in rows}
