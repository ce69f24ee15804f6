"""Sending limits: so much marketing to one contact within a window, and who goes first. Pure.

Sources: rules 87 to 92 of docs/semantics.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from engine.document.durations import parse_elapsed
from engine.when.local import DAY, MIDNIGHT, at_local, local_date
from engine.when.zones import Zone

LONGEST_WINDOW: Final = timedelta(days=90)
LONGEST_HOLD: Final = timedelta(days=7)
TURN: Final = timedelta(seconds=5)
"""After so long somebody is asked again who let a better message go first."""
RANKS: Final[Mapping[str, int]] = {"high": 0, "normal": 1, "low": 2}
LETTERS: Final = frozenset({"email", "sms", "push"})
"""Channels whose messages are limited: those that reach a person."""

Window = timedelta | Literal["day", "week"]
Policy = Literal["skip", "hold"]
OnCap = Literal["skip", "hold", "exit"]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` messages to one contact within a window.

    Attributes:
        channel: which messages it is about; None: any.
        topic: as `channel`.
        most: 0: never. What has no limit is no `Limit` (rule 90).
        window: exact time that rolls on, or a day or week of the recipient's calendar.
        policy: what becomes of a message that is over it, unless its node says so.
        hold_for: how long it is held at most; None: until it may leave.
        counts_transactional: what is transactional counts too; limited it never is (rule 91).
    """

    key: str
    most: int
    window: Window
    policy: Policy = "skip"
    hold_for: timedelta | None = None
    channel: str | None = None
    topic: str | None = None
    counts_transactional: bool = False

    def is_about(self, channel: str, topic: str | None) -> bool:
        """Return whether a message of this channel and topic counts."""
        return self.channel in (None, channel) and self.topic in (None, topic)


@dataclass(frozen=True, slots=True)
class Use:
    """A message that has left, or is just leaving."""

    message_id: int
    channel: str
    topic: str | None
    is_transactional: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Bid:
    """A message that would leave now, as limits look at it.

    Attributes:
        rank: its journey's priority; the smaller, the better.
        came_due: when it was to leave first.
        zone: the recipient's own, whatever zone the journey reckons in.
        on_cap: what its node says; None: as the limit says.
        hold_for: with `on_cap` hold; None: until it may leave.
        held_since: when a limit first held it.
        once: of which kind only one goes to a contact; None: any number.
    """

    id: int
    contact_id: int
    channel: str
    message_class: str
    topic: str | None
    rank: int
    came_due: datetime
    zone: Zone
    on_cap: OnCap | None = None
    hold_for: timedelta | None = None
    held_since: datetime | None = None
    journey_id: int | None = None
    node: str | None = None
    template: str | None = None
    once: str | None = None

    @property
    def place(self) -> tuple[int, datetime, int]:
        """Its place among those that compete: priority, then earlier due, then id (rule 89)."""
        return self.rank, self.came_due, self.id

    @property
    def is_marketing(self) -> bool:
        """Whether limits hold for it."""
        return self.message_class == "marketing" and self.channel in LETTERS

    def name_scope(self, once: str) -> tuple[object, ...]:
        """Return what two messages share of which `once` lets only one go (rule 84)."""
        match once:
            case "node":
                return once, self.journey_id, self.node
            case "journey":
                return once, self.journey_id, self.template
            case _:
                return once, self.template


@dataclass(frozen=True, slots=True)
class Capped:
    """A message is over a limit.

    Attributes:
        by: key of the limit.
        free_at: when it may leave, as things stand; None: never.
        holds_until: it is held up to here; None: it is not held, but skipped.
    """

    by: str
    free_at: datetime | None
    holds_until: datetime | None

    @property
    def is_held(self) -> bool:
        """Whether it becomes free in the time for which it is held."""
        if self.free_at is None or self.holds_until is None:
            return False
        return self.free_at <= self.holds_until


def read_bid_gates(gates: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a message's row says of limits, as a bid keeps it."""
    hold_for = gates.get("hold_for")
    return {
        "rank": RANKS.get(gates.get("priority", ""), RANKS["normal"]),
        "on_cap": gates.get("on_cap"),
        "hold_for": None if hold_for is None else parse_elapsed(hold_for),
        "once": gates.get("once_per"),
    }


def find_free(
    limit: Limit, times: Sequence[datetime], *, now: datetime, zone: Zone
) -> datetime | None:
    """Return the first instant from `now` on at which one more may leave; None: never.

    Args:
        limit: asked.
        times: of what counts; in any order, and older ones may be among them.
        now: an instant.
        zone: whose days and weeks a calendar window means.
    """
    if limit.most == 0:
        return None
    begins, ends = find_window(limit.window, now=now, zone=zone)
    counted = sorted(one for one in times if one >= begins)
    if isinstance(limit.window, timedelta):
        counted = [one for one in counted if one > begins]  # (now - W, now]
    if len(counted) < limit.most:
        return now
    if isinstance(limit.window, timedelta):
        return counted[len(counted) - limit.most] + limit.window
    return ends


def find_window(window: Window, *, now: datetime, zone: Zone) -> tuple[datetime, datetime]:
    """Return from when on things count, and when a calendar window ends (rule 88)."""
    if isinstance(window, timedelta):
        return now - window, now
    today = local_date(now, zone)
    first = today if window == "day" else today - DAY * today.weekday()
    after = first + DAY * (1 if window == "day" else 7)
    return at_local(first, MIDNIGHT, zone), at_local(after, MIDNIGHT, zone)


class Allowances:
    """What each contact may still get, while one group of messages is looked at in its order.

    Args:
        limits: of the instance.
        uses: what counts, by contact.
        rivals: other messages that are due to the same contacts; the better ones go first.
    """

    def __init__(
        self,
        limits: Sequence[Limit] = (),
        uses: Mapping[int, Sequence[Use]] | None = None,
        rivals: Mapping[int, Sequence[Bid]] | None = None,
    ) -> None:
        self._limits = limits
        self._uses: dict[int, list[Use]] = defaultdict(list)
        for contact_id, several in (uses or {}).items():
            self._uses[contact_id] = list(several)
        self._rivals = rivals or {}
        self._gone: set[tuple[object, ...]] = set()
        self.taken: list[tuple[Bid, Use]] = []

    def is_repeated(self, bid: Bid) -> bool:
        """Return whether one before it in the group was the only one that may go (rule 84)."""
        return bid.once is not None and (bid.contact_id, *bid.name_scope(bid.once)) in self._gone

    def find_capped(self, bid: Bid, *, now: datetime) -> Capped | None:
        """Return what stands in a message's way; None: it may leave."""
        if not bid.is_marketing:
            return None
        full: list[tuple[Limit, datetime | None]] = []
        yields_to: Limit | None = None
        for limit in self._limits:
            if not limit.is_about(bid.channel, bid.topic):
                continue
            times = self._list_times(limit, bid)
            free_at = find_free(limit, times, now=now, zone=bid.zone)
            if free_at != now:
                full.append((limit, free_at))
            elif self._is_outbid(limit, times, bid, now):
                yields_to = limit
        if full:
            return _rule(bid, full, now)
        if yields_to is not None:
            return Capped(yields_to.key, now + TURN, now + TURN)
        return None

    def take(self, bid: Bid, *, now: datetime) -> None:
        """Count a message that leaves now."""
        for once in ("node", "journey", "template"):
            self._gone.add((bid.contact_id, *bid.name_scope(once)))
        if bid.channel not in LETTERS or not self._limits:
            return
        counts = bid.is_marketing or any(one.counts_transactional for one in self._limits)
        if counts:
            use = Use(bid.id, bid.channel, bid.topic, not bid.is_marketing, now)
            self._uses[bid.contact_id].append(use)
            self.taken.append((bid, use))

    def _list_times(self, limit: Limit, bid: Bid) -> list[datetime]:
        return [
            use.at
            for use in self._uses.get(bid.contact_id, ())
            if use.message_id != bid.id
            and limit.is_about(use.channel, use.topic)
            and (limit.counts_transactional or not use.is_transactional)
        ]

    def _is_outbid(self, limit: Limit, times: Sequence[datetime], bid: Bid, now: datetime) -> bool:
        """Return whether better messages that are due as well take all that is left (rule 89)."""
        better = sum(
            rival.place < bid.place and limit.is_about(rival.channel, rival.topic)
            for rival in self._rivals.get(bid.contact_id, ())
        )
        if not better:
            return False
        ahead = [*times, *([now] * better)]
        return find_free(limit, ahead, now=now, zone=bid.zone) != now


def _rule(bid: Bid, full: Sequence[tuple[Limit, datetime | None]], now: datetime) -> Capped:
    """Return what becomes of a message that some limits keep from leaving."""
    by, free_at = full[0][0].key, full[0][1]
    for limit, later in full[1:]:
        if free_at is not None and (later is None or later > free_at):
            by, free_at = limit.key, later
    if bid.on_cap is None:
        is_held = all(limit.policy == "hold" for limit, _ in full)
        longest = min((one.hold_for for one, _ in full if one.hold_for), default=LONGEST_HOLD)
    else:
        is_held = bid.on_cap == "hold"
        longest = bid.hold_for or LONGEST_HOLD
    since = bid.held_since or now
    return Capped(by, free_at, since + longest if is_held else None)
