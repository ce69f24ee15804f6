"""Takes what providers say of messages afterwards: each saying counts once, in whatever order.

One transaction takes a chunk: the messages are matched, each new saying is kept, and what all of
them come to is written at once (`engine.messages.judging_feedback` says what that is).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from channels.feedback import BounceKind, Feedback, FeedbackKind
from engine.bulk import change_many
from engine.contacts.suppression import hash_addresses
from engine.db import change_rows, insert_into, lock_contacts
from engine.ids import derive_digest
from engine.messages.domains import Change, count_changes, find_day
from engine.messages.judging_feedback import Marks, clean_words, find_domain, fold
from engine.messages.reacting_to_feedback import Heard, is_of, react
from engine.messages.settled import tell_sent
from engine.messages.states import OPEN, MessageState
from engine.messages.streams import EMAIL, MARKETING, brake_marketing
from engine.models.contact import Contact
from engine.models.feedback import FeedbackSource, Saying
from engine.models.message import Message

CHUNK: Final = 500
"""Sayings of one transaction."""
KEPT: Final = timedelta(days=90)
"""How long sayings are kept; the marks on messages stay."""
LONGEST_ID: Final = 200
LONGEST_CODE: Final = 60
_ADDRESS: Final = "address"


@dataclass(slots=True)
class Taken:
    """What became of sayings.

    Attributes:
        counted: that were new, and of a message of ours.
        doubled: that were said before.
        strays: of messages that we do not know, or that never left: they have no effect.
        conflicts: ids under which something else was said before: no effect, and worth an alarm.
        is_held: a brake has just held marketing back.
    """

    counted: int = 0
    doubled: int = 0
    strays: int = 0
    conflicts: int = 0
    is_held: bool = False

    def add(self, other: "Taken") -> None:
        """Add what became of more of them."""
        self.counted += other.counted
        self.doubled += other.doubled
        self.strays += other.strays
        self.conflicts += other.conflicts
        self.is_held = self.is_held or other.is_held


@dataclass(slots=True)
class _Matched:
    """A saying with the message it speaks of."""

    saying: Feedback
    message_id: int
    said_id: str
    digest: bytes
    row: dict[str, Any]


def record_feedback(
    session: Session, account: str, items: Sequence[Feedback], *, now: datetime
) -> Taken:
    """Take up to `CHUNK` sayings of a provider's account; answer what became of them."""
    taken = Taken()
    known = _find_messages(session, items)
    matched: dict[str, _Matched] = {}
    for one in items:
        message = _match(known, one)
        if message is None:
            taken.strays += 1
            continue
        said_id, digest = _identify(one), _digest(one)
        if (before := matched.get(said_id)) is not None:
            taken.doubled += 1
            taken.conflicts += before.digest != digest
            continue
        row = _build_row(account, one, message, said_id, digest, now=now)
        matched[said_id] = _Matched(one, message.id, said_id, digest, row)
    _hash_soft(session, [one.row for one in matched.values()])
    fresh = _keep(session, account, matched, taken)
    if fresh:
        _apply(session, account, fresh, taken, now=now)
    _note_source(session, account, taken, now=now)
    return taken


def prune_sayings(session: Session, *, now: datetime) -> int:
    """Forget sayings of long ago; answer how many."""
    return change_rows(session, delete(Saying).where(Saying.received_at < now - KEPT))


@dataclass(frozen=True, slots=True)
class _Known:
    """Messages that have begun to leave, by our id and by the provider's."""

    by_uid: dict[Any, Any]
    by_provider: dict[str, Any]


def _find_messages(session: Session, items: Sequence[Feedback]) -> _Known:
    uids = {one.message_uid for one in items if one.message_uid is not None}
    names = {one.provider_id for one in items if one.provider_id and len(one.provider_id) <= 200}
    named = []
    if uids:
        named.append(Message.uid.in_(uids))
    if names:
        named.append(Message.provider_id.in_(names))
    if not named:
        return _Known({}, {})
    rows = session.execute(
        select(
            Message.id,
            Message.uid,
            Message.provider_id,
            Message.channel,
            Contact.email,
            Contact.phone,
        )
        .join(Contact, Contact.id == Message.contact_id)
        .where(
            or_(*named),
            Message.direction == "out",
            Message.channel.in_(("email", "sms")),
            # What never began to leave cannot have come anywhere.
            Message.started_at.is_not(None) | (Message.attempts > 0) | Message.sent_at.is_not(None),
        )
        .order_by(Message.id)
    ).all()
    return _Known(
        {row.uid: row for row in rows}, {row.provider_id: row for row in rows if row.provider_id}
    )


def _match(known: _Known, one: Feedback) -> Any | None:
    if one.message_uid is not None and (found := known.by_uid.get(one.message_uid)) is not None:
        return found
    return known.by_provider.get(one.provider_id) if one.provider_id else None


def _identify(one: Feedback) -> str:
    """Return the id of a saying as it is kept: a long or unwritable one as its digest."""
    fits = len(one.id) <= LONGEST_ID and one.id.isprintable()
    return one.id if fits else f"sha256:{derive_digest(one.id).hex()}"


def _digest(one: Feedback) -> bytes:
    return derive_digest(
        one.kind.value,
        one.bounce.value if one.bounce else "",
        one.occurred_at.isoformat(),
        str(one.message_uid or ""),
        one.provider_id or "",
        one.recipient,
        one.code or "",
    )


def _build_row(
    account: str, one: Feedback, message: Any, said_id: str, digest: bytes, *, now: datetime
) -> dict[str, Any]:
    own = message.email if message.channel == "email" else message.phone
    return {
        "account": account,
        "said_id": said_id,
        "digest": digest,
        "message_id": message.id,
        "kind": one.kind.value,
        "bounce": _find_bounce(one),
        "code": clean_words(one.code)[:LONGEST_CODE] if one.code else None,
        "words": clean_words(one.text),
        "domain": find_domain(own or one.recipient) if message.channel == "email" else "",
        "address_hash": None,
        "occurred_at": min(one.occurred_at, now),
        "received_at": now,
        _ADDRESS: (message.channel, own) if own and is_of(one, message.channel, own) else None,
    }


def _hash_soft(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write down, of soft bounces, whose address it was, by its keyed hash."""
    addresses = [row.pop(_ADDRESS) for row in rows]
    soft = [
        (row, address)
        for row, address in zip(rows, addresses, strict=True)
        if row["bounce"] == BounceKind.SOFT and address
    ]
    hashes = hash_addresses(session, {address for _, address in soft})
    for row, address in soft:
        row["address_hash"] = hashes[address]


def _find_bounce(one: Feedback) -> str | None:
    if one.kind is not FeedbackKind.BOUNCED:
        return None
    return (one.bounce or BounceKind.SOFT).value


def _keep(
    session: Session, account: str, matched: dict[str, _Matched], taken: Taken
) -> list[_Matched]:
    """Keep those that were never said; answer them, in the order in which they were said."""
    if not matched:
        return []
    # In one order, so that two requests with the same sayings never wait for each other in a circle.
    rows = [matched[said_id].row for said_id in sorted(matched)]
    statement = insert_into(session, Saying).values(rows)
    added = set(session.scalars(statement.on_conflict_do_nothing().returning(Saying.said_id)))
    old = [one for one in matched.values() if one.said_id not in added]
    taken.counted, taken.doubled = len(added), taken.doubled + len(old)
    if old:
        digests = dict(
            session.execute(
                select(Saying.said_id, Saying.digest).where(
                    Saying.account == account, Saying.said_id.in_([one.said_id for one in old])
                )
            ).all()
        )
        taken.conflicts += sum(digests.get(one.said_id) != one.digest for one in old)
    return [one for one in matched.values() if one.said_id in added]


def _apply(
    session: Session, account: str, fresh: Sequence[_Matched], taken: Taken, *, now: datetime
) -> None:
    sayings: dict[int, list[Feedback]] = defaultdict(list)
    for one in fresh:
        sayings[one.message_id].append(_at_most(one.saying, now))
    messages = _hold(session, sayings)
    changes: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    counts: Counter[Change] = Counter()
    heard: list[Heard] = []
    settled: list[Message] = []
    is_amiss = False
    for message, contact in messages:
        before = Marks(
            message.delivered_at,
            message.bounced_at,
            message.complained_at,
            BounceKind(message.bounce) if message.bounce else None,
        )
        after = fold(before, sayings[message.id])
        values = _find_values(message, before, after, sayings[message.id])
        if values:
            changes[frozenset(values)].append({"id": message.id, **values})
        if message.channel == "email":
            _count(counts, message, contact, before, after)
        if "state" in values:
            settled.append(message)
        heard.append(Heard(message, contact, tuple(sayings[message.id]), before, after))
        is_amiss = is_amiss or _is_amiss(message, before, after)
    for rows in changes.values():
        change_many(session, Message, rows)
    tell_sent(session, settled, now=now)
    react(session, account, heard, now=now)
    count_changes(session, counts)
    if is_amiss:
        taken.is_held = brake_marketing(session, now=now) is not None


def _is_amiss(message: Message, before: Marks, after: Marks) -> bool:
    """Return whether a letter of marketing has just turned out to have come back, or to annoy."""
    is_new = (before.bounced_at is None and after.bounced_at is not None) or (
        before.complained_at is None and after.complained_at is not None
    )
    return is_new and (message.channel, message.message_class) == (EMAIL, MARKETING)


def _at_most(one: Feedback, now: datetime) -> Feedback:
    """Return the saying with a time that can be: no provider's clock runs ahead of ours."""
    if one.occurred_at <= now:
        return one
    return replace(one, occurred_at=now)


def _hold(session: Session, ids: Iterable[int]) -> list[tuple[Message, Contact]]:
    """Lock the contacts of these messages, then the messages, and answer both as they are now."""
    several = list(ids)
    lock_contacts(
        session, session.scalars(select(Message.contact_id).where(Message.id.in_(several)))
    )
    rows = session.execute(
        select(Message, Contact)
        .join(Contact, Contact.id == Message.contact_id)
        .where(Message.id.in_(several))
        .order_by(Message.id)
        .with_for_update(of=Message, key_share=True)
        .execution_options(populate_existing=True)
    )
    return [(message, contact) for message, contact in rows]


def _find_values(
    message: Message, before: Marks, after: Marks, sayings: Sequence[Feedback]
) -> dict[str, Any]:
    """Return the columns that change; a message of which nobody knew has left, since it is spoken of.

    So has one whose answer was lost: it is not tried again. One that is being handed over just now
    stays so: its receipt comes, or its lease runs out.
    """
    values: dict[str, Any] = {}
    if after != before:
        values |= {
            "delivered_at": after.delivered_at,
            "bounced_at": after.bounced_at,
            "complained_at": after.complained_at,
            "bounce": after.bounce.value if after.bounce else None,
        }
    if _is_found(message):
        first = min(one.occurred_at for one in sayings)
        named = next((one.provider_id for one in sayings if one.provider_id), None)
        values |= {
            "state": MessageState.SENT,
            "reason": None,
            "sent_at": message.started_at or first,
            "provider_id": message.provider_id or named,
            "lease_owner": None,
        }
    return values


def _is_found(message: Message) -> bool:
    """Return whether nobody knew that it left, until it was spoken of."""
    waits = message.state in OPEN and message.started_at is None  # it is to be tried again
    return waits or message.state == MessageState.UNCERTAIN


def _count(
    counts: Counter[Change], message: Message, contact: Contact, before: Marks, after: Marks
) -> None:
    """Add to the figures what became known of one letter.

    It counts on the day on which it left, so that shares are of the letters of that day. One of
    which nobody knew that it left counts as sent from now on.
    """
    domain = find_domain(contact.email or "")
    day = find_day(message.sent_at or message.started_at or message.created_at)
    if _is_found(message):
        counts[domain, day, "sent"] += 1
    if before.delivered_at is None and after.delivered_at is not None:
        counts[domain, day, "delivered"] += 1
    if before.complained_at is None and after.complained_at is not None:
        counts[domain, day, "complained"] += 1
    if before.bounce is not after.bounce:
        if before.bounce is not None:
            counts[domain, day, before.bounce.value] -= 1
        if after.bounce is not None:
            counts[domain, day, after.bounce.value] += 1


def _note_source(session: Session, account: str, taken: Taken, *, now: datetime) -> None:
    statement = insert_into(session, FeedbackSource).values(
        account=account,
        heard_at=now,
        taken=taken.counted,
        strays=taken.strays,
        conflicts=taken.conflicts,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[FeedbackSource.account],
            set_={
                "heard_at": statement.excluded.heard_at,
                "taken": FeedbackSource.taken + statement.excluded.taken,
                "strays": FeedbackSource.strays + statement.excluded.strays,
                "conflicts": FeedbackSource.conflicts + statement.excluded.conflicts,
            },
        )
    )
