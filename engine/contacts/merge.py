"""Two contacts turn out to be one person: all of one becomes the other's (rules 66 to 71).

Here is what the contacts' own room holds; higher rooms move what is theirs, see
`engine.events.chunk` and `engine.journeys.joining`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import DeclarativeBase, Session

from engine.bulk import change_many, is_any, put_rows
from engine.contacts.choices import EVERYTHING
from engine.contacts.requests import move_requests
from engine.db import change_rows, table_of
from engine.models.contact import Consent, ConsentProof, Contact, Identity, PushDevice
from engine.models.segment import SegmentMember, SegmentRecheck

Merge = tuple[int, int]
"""(id of the contact that is lost, id of the one that stays)."""


def merge_contacts(session: Session, merges: Sequence[Merge]) -> None:
    """Make each lost contact part of the one that stays; its identifiers lead there from now on.

    The caller holds all these rows, and moves what is said of the contacts (see
    `engine.contacts.attributes.merge_dossiers`). Suppressions are of addresses, and stay as they
    are. Repeating it is harmless: nothing is left to move.
    """
    if not merges:
        return
    _move_consents(session, dict(merges))
    _move_pauses(session, dict(merges))
    move_requests(session, dict(merges))
    for row in (Identity, ConsentProof, PushDevice):
        move_rows(session, row, merges)
    lost = [loser for loser, _ in merges]
    for member in (SegmentMember, SegmentRecheck):
        session.execute(delete(member).where(is_any(session, member.contact_id, lost)))
    contact = table_of(Contact)
    session.connection().execute(
        update(contact)
        .where(contact.c.merged_into == bindparam("loser"))
        .values(merged_into=bindparam("winner")),
        _name(merges),
    )
    change_many(
        session,
        Contact,
        [
            {
                "id": loser,
                "merged_into": winner,
                "attributes": {},
                "attribute_times": {},
                "email": None,
                "phone": None,
                "timezone": None,
                "email_confirmed": False,
                "phone_confirmed": False,
                "name_key": None,
                "surname_key": None,
                "paused_until": None,
            }
            for loser, winner in merges
        ],
    )


def move_rows(session: Session, row: type[DeclarativeBase], merges: Sequence[Merge]) -> None:
    """Let a table's rows of lost contacts be of those that stay."""
    column = table_of(row).c.contact_id
    statement = update(table_of(row)).where(column == bindparam("loser"))
    session.connection().execute(statement.values({column: bindparam("winner")}), _name(merges))


def _name(merges: Sequence[Merge]) -> list[dict[str, int]]:
    return [{"loser": loser, "winner": winner} for loser, winner in merges]


def _move_consents(session: Session, into: Mapping[int, int]) -> None:
    """The strictest choice survives: a no of either is a no (rule 69), also one to everything."""
    rows = session.execute(
        select(
            Consent.contact_id, Consent.topic, Consent.channel, Consent.choice, Consent.changed_at
        )
        .where(is_any(session, Consent.contact_id, {*into, *into.values()}))
        .order_by(Consent.contact_id)
    ).all()
    strictest: dict[tuple[int, str, str], tuple[bool, datetime]] = {}
    moved: set[tuple[int, str, str]] = set()
    for contact_id, topic, channel, choice, changed_at in rows:
        key = (into.get(contact_id, contact_id), topic, channel)
        said = (choice == "unsubscribed", changed_at)
        strictest[key] = max(strictest.get(key, said), said)
        if contact_id in into:
            moved.add(key)
    for key, refused_at in _list_refused(rows, into):
        strictest[key] = max(strictest[key], (True, refused_at))
        moved.add(key)
    kept: list[dict[str, Any]] = [
        {
            "contact_id": key[0],
            "topic": key[1],
            "channel": key[2],
            "choice": "unsubscribed" if strictest[key][0] else "subscribed",
            "changed_at": strictest[key][1],
        }
        for key in sorted(moved)
    ]
    session.execute(delete(Consent).where(is_any(session, Consent.contact_id, into)))
    put_rows(session, Consent, kept, replacing=("choice", "changed_at"))


def _list_refused(
    rows: Sequence[Any], into: Mapping[int, int]
) -> Iterator[tuple[tuple[int, str, str], datetime]]:
    """Yield what one of several that are joined chose, and another refused with everything else."""
    groups: dict[int, set[int]] = defaultdict(set)
    for loser, winner in into.items():
        groups[winner] |= {loser, winner}
    chosen = {(row.contact_id, row.topic, row.channel) for row in rows}
    left = [row for row in rows if row.topic == EVERYTHING and row.choice == "unsubscribed"]
    for one in left:
        winner = into.get(one.contact_id, one.contact_id)
        for row in rows:
            is_known = (one.contact_id, row.topic, one.channel) in chosen
            if row.contact_id in groups[winner] and row.channel == one.channel and not is_known:
                yield (winner, row.topic, row.channel), one.changed_at


def _move_pauses(session: Session, into: Mapping[int, int]) -> None:
    """The longer rest goes on, of whomever it was."""
    rows = session.execute(
        select(Contact.id, Contact.paused_until).where(
            is_any(session, Contact.id, into), Contact.paused_until.is_not(None)
        )
    )
    for loser, until in sorted(rows.all(), key=lambda row: row.paused_until):
        is_shorter = Contact.paused_until.is_(None) | (Contact.paused_until < until)
        change_rows(
            session,
            update(Contact).where(Contact.id == into[loser], is_shorter).values(paused_until=until),
        )
