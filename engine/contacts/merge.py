"""Two contacts turn out to be one person: everything of one becomes the other's (rules 66 to 71)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.models.contact import Consent, ConsentProof, Contact, Identity
from engine.models.event import Event
from engine.models.journey import Assignment, Enrollment, JourneyEntry, Watch
from engine.models.message import Message
from engine.models.segment import SegmentMember, SegmentRecheck

_ACTIVE: Final = (0, 1)
_EXITED: Final = 3
MERGED: Final = "merged"


def merge_contacts(session: Session, *, loser: int, winner: int, now: datetime) -> bool:
    """Make the loser part of the winner; answer whether there was anything to do.

    The caller holds both rows. Attributes, consents and counters that both have are for the
    caller's hands: see `merge_attributes` and `engine.events.counting`. Repeating it is harmless:
    a loser is merged once, and its identities lead to the winner from then on.
    """
    if loser == winner:
        return False
    row = session.get(Contact, loser)
    if row is None or row.merged_into is not None:
        return False
    _move_enrollments(session, loser, winner, now=now)
    _move_entries(session, loser, winner)
    _move_consents(session, loser, winner)
    _move_assignments(session, loser, winner)
    for table, column in (
        (Identity, Identity.contact_id),
        (ConsentProof, ConsentProof.contact_id),
        (Message, Message.contact_id),
    ):
        session.execute(
            update(table)
            .where(column == loser)
            .values(contact_id=winner)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(Event)
        .where(Event.contact_id == loser)
        .values(contact_id=winner, subject_id=winner)
        .execution_options(synchronize_session=False)
    )
    for column in (
        SegmentMember.contact_id,
        SegmentRecheck.contact_id,
        Watch.contact_id,
        Assignment.contact_id,
        Consent.contact_id,
        JourneyEntry.subject_id,
    ):
        session.execute(delete(column.class_).where(column == loser))
    session.execute(update(Contact).where(Contact.merged_into == loser).values(merged_into=winner))
    row.merged_into = winner
    session.flush()
    session.expunge(row)
    return True


def merge_attributes(
    winner: Mapping[str, Any],
    winner_times: Mapping[str, int],
    loser: Mapping[str, Any],
    loser_times: Mapping[str, int],
) -> tuple[dict[str, Any], dict[str, int]]:
    """Return attributes and times of both: of each name what was said last. Pure."""
    attributes, times = dict(winner), dict(winner_times)
    for name, value in loser.items():
        said = loser_times.get(name, 0)
        if name not in attributes or said > times.get(name, 0):
            attributes[name], times[name] = value, said
    return attributes, times


def _move_enrollments(session: Session, loser: int, winner: int, *, now: datetime) -> None:
    """The winner's active enrollment of a journey and key goes on; the loser's ends (rule 67)."""
    mine = {
        (journey, key)
        for journey, key in session.execute(
            select(Enrollment.journey_id, Enrollment.entry_key).where(
                Enrollment.contact_id == winner, Enrollment.status.in_(_ACTIVE)
            )
        ).all()
    }
    theirs = session.execute(
        select(Enrollment.id, Enrollment.journey_id, Enrollment.entry_key).where(
            Enrollment.contact_id == loser, Enrollment.status.in_(_ACTIVE)
        )
    ).all()
    ended = [row.id for row in theirs if (row.journey_id, row.entry_key) in mine]
    if ended:
        session.execute(
            update(Enrollment)
            .where(Enrollment.id.in_(ended))
            .values(status=_EXITED, reason=MERGED, ended_at=now, wake_at=None, signal=None)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(Enrollment)
        .where(Enrollment.contact_id == loser)
        .values(contact_id=winner, subject_id=winner)
        .execution_options(synchronize_session=False)
    )


def _move_entries(session: Session, loser: int, winner: int) -> None:
    rows = session.execute(
        select(
            JourneyEntry.journey_id,
            JourneyEntry.entry_key,
            JourneyEntry.entered_at,
            JourneyEntry.entries,
        ).where(JourneyEntry.subject_kind == "contact", JourneyEntry.subject_id == loser)
    ).all()
    if rows:
        session.execute(
            insert_into(session, JourneyEntry).on_conflict_do_nothing(),
            [
                {
                    "journey_id": row.journey_id,
                    "subject_kind": "contact",
                    "subject_id": winner,
                    "entry_key": row.entry_key,
                    "entered_at": row.entered_at,
                    "entries": row.entries,
                }
                for row in rows
            ],
        )


def _move_consents(session: Session, loser: int, winner: int) -> None:
    """The strictest choice survives: a no of either is a no (rule 69)."""
    rows = session.execute(
        select(Consent.topic, Consent.channel, Consent.choice, Consent.changed_at).where(
            Consent.contact_id == loser
        )
    ).all()
    if not rows:
        return
    statement = insert_into(session, Consent)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Consent.contact_id, Consent.topic, Consent.channel],
            set_={"choice": "unsubscribed", "changed_at": statement.excluded.changed_at},
            where=statement.excluded.choice == "unsubscribed",
        ),
        [
            {
                "contact_id": winner,
                "topic": row.topic,
                "channel": row.channel,
                "choice": row.choice,
                "changed_at": row.changed_at,
            }
            for row in rows
        ],
    )


def _move_assignments(session: Session, loser: int, winner: int) -> None:
    rows = session.execute(
        select(Assignment.salt, Assignment.label, Assignment.assigned_at).where(
            Assignment.contact_id == loser
        )
    ).all()
    if rows:
        session.execute(
            insert_into(session, Assignment).on_conflict_do_nothing(),
            [
                {
                    "salt": row.salt,
                    "contact_id": winner,
                    "label": row.label,
                    "assigned_at": row.assigned_at,
                }
                for row in rows
            ],
        )
