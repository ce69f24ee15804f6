"""Hands messages over: claim, make, then small groups of start, send and record.

The transactions are short and hold no network call. What a crash leaves in doubt is one group.
What somebody waits for goes before marketing, and marketing never takes a worker's last thread.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from channels.accounts import Account
from channels.base import Provider, Receipt, Text
from engine.accounts.instance import BOUNCES, PUSH, UNSUBSCRIBE
from engine.config import Settings, split_names
from engine.ids import new_id
from engine.messages.carriers import accounts
from engine.messages.carriers.accounts import HandedOver
from engine.messages.carriers.breaker import REST, Breaker, is_probe_due
from engine.messages.carriers.routing import (
    NEW,
    AccountState,
    Wait,
    choose_account,
    count_together,
    find_obstacle,
    find_room,
)
from engine.messages.compose.sms_parts import count_sms_parts
from engine.messages.gates import passing
from engine.messages.handover import delivery
from engine.messages.handover.delivery import CLASSES, Stream
from engine.messages.making.items import Desk, Made, make_items
from engine.messages.parcels import Parcel, Problem, Result
from engine.messages.senders.from_whom import list_domains
from server.expiring import expire_some
from server.looking_up import resolve
from server.wiring import House

CLAIMED: Final = 64
"""Messages leased at once: few enough that all leave well before the lease ends."""


def deliver(house: House, channel: str) -> int:
    """Hand over one claim of a channel's due messages; answer how many were claimed."""
    for message_class in CLASSES:
        with _place(house, message_class) as has_place:
            claimed = _Round(house, channel).go(message_class) if has_place else 0
        if claimed:
            return claimed
    return 0


def build_desk(house: House) -> Desk:
    """Return what making letters needs."""
    settings = house.settings
    return Desk(
        pool=house.outgoing.pool,
        base_url=settings.base_url,
        sender=settings.sender,
        postal_address=settings.postal_address,
        secret=house.get_secret(UNSUBSCRIBE),
        bounce_address=settings.bounce_address,
        bounce_secret=house.get_secret(BOUNCES) if settings.bounce_address else b"",
        tracking_url=settings.tracking_url,
        tracks=settings.tracks,
        resolve=partial(resolve, house),
        marketing_sender=settings.marketing_sender,
        reply_to=settings.reply_to,
        sender_domains=list_sender_domains(settings),
        push_key=house.get_secret(PUSH),
    )


def list_sender_domains(settings: Settings) -> frozenset[str]:
    """Return the domains at which senders may be registered."""
    further = split_names(settings.sender_domains)
    return list_domains(settings.sender, settings.marketing_sender, further)


@contextmanager
def _place(house: House, message_class: str) -> Iterator[bool]:
    """Take a place for marketing, if there is one; answers whether this thread may go on."""
    if message_class != "marketing":
        yield True
        return
    has_place = house.outgoing.bulk.acquire(blocking=False)
    try:
        yield has_place
    finally:
        if has_place:
            house.outgoing.bulk.release()


def deliver_calls(house: House) -> int:
    """Make one claim of due calls, each target's beside the others'; answer how many there were.

    One thread of a process at most waits for targets that may be silent.
    """
    takes_doubtful = house.outgoing.doubtful.acquire(blocking=False)
    try:
        parcels = _Round(house, "webhook").claim(CLASSES[0], with_doubtful=takes_doubtful)
        by_target: dict[str | None, list[Parcel]] = defaultdict(list)
        for parcel in parcels:
            by_target[parcel.target].append(parcel)
        several = list(by_target.values())
        if len(several) == 1:
            _hand_over_calls(house, several[0])
        elif several:
            with ThreadPoolExecutor(len(several), thread_name_prefix="calls") as pool:
                list(pool.map(partial(_hand_over_calls, house), several))
        return len(parcels)
    finally:
        if takes_doubtful:
            house.outgoing.doubtful.release()


def _hand_over_calls(house: House, parcels: Sequence[Parcel]) -> None:
    _Round(house, "webhook").hand_over(parcels)


@dataclass(frozen=True, slots=True)
class _Carrier:
    """Who carries some of a claim: an account, or the providers of calls, which have none."""

    provider: Provider[Any]
    account: Account | None = None


@dataclass(slots=True)
class _Round:
    """One claim, from its lease to the last record.

    Attributes:
        states: how the accounts stood when this round last looked.
        results: of the group that was handed over last, not recorded yet.
        told: what its account said; None: nothing to tell of an account.
    """

    house: House
    channel: str
    states: dict[str, AccountState] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)
    told: HandedOver | None = None

    def go(self, message_class: str) -> int:
        """Hand over one claim of this class; answer how many were claimed."""
        parcels = self.claim(message_class)
        if parcels:
            self.hand_over(parcels)
        return len(parcels)

    def hand_over(self, parcels: Sequence[Parcel]) -> None:
        """Make what was claimed, and hand it over."""
        made: list[Made] = []
        for outcome in make_items(parcels, build_desk(self.house)):
            match outcome:
                case Made():
                    made.append(outcome)
                case (parcel, Problem() as problem):
                    self.results.append(Result(parcel, problem))
        for carrier, several in self._list_carried(made):
            self._carry(carrier, several)
        self._record_and_start([])

    def claim(self, message_class: str, *, with_doubtful: bool = True) -> list[Parcel]:
        """Lease what may leave; of calls see `engine.messages.webhooks.calls.choose_calls`."""
        house = self.house
        able = [one for one in self._list_accounts() if message_class in one.serves]
        stream = Stream(self.channel, message_class)
        with house.database.transaction() as session:
            room = CLAIMED
            if self._list_accounts():
                self.states = accounts.load_states(session, self.channel)
                room = find_room(able, self.states, most=CLAIMED, now=house.wall.now())
                if room and not expire_some(house, session, stream, self.states):
                    return []  # there may be more that is too old to be the probe
            return delivery.claim(
                session,
                stream,
                now=house.clock.now(),
                limit=room,
                owner=f"{house.outgoing.owner}:{new_id().hex[-8:]}",
                default_zone=house.settings.timezone,
                holdout_percent=house.settings.holdout_percent,
                with_doubtful=with_doubtful,
            )

    def _list_accounts(self) -> Sequence[Account]:
        return self.house.outgoing.accounts.get(self.channel, ())

    def _list_carried(self, made: Sequence[Made]) -> list[tuple[_Carrier, list[Made]]]:
        """Return who carries what; what no account takes now goes back."""
        outgoing = self.house.outgoing
        if self.channel == "webhook":
            kept = [one for one in made if getattr(one.item, "url", None) is None]
            called = [one for one in made if getattr(one.item, "url", None) is not None]
            parts = [(_Carrier(outgoing.webhook_mailbox), kept)] if kept else []
            return [*parts, (_Carrier(outgoing.webhooks), called)] if called else parts
        wall = self.house.wall.now()
        carried: dict[str, tuple[_Carrier, list[Made]]] = {}
        for one in made:
            match choose_account(
                self._list_accounts(),
                self.states,
                uid=one.parcel.uid,
                message_class=one.parcel.message_class,
                now=wall,
            ):
                case Wait(until):
                    self._give_back([one], until)
                case Account() as account:
                    carrier = _Carrier(outgoing.open_account(self.channel, account), account)
                    carried.setdefault(account.name, (carrier, []))[1].append(one)
        return list(carried.values())

    def _carry(self, carrier: _Carrier, several: Sequence[Made]) -> None:
        account = carrier.account
        if account is not None and is_probe_due(
            self._find_breaker(account), now=self.house.wall.now()
        ):
            several = self._probe(account, several)
        size = delivery.GROUP if account is None else count_together(account, most=delivery.GROUP)
        for start in range(0, len(several), size):
            if account is not None and (until := self._find_obstacle(account)) is not None:
                self._give_back(several[start:], until)
                return
            group = several[start : start + size]
            if account is not None and not self._wait_for_rate(account, len(group)):
                self._give_back(several[start:], self.house.wall.now())
                return
            self._send(carrier, self._record_and_start(group))
            if self.told is not None and accounts.is_trouble(self.told.receipts):
                self._record_and_start([])  # before more of it is handed over

    def _find_breaker(self, account: Account) -> Breaker:
        return self.states.get(account.name, NEW).breaker

    def _find_obstacle(self, account: Account) -> datetime | None:
        return find_obstacle(account, self.states.get(account.name, NEW), now=self.house.wall.now())

    def _probe(self, account: Account, several: Sequence[Made]) -> Sequence[Made]:
        """Return the one message by which it is tried whether the account is back; or none."""
        wall = self.house.wall.now()
        state = self.states.get(account.name, NEW)
        with self.house.database.transaction() as session:
            is_mine = accounts.take_probe(session, self.channel, account.name, state, wall=wall)
        probes = several[:1] if is_mine else []
        self._give_back(several[len(probes) :], wall + REST)
        return probes

    def _wait_for_rate(self, account: Account, n: int) -> bool:
        """Wait until the account's rate lets the next leave; False: this process ends first."""
        if account.rate is None:
            return True
        wall = self.house.wall.now()
        with self.house.database.transaction() as session:
            leaves_at = accounts.reserve(session, self.channel, account, n, wall=wall)
        seconds = (leaves_at - self.house.wall.now()).total_seconds()
        return not self.house.closing.wait(max(0.0, seconds))

    def _keep_pace(self, account: Account, n: int) -> None:
        """Wait until a group that is late does not leave together with the one before it."""
        if account.rate is not None:
            pace = self.house.outgoing.find_pace(self.channel, account.name, account.rate)
            self.house.closing.wait(pace.take_turn(n, now=self.house.wall.now()).total_seconds())

    def _record_and_start(self, group: Sequence[Made]) -> list[Made]:
        """Record the group before and start the next in one transaction; answer who may go."""
        if not self.results and not group:
            return []
        house, now = self.house, self.house.clock.now()
        parcels = [one.parcel for one in group]
        with house.database.transaction() as session:
            stops = passing.hold_contacts(session, parcels) if parcels else None
            delivery.record(session, self.results, now=now)
            if self.told is not None and accounts.note_receipts(
                session, self.channel, self.told, wall=house.wall.now()
            ):
                self.states = accounts.load_states(session, self.channel)
            going = delivery.start(
                session,
                parcels,
                now=now,
                default_zone=house.settings.timezone,
                holdout_percent=house.settings.holdout_percent,
                stops=stops,
                targets={one.parcel.id: one.targets for one in group if one.targets},
            )
        self.results, self.told = [], None
        may_go = {parcel.id for parcel in going}
        return [one for one in group if one.parcel.id in may_go]

    def _send(self, carrier: _Carrier, going: Sequence[Made]) -> None:
        if not going:
            return
        provider, account = carrier.provider, carrier.account
        if account is not None:
            self._keep_pace(account, len(going))
        keeps = provider.keeps_content or self.house.settings.keep_content
        name = provider.name if account is None else account.name

        def note(place: int, receipt: Receipt) -> None:
            one = going[place]
            kept = one.content if keeps else None
            parts = count_sms_parts(one.item.body).count if isinstance(one.item, Text) else None
            self.results.append(Result(one.parcel, receipt, name, kept, parts))

        provider.send([one.item for one in going], note, now=self.house.clock.now())
        if account is not None:
            receipts = [one.outcome for one in self.results if isinstance(one.outcome, Receipt)]
            self.told = HandedOver(account, self.states.get(account.name, NEW), receipts)

    def _give_back(self, several: Sequence[Made], until: datetime) -> None:
        """Put off what no account takes before an instant of the machine's clock."""
        wait = max(until - self.house.wall.now(), accounts.SHORTEST)
        with self.house.database.transaction() as session:
            delivery.give_back(
                session, [one.parcel for one in several], until=self.house.clock.now() + wait
            )
