"""What waited for an account until it was too old: never sent late, and said so (promise P13)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from channels.accounts import Account
from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.ids import derive_id
from engine.language.say import Sentence, load_sentence
from engine.messages.carriers.routing import AccountState, find_silence
from engine.messages.gates.passing import read_stops
from engine.messages.handover.delivery import Stream, choose_letters
from engine.messages.handover.held_calls import settle_held
from engine.messages.settling import NO_ACCOUNT, OLDEST
from engine.messages.states import MessageState, Settled, SkipReason
from engine.models.journey import Notice

BATCH: Final = 1_000


def expire_waiting(
    session: Session,
    stream: Stream,
    accounts: Sequence[Account],
    states: Mapping[str, AccountState],
    *,
    now: datetime,
    wall: datetime,
    limit: int = BATCH,
) -> int:
    """Skip what is too old while no account has taken anything for as long; answer how many.

    Only what nothing else keeps back: neither its journey nor a brake. Nodes that wait are told.

    Args:
        session: of a transaction.
        stream: whose messages.
        accounts: of its channel.
        states: how they stand.
        now: by the product's clock, as the messages' times are.
        wall: by the machine's, as the accounts' are.
        limit: how many at most; as many as that, and there may be more.
    """
    oldest = OLDEST[stream.message_class]
    since = find_silence(accounts, states, message_class=stream.message_class)
    if since is None or wall - since < oldest:
        return 0
    stops = read_stops(session)
    if (stream.channel, stream.message_class) in stops.streams:
        return 0
    ids = choose_letters(session, stream, now=now - oldest, limit=limit, silent=stops.silent)
    if ids:
        fate = MessageState.SKIPPED, Settled.SKIPPED, SkipReason.EXPIRED
        settle_held(session, ids, *fate, now=now, details=NO_ACCOUNT.english)
        _tell_owner(session, stream.channel, len(ids), now=now)
    return len(ids)


def _tell_owner(session: Session, channel: str, n: int, *, now: datetime) -> None:
    """Tell of all that expired on this day in one notice, unread again with each that is added."""
    key = str(derive_id("expired", channel, now.date().isoformat()))
    add_notices(session, [NewNotice(key, OWNER, _write(channel, 0))], now=now)
    asked = select(Notice.said).where(Notice.key == key).with_for_update()
    said = session.scalar(asked)
    before = load_sentence(said).values["n"] if said else 0
    words = _write(channel, n + int(str(before)))
    session.execute(
        update(Notice)
        .where(Notice.key == key)
        .values(words=words.english, said=words.dump(), read_at=None)
        .execution_options(synchronize_session=False)
    )


def _write(channel: str, n: int) -> Sentence:
    return Sentence(
        "{n} messages expired today, by {channel}: no account of that channel has taken any for so "
        "long that they would have come too late (transactional after {few} hours, marketing after "
        "{many}). Look at the accounts in the settings, under Channels.",
        n=n,
        channel=Sentence(channel),
        few=_count_hours("transactional"),
        many=_count_hours("marketing"),
    )


def _count_hours(message_class: str) -> int:
    return int(OLDEST[message_class].total_seconds()) // 3600
