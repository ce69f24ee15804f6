"""The gates on the way out: who may leave, who waits, who never will, and what is reserved for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import literal, null, select, union_all, update
from sqlalchemy.orm import Session

from engine.accounts.notices import OWNER, NewNotice, add_notices
from engine.db import lock_contacts
from engine.events.accepting import OwnEvent, append_own
from engine.ids import derive_id
from engine.language.say import Sentence
from engine.messages.allowances import load_allowances, load_limits, reserve
from engine.messages.limits import LETTERS, Bid, Limit
from engine.messages.parcels import Parcel
from engine.messages.policy import MOST_REPEATS, Defer, Send, Skip, judge
from engine.messages.standing import load_standings
from engine.messages.states import SETTLED_EVENT, MessageState, Settled, SkipReason
from engine.models.feedback import Stream as HeldStream
from engine.models.journey import Journey
from engine.models.limit import SendingLimit
from engine.models.message import Message

_JOURNEY: Final = 0
_LIMIT: Final = 1
_STREAM: Final = 2
# Of what stands in the way of many: silent journeys, held streams, and whether there are limits.
_STOPS: Final[Any] = union_all(
    select(
        literal(_JOURNEY), Journey.id, null().label("channel"), null().label("message_class")
    ).where((Journey.state == "paused") | Journey.sends_paused.is_(True)),
    select(literal(_LIMIT), SendingLimit.id, null(), null()).where(SendingLimit.most.is_not(None)),
    select(literal(_STREAM), null(), HeldStream.channel, HeldStream.message_class).where(
        HeldStream.held_at.is_not(None)
    ),
)
# Asked of every group: built once, since building it costs more than asking.


@dataclass(frozen=True, slots=True)
class Stops:
    """What stands in the way of many messages.

    Attributes:
        silent: journeys whose messages are kept back: paused, all of them or their messages.
        streams: held by a brake: (channel, class).
        limits: of the instance.
        held: contacts whose rows this transaction holds; None: it reserves nothing.
    """

    silent: frozenset[int]
    streams: frozenset[tuple[str, str]]
    limits: tuple[Limit, ...]
    held: frozenset[int] | None = None

    def covers(self, one: Parcel | Bid) -> bool:
        """Return whether a message is kept back, and stays where it is."""
        return one.journey_id in self.silent or (one.channel, one.message_class) in self.streams


def read_stops(session: Session) -> Stops:
    """Return what is in the way of all, in one question where there are no limits."""
    rows = session.execute(_STOPS).all()
    limits = load_limits(session) if any(kind == _LIMIT for kind, *_ in rows) else ()
    return Stops(
        frozenset(id_ for kind, id_, _, _ in rows if kind == _JOURNEY),
        frozenset((channel, held) for kind, _, channel, held in rows if kind == _STREAM),
        limits,
    )


def hold_contacts(session: Session, parcels: Sequence[Parcel]) -> Stops:
    """Take the contacts of a group into this transaction where something is counted by contact.

    Before anything else in it, since whoever holds a contact may be about to change its messages.
    """
    stops = read_stops(session)
    counts = [parcel.contact_id for parcel in parcels if _is_counted(parcel, stops)]
    return replace(stops, held=frozenset(lock_contacts(session, counts)))


def _is_counted(parcel: Parcel, stops: Stops) -> bool:
    """Return whether what went to its contact before may decide about a message."""
    if stops.limits and parcel.channel in LETTERS:
        return True
    return bool((parcel.settings.get("gates") or {}).get("once_per"))


def pass_gates(
    session: Session,
    parcels: Sequence[Parcel],
    stops: Stops,
    *,
    now: datetime,
    default_zone: str,
    holdout_percent: int,
) -> list[Parcel]:
    """Ask the gates, settle what they refuse, put off what they hold, and answer who may go.

    The best of each contact are looked at first; with contacts held, what may go is reserved.
    """
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
        is_kept_back=stops.covers if reserves else None,
    )
    going: list[Parcel] = []
    skipped: dict[Skip, list[Parcel]] = {}
    for parcel in sorted(parcels, key=lambda one: standings[one.id].bid.place):
        standing = standings[parcel.id]
        bid = standing.bid
        if reserves and bid.contact_id != parcel.contact_id:
            put_off(session, parcel, now)  # two contacts were joined: the other's row is to be held
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
                put_off(session, parcel, until, data={**parcel.settings, "held": held})
            case Defer(until):
                put_off(session, parcel, until)
            case Skip() as skip:
                skipped.setdefault(skip, []).append(parcel)
    if reserves:
        reserve(session, allowances)
    for skip, refused in skipped.items():
        ended = skip.reason is SkipReason.JOURNEY_ENDED
        state = MessageState.CANCELLED if ended else MessageState.SKIPPED
        set_state(session, [parcel.id for parcel in refused], state, skip.reason, details=skip.by)
    _tell_of_repeats(session, skipped.get(Skip(SkipReason.REPEATED), ()), now=now)
    told = [
        build_event(parcel, Settled.SKIPPED, skip.reason, now)
        for skip, refused in skipped.items()
        for parcel in refused
        if parcel.settings.get("waits")
    ]
    append_own(session, told, now=now)
    return going


def set_state(
    session: Session,
    ids: Sequence[int],
    state: MessageState,
    reason: str | None,
    *,
    details: str | None = None,
) -> None:
    """Settle leased messages, or let somebody look at them."""
    said = {} if details is None else {"details": details}
    session.execute(
        update(Message)
        .where(Message.id.in_(list(ids)))
        .values(state=state, reason=reason, lease_owner=None, **said)
        .execution_options(synchronize_session=False)
    )


def put_off(session: Session, parcel: Parcel, until: datetime, **changed: Any) -> None:
    """Queue a message again, not to leave before `until`."""
    session.execute(
        update(Message)
        .where(Message.id == parcel.id)
        .values(state=MessageState.QUEUED, due_at=until, lease_owner=None, **changed)
        .execution_options(synchronize_session=False)
    )


def _tell_of_repeats(session: Session, stopped: Sequence[Parcel], *, now: datetime) -> None:
    """Tell whoever runs the instance that a brake holds; once a day of each template."""
    notices = [
        NewNotice(
            str(derive_id("repeated", parcel.template or "", now.date().isoformat())),
            OWNER,
            Sentence(
                "The template {template} was about to go to one contact once more, after {most} "
                "times within 24 hours. It is held back; look at the journeys that send it.",
                template=parcel.template,
                most=MOST_REPEATS[parcel.message_class],
            ),
            parcel.enrollment_id,
        )
        for parcel in stopped
    ]
    add_notices(session, notices, now=now)


def build_event(parcel: Parcel, fate: Settled, reason: str, now: datetime) -> OwnEvent:
    """Return the event by which a node learns what became of its message."""
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
