"""A yes that waits to be confirmed: kept apart from choices, since it is none yet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.bulk import is_any, put_rows
from engine.contacts.choices import ConsentChange, ConsentKey
from engine.contacts.suppression import hash_address
from engine.db import change_rows, insert_into
from engine.models.contact import ConfirmationTurn, Consent, ConsentRequest, Topic

DOUBLE: Final = "double"
LETTER_EVERY: Final = timedelta(hours=24)
"""An address is asked once in this time, however often somebody enters it (mail bombing)."""
MOST_LETTERS: Final = 3
"""So many letters ask for one yes; who answers none of them is left alone."""


def find_double_topics(session: Session, topics: Collection[str]) -> set[str]:
    """Return those of these topics whose yes has to be confirmed."""
    if not topics:
        return set()
    asked = select(Topic.key).where(Topic.key.in_(sorted(topics)), Topic.opt_in == DOUBLE)
    return set(session.scalars(asked))


def keep_requests(
    session: Session, changes: Sequence[ConsentChange], *, now: datetime
) -> list[ConsentChange]:
    """Keep each yes until its owner confirms it; return those that are asked anew.

    Who has said yes already, or said something later, is not asked. A server that states with
    every call how things stand asks once. The caller holds the contacts' rows.
    """
    if not changes:
        return []
    ids = {change.contact_id for change in changes}
    known = {
        (row.contact_id, row.topic, row.channel): row
        for row in session.scalars(
            select(ConsentRequest).where(is_any(session, ConsentRequest.contact_id, ids))
        )
    }
    chosen: Mapping[ConsentKey, Consent] = {
        (row.contact_id, row.topic, row.channel): row
        for row in session.scalars(select(Consent).where(is_any(session, Consent.contact_id, ids)))
    }
    asked: list[ConsentChange] = []
    for change in changes:
        choice, request = chosen.get(change.key), known.get(change.key)
        if choice is not None and (
            choice.choice == "subscribed" or choice.changed_at > change.occurred_at
        ):
            continue
        if request is None:
            request = ConsentRequest(
                contact_id=change.contact_id, topic=change.topic, channel=change.channel, letters=0
            )
            session.add(request)
            known[change.key] = request
        elif request.confirmed_at is not None:
            if change.occurred_at <= request.confirmed_at:
                continue
            request.letters = 0
        elif not _asks_again(change, request):
            continue
        request.asked_at, request.confirmed_at = change.occurred_at, None
        request.source, request.proof = change.source, change.proof
        request.due_at = now if request.letters < MOST_LETTERS else None
        asked.append(change)
    session.flush()
    return asked


def put_due(session: Session, contact_ids: Collection[int], *, now: datetime) -> bool:
    """Let what no letter could ask yet be asked now, since these contacts have an address by now.

    Returns:
        Whether there is something to ask.
    """
    unasked = (
        is_any(session, ConsentRequest.contact_id, contact_ids),
        ConsentRequest.confirmed_at.is_(None),
        ConsentRequest.due_at.is_(None),
        ConsentRequest.letters == 0,
    )
    return change_rows(session, update(ConsentRequest).where(*unasked).values(due_at=now)) > 0


def _asks_again(change: ConsentChange, request: ConsentRequest) -> bool:
    is_later = change.occurred_at > request.asked_at
    return is_later and (change.is_dated or not change.is_trusted)


def take_turn(session: Session, address: str, *, now: datetime) -> bool:
    """Take this address's one letter of 24 hours; False if it had it, for whatever contact."""
    statement = insert_into(session, ConfirmationTurn).values(
        address_hash=hash_address(session, "email", address), taken_at=now
    )
    taken = statement.on_conflict_do_update(
        index_elements=[ConfirmationTurn.address_hash],
        set_={"taken_at": statement.excluded.taken_at},
        where=ConfirmationTurn.taken_at <= now - LETTER_EVERY,
    ).returning(ConfirmationTurn.taken_at)
    return session.scalar(taken) is not None


def prune_turns(session: Session, *, now: datetime) -> int:
    """Forget when addresses were asked, once they may be asked again."""
    return change_rows(
        session, delete(ConfirmationTurn).where(ConfirmationTurn.taken_at <= now - LETTER_EVERY)
    )


def list_pending(session: Session, contact_id: int) -> Sequence[ConsentRequest]:
    """Return what a contact was asked to confirm and has not."""
    return session.scalars(
        select(ConsentRequest)
        .where(ConsentRequest.contact_id == contact_id, ConsentRequest.confirmed_at.is_(None))
        .order_by(ConsentRequest.topic, ConsentRequest.channel)
    ).all()


def move_requests(session: Session, into: Mapping[int, int]) -> None:
    """Let what lost contacts were asked be asked of those that stay; what these have stays."""
    names = [column.key for column in ConsentRequest.__table__.columns]
    rows = session.scalars(
        select(ConsentRequest).where(is_any(session, ConsentRequest.contact_id, into))
    ).all()
    if not rows:
        return
    moved = [
        {name: getattr(row, name) for name in names} | {"contact_id": into[row.contact_id]}
        for row in rows
    ]
    for row in rows:
        session.delete(row)
    session.flush()
    put_rows(session, ConsentRequest, moved)
