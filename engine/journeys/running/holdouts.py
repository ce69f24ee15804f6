"""The groups that people were given in journeys, kept; also when two turn out to be one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actions.split import HOLDOUT_PREFIX
from engine.bulk import change_many, is_any, put_rows
from engine.contacts.merge import Merge
from engine.journeys.deciding.groups import MIXED, name_salt
from engine.journeys.deciding.person import Person
from engine.journeys.deciding.walk import Passage
from engine.messages.gates.policy import INSTANCE_SALT, is_held_out
from engine.models.contact import Contact
from engine.models.journey import Assignment


def record_groups(
    session: Session, passages: Sequence[Passage], people: Mapping[int, Person]
) -> None:
    """Keep the groups that people were given now; their time counts from their entry."""
    rows = []
    for passage in passages:
        traveller = passage.traveller
        salt = name_salt(traveller.plan.key)
        group = traveller.arms.get(salt)
        if group is not None and salt not in people[traveller.contact_id].arms:
            rows.append(
                {
                    "salt": salt,
                    "contact_id": traveller.contact_id,
                    "label": group,
                    "assigned_at": traveller.entered_at,
                }
            )
    put_rows(session, Assignment, rows)


def join_holdouts(session: Session, merges: Sequence[Merge], *, everywhere: int) -> None:
    """Whoever is joined with somebody held out is held out, and left out of comparisons.

    The caller holds these contacts' rows, and has not moved their assignments yet.
    """
    ids = {one for merge in merges for one in merge}
    rows = session.execute(
        select(Contact.id, Contact.uid, Contact.is_held_out).where(is_any(session, Contact.id, ids))
    )
    known = {
        id_: (is_mixed, is_held_out(INSTANCE_SALT, str(uid), everywhere))
        for id_, uid, is_mixed in rows
    }
    mixed = {
        winner
        for loser, winner in merges
        if known[loser][0] or known[loser][1] is not known[winner][1]
    }
    change_many(session, Contact, [{"id": one, "is_held_out": True} for one in sorted(mixed)])
    _join_groups(session, dict(merges), ids)


def _join_groups(session: Session, into: Mapping[int, int], ids: Collection[int]) -> None:
    """Mark as mixed who was in two groups of one journey."""
    rows = session.execute(
        select(Assignment.salt, Assignment.contact_id, Assignment.label, Assignment.assigned_at)
        .where(is_any(session, Assignment.contact_id, ids))
        .where(Assignment.salt.startswith(HOLDOUT_PREFIX, autoescape=True))
    )
    groups: dict[tuple[str, int], dict[str, Any]] = {}
    mixed: dict[tuple[str, int], dict[str, Any]] = {}
    for salt, given_to, label, assigned_at in rows:
        contact_id = into.get(given_to, given_to)
        row = {
            "salt": salt,
            "contact_id": contact_id,
            "label": label,
            "assigned_at": assigned_at,
        }
        before = groups.setdefault((salt, contact_id), row)
        if before["label"] != label:
            mixed[salt, contact_id] = row | {"label": MIXED}
    put_rows(session, Assignment, list(mixed.values()), replacing=("label",))
