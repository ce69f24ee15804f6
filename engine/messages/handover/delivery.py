"""From queued to settled: claim with a lease, start right before the hand-over, record after it.

Nothing here touches the network. Doors call, each in a transaction of its own:
`claim` → (render) → `start` a small group → (hand over) → `record` it and start the next.
A crash can only leave in doubt what was started and not recorded.
"""

import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session

from channels.base import DeviceTold, Receipt
from channels.base import Verdict as Answered
from engine.bulk import change_many, is_among
from engine.contacts.push_devices import note_told
from engine.contacts.sms_opt_outs import BY_PROVIDER, opt_out
from engine.contacts.suppression import suppress
from engine.db import insert_into
from engine.events.accepting import OwnEvent, append_own
from engine.events.days import Counted, add_to_day
from engine.messages.feedback.domains import count_sent
from engine.messages.gates.allowances import release
from engine.messages.gates.limits import LETTERS
from engine.messages.gates.passing import (
    Stops,
    build_event,
    hold_contacts,
    pass_gates,
    put_off,
    read_stops,
    set_state,
)
from engine.messages.making.loading import load_parcels
from engine.messages.parcels import Content, Parcel, Result
from engine.messages.settled import tell_sent
from engine.messages.settling import settle
from engine.messages.states import (
    OPEN,
    DoubtReason,
    FailReason,
    MessageState,
    Settled,
)
from engine.messages.tracking.following import keep_targets
from engine.messages.webhooks.calls import Ledger, choose_calls
from engine.models.message import Message, MessageContent

LEASE: Final = timedelta(seconds=120)
"""Longer than a hand-over can take (channels.base: BEGIN_WITHIN and LONGEST_HANDOVER)."""
CLASSES: Final = ("transactional", "marketing")
"""In the order in which they leave: what somebody waits for goes first."""
GROUP: Final = 16
"""Messages started together: what one crash may leave in doubt."""
MOST_CRASHES: Final = 10

# Asked of every group: built once, since building them costs more than asking.
_LEASED: Final = (
    select(Message.id, Message.lease_owner, Message.due_at)
    .where(
        Message.id.in_(bindparam("ids", expanding=True)),
        Message.state == MessageState.SENDING,
    )
    .order_by(Message.id)
    .with_for_update(key_share=True)
)


@dataclass(frozen=True, slots=True)
class Stream:
    """Messages that leave one behind the other: those of a channel and class."""

    channel: str
    message_class: str

    def select(self) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions by which an index finds them."""
        return Message.channel == self.channel, Message.message_class == self.message_class


def claim(  # noqa: PLR0913 - all but two are asked for by name
    session: Session,
    stream: Stream,
    *,
    now: datetime,
    limit: int,
    owner: str,
    default_zone: str,
    holdout_percent: int = 0,
    with_doubtful: bool = True,
) -> list[Parcel]:
    """Lease up to `limit` due messages of a stream and answer those that may leave.

    What a gate refuses is settled here; what must wait is put off. Leases that ran out are taken
    back first.

    Args:
        with_doubtful: of calls: see `engine.messages.webhooks.calls.choose_calls`.
    """
    _take_back(session, stream, now=now)
    if limit <= 0:
        return []
    stops = read_stops(session)
    if (stream.channel, stream.message_class) in stops.streams:
        return []
    if stream.channel == "webhook":
        ids = choose_calls(
            session, now=now, limit=limit, silent=stops.silent, with_doubtful=with_doubtful
        )
    else:
        ids = choose_letters(session, stream, now=now, limit=limit, silent=stops.silent)
    if not ids:
        return []
    session.execute(
        update(Message)
        .where(Message.id.in_(ids))
        .values(
            state=MessageState.SENDING,
            due_at=now + LEASE,
            lease_owner=owner,
            started_at=None,
        )
        .execution_options(synchronize_session=False)
    )
    parcels = load_parcels(session, ids, owner=owner, now=now)
    return pass_gates(
        session, parcels, stops, now=now, default_zone=default_zone, holdout_percent=holdout_percent
    )


def choose_letters(
    session: Session, stream: Stream, *, now: datetime, limit: int, silent: Collection[int]
) -> list[int]:
    """Take up to `limit` messages of a stream that were due by `now`, not those of silent journeys."""
    due = (
        select(Message.id)
        .where(
            *stream.select(),
            is_among(Message.state, OPEN),
            Message.state == MessageState.QUEUED,
            Message.due_at <= now,
        )
        .order_by(Message.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    )
    if silent:
        due = due.where(Message.journey_id.is_(None) | Message.journey_id.not_in(silent))
    return list(session.scalars(due))


def start(
    session: Session,
    parcels: Sequence[Parcel],
    *,
    now: datetime,
    default_zone: str,
    holdout_percent: int = 0,
    stops: Stops | None = None,
    targets: Mapping[int, Mapping[str, str]] | None = None,
) -> list[Parcel]:
    """Mark a group as being handed over, having asked every gate again, and answer who may go.

    Between this commit and the hand-over lie only moments: an exit, an unsubscribe or a pause
    committed before it stops the message (rule 80). What counts towards limits is reserved here.

    Args:
        stops: from `hold_contacts`, where the transaction does something else before.
        targets: where links lead that differ by contact, by the parcel's id: kept before anybody
            can follow one.
    """
    if not parcels:
        return []
    stops = stops or hold_contacts(session, parcels)
    mine = _hold(session, parcels)
    held = [parcel for parcel in parcels if parcel.id in mine and mine[parcel.id] > now]
    for parcel in held:
        if stops.covers(parcel):
            put_off(session, parcel, now)
    may_go = [parcel for parcel in held if not stops.covers(parcel)]
    going = pass_gates(
        session, may_go, stops, now=now, default_zone=default_zone, holdout_percent=holdout_percent
    )
    by_words: dict[int | None, list[int]] = defaultdict(list)
    for parcel in going:
        by_words[parcel.template_version_id].append(parcel.id)
    for words, ids in by_words.items():
        session.execute(
            update(Message)
            .where(Message.id.in_(ids))
            .values(
                started_at=now,
                due_at=now + LEASE,
                attempts=Message.attempts + 1,
                template_version_id=words,  # tried again, it says the same (rule 100)
            )
            .execution_options(synchronize_session=False)
        )
    if targets:
        keep_targets(session, {one.id: targets[one.id] for one in going if one.id in targets})
    return going


def give_back(session: Session, parcels: Sequence[Parcel], *, until: datetime) -> None:
    """Queue leased messages again that nobody can carry before `until`; no attempt is spent."""
    mine = _hold(session, parcels)
    if mine:
        session.execute(
            update(Message)
            .where(Message.id.in_(list(mine)))
            .values(state=MessageState.QUEUED, due_at=until, lease_owner=None)
            .execution_options(synchronize_session=False)
        )


def _hold(session: Session, parcels: Sequence[Parcel]) -> dict[int, datetime]:
    """Lock those of these messages that their worker still leases; answer until when, by id."""
    owners = {parcel.id: parcel.owner for parcel in parcels}
    rows = session.execute(_LEASED, {"ids": list(owners)})
    return {row.id: row.due_at for row in rows if row.lease_owner == owners[row.id]}


def record(session: Session, results: Sequence[Result], *, now: datetime) -> None:
    """Write down what came of messages, and tell the nodes that wait for it.

    A result is dropped where the lease was lost meanwhile: then another has taken over.
    """
    if not results:
        return
    mine = _hold(session, [result.parcel for result in results])
    is_call = results[0].parcel.channel == "webhook"  # all of them are of one channel
    ledger = Ledger(session, results) if is_call else None
    events: list[OwnEvent] = []
    contents: list[dict[str, Any]] = []
    changes: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        if result.parcel.id not in mine:
            continue
        values = settle(result, now) if ledger is None else ledger.settle(result, now)
        changes[frozenset(values)].append({"id": result.parcel.id, **values, "lease_owner": None})
        state: MessageState = values["state"]
        _suppress_dead(session, result, now=now)
        if state is MessageState.SENT and result.kept is not None:
            contents.append(_write_content(result.parcel.id, result.kept))
        if event := _tell(result, state, values.get("reason") or "", now):
            events.append(event)
    for rows in changes.values():
        change_many(session, Message, rows)
    release(session, [one.parcel.id for one in results if one.parcel.id in mine and _stayed(one)])
    if contents:
        statement = insert_into(session, MessageContent)
        session.execute(statement.on_conflict_do_nothing(), contents)
    append_own(session, events, now=now)
    if ledger is not None:
        ledger.close(now)
    parcel = results[0].parcel  # all of them are of one channel
    if parcel.channel == "push":
        note_told(session, _list_told(results), now=now)
    if parcel.channel in LETTERS:
        sent = {
            row["id"]
            for rows in changes.values()
            for row in rows
            if row["state"] is MessageState.SENT
        }
        shard = parcel.id // GROUP
        if parcel.channel == "email":
            gone = [one.parcel.address or "" for one in results if one.parcel.id in sent]
            count_sent(session, gone, now=now, shard=shard)
        add_to_day(session, Counted(parcel.channel), len(sent), now=now, shard=shard)


def _list_told(results: Sequence[Result]) -> list[DeviceTold]:
    return [
        one
        for result in results
        if isinstance(result.outcome, Receipt)
        for one in result.outcome.devices
    ]


def _stayed(result: Result) -> bool:
    """Return whether nobody can have got it, so that it counts towards no limit."""
    match result.outcome:
        case Receipt(verdict=answered):
            return answered not in (Answered.ACCEPTED, Answered.UNCERTAIN)
        case _:
            return False  # it was never started


def _suppress_dead(session: Session, result: Result, *, now: datetime) -> None:
    """Never write again to an address that the provider says takes nothing (rule 119)."""
    receipt, parcel = result.outcome, result.parcel
    if isinstance(receipt, Receipt) and receipt.is_opted_out and parcel.address:
        opt_out(session, parcel.address, source=BY_PROVIDER, now=now)
    if isinstance(receipt, Receipt) and receipt.is_dead_address and parcel.address:
        suppress(session, parcel.channel, parcel.address, reason=receipt.code or "dead", now=now)


def _take_back(session: Session, stream: Stream, *, now: datetime) -> None:
    """Queue again what a dead worker held; hold for a colleague what may have left already."""
    lost = session.scalars(
        select(Message)
        .where(
            *stream.select(),
            is_among(Message.state, OPEN),
            Message.state == MessageState.SENDING,
            Message.due_at <= now,
        )
        .limit(1000)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    again: list[int] = []
    for row in lost:
        if row.started_at is not None and (row.delivered_at or row.bounced_at):
            _settle_heard(session, row, now=now)
        elif row.started_at is not None and not row.data.get("resends", True):
            set_state(session, [row.id], MessageState.UNCERTAIN, DoubtReason.WORKER_DIED)
        elif row.crashes + 1 >= MOST_CRASHES:
            set_state(session, [row.id], MessageState.SET_ASIDE, FailReason.CRASHED)
        else:
            again.append(row.id)
    if again:
        session.execute(
            update(Message)
            .where(Message.id.in_(again))
            .values(
                state=MessageState.QUEUED,
                due_at=now,
                lease_owner=None,
                started_at=None,
                crashes=Message.crashes + 1,
            )
            .execution_options(synchronize_session=False)
        )


def _settle_heard(session: Session, row: Message, *, now: datetime) -> None:
    """Note that what a dead worker held has left: somebody has told what became of it."""
    session.execute(
        update(Message)
        .where(Message.id == row.id)
        .values(state=MessageState.SENT, sent_at=row.started_at, reason=None, lease_owner=None)
        .execution_options(synchronize_session=False)
    )
    tell_sent(session, [row], now=now)


def _tell(result: Result, state: MessageState, reason: str, now: datetime) -> OwnEvent | None:
    """Return the event that tells the journey, if it wants to know."""
    parcel = result.parcel
    answer = result.outcome.answer if isinstance(result.outcome, Receipt) else None
    if state is MessageState.SENT and parcel.settings.get("waits"):
        event = build_event(parcel, Settled.SENT, "", now)
        if answer is not None:
            event.properties["answer"] = {
                "status": answer.status,
                "headers": dict(answer.headers),
                "body": answer.body,
            }
        return event
    failed = state in (MessageState.FAILED, MessageState.SET_ASIDE)
    if failed and (parcel.settings.get("waits") or parcel.settings.get("exits_on_error")):
        return build_event(parcel, Settled.FAILED, reason, now)
    return None


def _write_content(message_id: int, content: Content) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "sender": content.sender[:320],
        "recipient": content.recipient[:2000],
        "subject": content.subject[:998],
        "text": zlib.compress(content.text),
        "html": None if content.html is None else zlib.compress(content.html),
        "headers": [list(header) for header in content.headers],
        "files": list(content.files) or None,
    }
