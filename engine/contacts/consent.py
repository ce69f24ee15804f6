"""A contact's choices for topics and channels, each with its proof."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bulk import copy_rows, is_any
from engine.contacts.choices import Choice, ConsentChange, ConsentKey, select_new
from engine.db import insert_into
from engine.models.contact import Consent, ConsentProof


def list_new(session: Session, changes: Sequence[ConsentChange]) -> list[ConsentChange]:
    """Return those that are choices indeed (`select_new`). The caller holds the contacts' rows."""
    if not changes:
        return []
    proofs = _load_proofs(session, {change.contact_id for change in changes})
    return select_new(changes, proofs)


def record_consents(session: Session, changes: Sequence[ConsentChange], *, now: datetime) -> None:
    """Keep these choices, and a proof of each. The later choice wins, whenever it arrives."""
    if not changes:
        return
    latest: dict[ConsentKey, ConsentChange] = {}
    for change in changes:
        if change.key not in latest or change.occurred_at >= latest[change.key].occurred_at:
            latest[change.key] = change
    statement = insert_into(session, Consent)
    session.connection().execute(
        statement.on_conflict_do_update(
            index_elements=[Consent.contact_id, Consent.topic, Consent.channel],
            set_={
                "choice": statement.excluded.choice,
                "changed_at": statement.excluded.changed_at,
            },
            where=Consent.changed_at <= statement.excluded.changed_at,
        ),
        [
            {
                "contact_id": change.contact_id,
                "topic": change.topic,
                "channel": change.channel,
                "choice": change.choice,
                "changed_at": change.occurred_at,
            }
            for change in latest.values()
        ],
    )
    copy_rows(
        session,
        ConsentProof,
        [
            {
                "contact_id": change.contact_id,
                "topic": change.topic,
                "channel": change.channel,
                "choice": change.choice,
                "occurred_at": change.occurred_at,
                "recorded_at": now,
                "source": change.source,
                "proof": change.proof,
            }
            for change in changes
        ],
    )


def list_proofs(
    session: Session, contact_id: int, *, before: int | None, limit: int
) -> Sequence[ConsentProof]:
    """Return a contact's proofs, the latest recorded first, of those recorded before one of them."""
    asked = select(ConsentProof).where(ConsentProof.contact_id == contact_id)
    if before is not None:
        asked = asked.where(ConsentProof.id < before)
    return session.scalars(asked.order_by(ConsentProof.id.desc()).limit(limit)).all()


def _load_proofs(
    session: Session, contact_ids: Collection[int]
) -> defaultdict[ConsentKey, list[ConsentChange]]:
    rows = session.execute(
        select(
            ConsentProof.contact_id,
            ConsentProof.topic,
            ConsentProof.channel,
            ConsentProof.choice,
            ConsentProof.occurred_at,
            ConsentProof.source,
        )
        .where(is_any(session, ConsentProof.contact_id, contact_ids))
        .order_by(ConsentProof.occurred_at, ConsentProof.id)
    )
    found: defaultdict[ConsentKey, list[ConsentChange]] = defaultdict(list)
    for contact_id, topic, channel, said, occurred_at, source in rows:
        choice = cast(Choice, said)
        change = ConsentChange(contact_id, topic, channel, choice, occurred_at, source)
        found[change.key].append(change)
    return found
