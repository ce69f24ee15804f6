"""From queued to settled: claim with a lease, start right before the hand-over, record after it.

Nothing here touches the network. Doors call, each in a transaction of its own:
`claim` → (render) → `start` a small group → (hand over) → `record` it and start the next.
A crash can only leave in doubt what was started and not recorded.
"""

import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, literal, select, update
from sqlalchemy.orm import Session

from channels.base import Receipt
from channels.base import Verdict as Answered
from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.bulk import change_many, is_among
from engine.contacts.suppression import suppress
from engine.db import insert_into, lock_contacts
from engine.events.accepting import OwnEvent, append_own
from engine.events.days import Counted, add_to_day
from engine.ids import derive_id
from engine.messages.allowances import load_allowances, load_limits, release, reserve
from engine.messages.limits import LETTERS, Limit
from engine.messages.loading import load_parcels
from engine.messages.parcels import Content, Parcel, Result
from engine.messages.policy import MOST_REPEATS, Defer, Send, Skip, judge
from engine.messages.settling import settle
from engine.messages.standing import load_standings
from engine.messages.states import (
    OPEN,
    SETTLED_EVENT,
    DoubtReason,
    FailReason,
    MessageState,
    Settled,
    SkipReason,
)
from engine.models.journey import Journey
from engine.models.limit import SendingLimit
from engine.models.message import Message, MessageContent

LEASE: Final = timedelta(seconds=120)
"""Longer than a hand-over can take (channels.base: BEGIN_WITHIN and LONGEST_HANDOVER)."""
GROUP: Final = 16
"""Messages started together: what one crash may leave in doubt."""
MOST_CRASHES: Final = 10

# Asked of every group: built once, since building them costs more than asking.
# Of what stands in the way of many: journeys that are silent, and whether there are limits at all.
_STOPS: Final = (
    select(Journey.id, literal(0))
    .where((Journey.state == "paused") | Journey.sends_paused.is_(True))
    .union_all(select(SendingLimit.id, literal(1)).where(SendingLimit.most.is_not(None)))
)
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
class Stops:
    """What stands in the way of many messages.

    Attributes:
        silent: journeys whose messages are kept back: paused, all of them or their messages.
        limits: of the instance.
        held: contacts whose rows this transaction holds; None: it reserves nothing.
    """

    silent: frozenset[int]
    limits: tuple[Limit, ...]
    held: frozenset[int] | None = None


def claim(
    session: Session,
    channel: str,
    *,
    now: datetime,
    limit: int,
    owner: str,
    default_zone: str,
    holdout_percent: int = 0,
) -> list[Parcel]:
    """Lease up to `limit` due messages of a channel and answer those that may leave.

    What a gate refuses is settled here; what must wait is put off. Leases that ran out are taken
    back first.
    """
    _take_back(session, channel, now=now)
    due = (
        select(Message.id)
        .where(
            Message.channel == channel,
            is_among(Message.state, OPEN),
            Message.state == MessageState.QUEUED,
            Message.due_at <= now,
        )
        .order_by(Message.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    )
    stops = _read_stops(session)
    if stops.silent:
        due = due.where(Message.journey_id.is_(None) | Message.journey_id.not_in(stops.silent))
    ids = list(session.scalars(due))
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
    parcels = load_parcels(session, ids, owner=owner)
    return _pass_gates(
        session, parcels, stops, now=now, default_zone=default_zone, holdout_percent=holdout_percent
    )


def hold_contacts(session: Session, parcels: Sequence[Parcel]) -> Stops:
    """Take the contacts of a group into this transaction where something is counted by contact.

    Before anything else in it, since whoever holds a contact may be about to change its messages.
    """
    stops = _read_stops(session)
    counts = [
        parcel.contact_id
        for parcel in parcels
        if (stops.limits and parcel.channel in LETTERS)
        or (parcel.settings.get("gates") or {}).get("once_per")
    ]
    return replace(stops, held=frozenset(lock_contacts(session, counts)))


def start(
    session: Session,
    parcels: Sequence[Parcel],
    *,
    now: datetime,
    default_zone: str,
    holdout_percent: int = 0,
    stops: Stops | None = None,
) -> list[Parcel]:
    """Mark a group as being handed over, having asked every gate again, and answer who may go.

    Between this commit and the hand-over lie only moments: an exit, an unsubscribe or a pause
    committed before it stops the message (rule 80). What counts towards limits is reserved here.

    Args:
        stops: from `hold_contacts`, where the transaction does something else before.
    """
    if not parcels:
        return []
    stops = stops or hold_contacts(session, parcels)
    silent = stops.silent
    mine = _hold(session, parcels)
    held = [parcel for parcel in parcels if parcel.id in mine and mine[parcel.id] > now]
    for parcel in held:
        if parcel.journey_id in silent:
            _put_off(session, parcel, now)
    may_go = [parcel for parcel in held if parcel.journey_id not in silent]
    going = _pass_gates(
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
    return going


def _read_stops(session: Session) -> Stops:
    rows = session.execute(_STOPS).all()
    limits = load_limits(session) if any(is_limit for _, is_limit in rows) else ()
    return Stops(frozenset(id_ for id_, is_limit in rows if not is_limit), limits)


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
    events: list[OwnEvent] = []
    contents: list[dict[str, Any]] = []
    changes: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        if result.parcel.id not in mine:
            continue
        values = settle(result, now)
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
    parcel = results[0].parcel  # all of them are of one channel
    if parcel.channel in LETTERS:
        sent = sum(row["state"] is MessageState.SENT for rows in changes.values() for row in rows)
        add_to_day(session, Counted(parcel.channel), sent, now=now, shard=parcel.id // GROUP)


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
    if isinstance(receipt, Receipt) and receipt.is_dead_address and parcel.address:
        suppress(session, parcel.channel, parcel.address, reason=receipt.code or "dead", now=now)


def _take_back(session: Session, channel: str, *, now: datetime) -> None:
    """Queue again what a dead worker held; hold for a colleague what may have left already."""
    lost = session.execute(
        select(Message.id, Message.started_at, Message.crashes, Message.data)
        .where(
            Message.channel == channel,
            is_among(Message.state, OPEN),
            Message.state == MessageState.SENDING,
            Message.due_at <= now,
        )
        .limit(1000)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    again: list[int] = []
    for row in lost:
        if row.started_at is not None and not row.data.get("resends", True):
            _set_state(session, [row.id], MessageState.UNCERTAIN, DoubtReason.WORKER_DIED)
        elif row.crashes + 1 >= MOST_CRASHES:
            _set_state(session, [row.id], MessageState.SET_ASIDE, FailReason.CRASHED)
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


def _set_state(
    session: Session,
    ids: Sequence[int],
    state: MessageState,
    reason: str | None,
    *,
    details: str | None = None,
) -> None:
    said = {} if details is None else {"details": details}
    session.execute(
        update(Message)
        .where(Message.id.in_(list(ids)))
        .values(state=state, reason=reason, lease_owner=None, **said)
        .execution_options(synchronize_session=False)
    )


def _pass_gates(
    session: Session,
    parcels: Sequence[Parcel],
    stops: Stops,
    *,
    now: datetime,
    default_zone: str,
    holdout_percent: int,
) -> list[Parcel]:
    standings = load_standings(
        session,
        [parcel.id for parcel in parcels],
        now=now,
        default_zone=default_zone,
        holdout_percent=holdout_percent,
    )
    reserves = stops.held is not None
    allowances = load_allowances(
        session,
        stops.limits,
        [standing.bid for standing in standings.values()],
        now=now,
        silent=stops.silent if reserves else None,
    )
    going: list[Parcel] = []
    skipped: dict[Skip, list[Parcel]] = {}
    for parcel in sorted(parcels, key=lambda one: standings[one.id].bid.place):
        standing = standings[parcel.id]
        bid = standing.bid
        if reserves and bid.contact_id != parcel.contact_id:
            _put_off(
                session, parcel, now
            )  # two contacts were joined: the other's row is to be held
            continue
        if repeats := allowances.is_repeated(bid):
            standing = replace(standing, already_sent=repeats)
        if capped := allowances.find_capped(bid, now=now):
            standing = replace(standing, capped=capped)
        match judge(standing, now=now):
            case Send():
                going.append(parcel)
                if reserves:
                    allowances.take(bid, now=now)
            case Defer(until, SkipReason.CAPPED):
                held = {"since": (bid.held_since or now).isoformat(), "until": until.isoformat()}
                _put_off(session, parcel, until, data={**parcel.settings, "held": held})
            case Defer(until):
                _put_off(session, parcel, until)
            case Skip() as skip:
                skipped.setdefault(skip, []).append(parcel)
    if reserves:
        reserve(session, allowances)
    for skip, refused in skipped.items():
        ended = skip.reason is SkipReason.JOURNEY_ENDED
        state = MessageState.CANCELLED if ended else MessageState.SKIPPED
        _set_state(session, [parcel.id for parcel in refused], state, skip.reason, details=skip.by)
    _tell_of_repeats(session, skipped.get(Skip(SkipReason.REPEATED), ()), now=now)
    told = [
        _build_event(parcel, Settled.SKIPPED, skip.reason, now)
        for skip, refused in skipped.items()
        for parcel in refused
        if parcel.settings.get("waits")
    ]
    append_own(session, told, now=now)
    return going


def _tell_of_repeats(session: Session, stopped: Sequence[Parcel], *, now: datetime) -> None:
    """Tell whoever runs the instance that a brake holds; once a day of each template."""
    notices = [
        NewNotice(
            str(derive_id("repeated", parcel.template or "", now.date().isoformat())),
            OWNER,
            f"The template {parcel.template} was about to go to one contact once more, "
            f"after {MOST_REPEATS[parcel.message_class]} times within 24 hours. It is held back; "
            "look at the journeys that send it.",
            parcel.enrollment_id,
        )
        for parcel in stopped
    ]
    add_notices(session, notices, now=now)


def _put_off(session: Session, parcel: Parcel, until: datetime, **changed: Any) -> None:
    session.execute(
        update(Message)
        .where(Message.id == parcel.id)
        .values(state=MessageState.QUEUED, due_at=until, lease_owner=None, **changed)
        .execution_options(synchronize_session=False)
    )


def _tell(result: Result, state: MessageState, reason: str, now: datetime) -> OwnEvent | None:
    """Return the event that tells the journey, if it wants to know."""
    parcel = result.parcel
    answer = result.outcome.answer if isinstance(result.outcome, Receipt) else None
    if state is MessageState.SENT and parcel.settings.get("waits"):
        event = _build_event(parcel, Settled.SENT, "", now)
        if answer is not None:
            event.properties["answer"] = {
                "status": answer.status,
                "headers": dict(answer.headers),
                "body": answer.body,
            }
        return event
    failed = state in (MessageState.FAILED, MessageState.SET_ASIDE)
    if failed and (parcel.settings.get("waits") or parcel.settings.get("exits_on_error")):
        return _build_event(parcel, Settled.FAILED, reason, now)
    return None


def _build_event(parcel: Parcel, fate: Settled, reason: str, now: datetime) -> OwnEvent:
    return OwnEvent(
        contact_id=parcel.contact_id,
        name=SETTLED_EVENT,
        occurred_at=now,
        properties={
            "enrollment_id": parcel.enrollment_id,
            "node": parcel.node,
            "visit": parcel.visit,
            "fate": fate.value,
            "reason": str(reason),
            "exits": bool(parcel.settings.get("exits_on_error")),
        },
        channel=parcel.channel,
        cause_id=parcel.cause_id,
        message_id=f"{parcel.uid}:{fate.value}:{parcel.attempts}",
        subject=parcel.record,
    )


def _write_content(message_id: int, content: Content) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "sender": content.sender[:320],
        "recipient": content.recipient[:2000],
        "subject": content.subject[:998],
        "text": zlib.compress(content.text),
        "html": None if content.html is None else zlib.compress(content.html),
        "headers": [list(header) for header in content.headers],
    }
