"""Who opened or clicked: a human, a machine, or nobody can tell. Pure.

Scanners of mail follow links before anybody reads them, and mail programs fetch pictures unasked.
What gives them away is published by those who run them and by senders who measured them: HEAD
requests, announced prefetches (https://wicg.github.io/nav-speculation/prefetch.html, Sec-Purpose),
names in the user agent, all links of a letter within seconds, links opened as soon as the letter
is handed over, browsers that name no language, many letters opened from one network at once.
Whoever asks not to be tracked (DNT, Sec-GPC) is human all the same: what they click counts.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntFlag, StrEnum
from typing import Final

BURST: Final = (timedelta(seconds=2), 3)
"""So many different links of one letter within so long: no hand is so quick."""
PAIR: Final = (timedelta(seconds=1), 2)
SWEEP: Final = (timedelta(seconds=15), 6)
CROWD: Final = (timedelta(seconds=10), 12)
"""So many letters touched from one network within so long: a gateway that looks through them."""
COMPANY: Final = timedelta(seconds=60)
"""So long around what a machine did, whoever looks the same is that machine."""
TOO_SOON: Final = timedelta(seconds=3)
"""After the hand-over; nobody has read the letter yet."""
SOON: Final = timedelta(seconds=8)
SCANNED: Final = timedelta(minutes=5)
"""After the hand-over; when scanners are at work."""
SETTLING: Final = timedelta(seconds=5)
"""How long a touch waits for what comes with it, before it is judged."""
_MACHINES: Final = re.compile(
    r"(?<!cu)bot\b|bot/|crawl|spider|scan|preview|headless|phantom|selenium|puppeteer|playwright|"
    r"python|curl|wget|\bjava/|okhttp|go-http|libwww|httpclient|axios|undici|node-fetch|ruby|perl|"
    r"barracuda|mimecast|proofpoint|safelinks|symantec|messagelabs|trendmicro|forcepoint|fireeye|"
    r"ironport|sophos|zscaler|existence discovery|facebookexternalhit|whatsapp/|virustotal",
    re.IGNORECASE,
)
_PROXIES: Final = re.compile(r"GoogleImageProxy|YahooMailProxy|ggpht\.com", re.IGNORECASE)
_APPLE: Final = "Mozilla/5.0"
"""All that the proxies of Apple's Mail Privacy Protection say of themselves."""
_BROWSERS: Final = ("Mozilla/", "Opera/", "Dalvik/")


class MadeBy(StrEnum):
    """Who made a touch."""

    HUMAN = "human"
    MACHINE = "machine"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What says so."""

    HEAD = "head"  # only the head was asked for
    PREFETCH = "prefetch"  # fetched ahead, as the browser itself says
    AGENT = "agent"  # it says what it is, or is no browser
    PROXY = "proxy"  # pictures fetched for a mailbox, read or not
    TOO_SOON = "too_soon"
    BURST = "burst"  # many links of one letter at once
    CROWD = "crowd"  # many letters at once from one network
    COMPANY = "company"  # it looks like the machine that came just before or after
    NO_LANGUAGE = "no_language"  # a browser that names no language, as none does that people use


class Hint(IntFlag):
    """What a request said of itself, in bits as the row keeps them."""

    HEAD = 1
    PREFETCH = 2
    NO_LANGUAGE = 4


NO_HINT: Final = Hint(0)


@dataclass(frozen=True, slots=True)
class Seen:
    """One open or click.

    Attributes:
        kind: open or click.
        message: whose it is, by id.
        link: the key in the letter.
        network: the address, cut.
    """

    id: int
    kind: str
    message: int
    link: str | None
    at: datetime
    agent: str
    network: str
    hints: Hint = NO_HINT


@dataclass(frozen=True, slots=True)
class Judged:
    """Who made a touch, and what says so."""

    made_by: MadeBy
    why: Why | None = None


def judge(
    touches: Sequence[Seen], *, left_at: datetime | None, crowded: Collection[int] = ()
) -> dict[int, Judged]:
    """Return who made each of these touches, by id.

    Args:
        touches: of one letter, with what came shortly before and after.
        left_at: when the letter was handed over.
        crowded: ids of those that came in a crowd, from `find_crowded`.
    """
    machines: dict[int, Why] = {}
    bursts = _find_bursts([one for one in touches if one.kind == "click"])
    for one in touches:
        why = _find_alone(one, left_at)
        if why is None and one.id in bursts:
            why = Why.BURST
        if why is None and one.id in crowded:
            why = Why.CROWD
        if why is not None:
            machines[one.id] = why
    known: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in sorted(touches, key=lambda one: one.at):
        if machines.get(one.id, Why.PROXY) is not Why.PROXY:
            known[one.network, one.agent].append(one.at)
    judged: dict[int, Judged] = {}
    for one in touches:
        if one.id in machines:
            judged[one.id] = Judged(MadeBy.MACHINE, machines[one.id])
        elif _is_accompanied(one, known.get((one.network, one.agent), [])):
            judged[one.id] = Judged(MadeBy.MACHINE, Why.COMPANY)
        else:
            judged[one.id] = _doubt(one, left_at)
    return judged


def is_clear(one: Seen, *, left_at: datetime | None) -> bool:
    """Return whether a click says by itself that a human made it, so that nothing need be awaited."""
    is_late = left_at is not None and one.at - left_at > SCANNED
    return one.kind == "click" and is_late and _find_alone(one, left_at) is None and not one.hints


def find_crowded(touches: Iterable[Seen]) -> set[int]:
    """Return the ids of touches in crowds: many letters from one network within seconds."""
    within, most = CROWD
    by_network: dict[str, list[Seen]] = defaultdict(list)
    for one in touches:
        by_network[one.network].append(one)
    found: set[int] = set()
    for several in by_network.values():
        found |= _find_dense(several, within, most, lambda one: one.message)
    return found


def _find_alone(one: Seen, left_at: datetime | None) -> Why | None:
    """Return what of a touch by itself says that a machine made it."""
    if Hint.HEAD in one.hints:
        return Why.HEAD
    if Hint.PREFETCH in one.hints:
        return Why.PREFETCH
    if one.kind == "open" and (one.agent == _APPLE or _PROXIES.search(one.agent)):
        return Why.PROXY
    if not one.agent or _MACHINES.search(one.agent):
        return Why.AGENT
    if one.kind == "click" and (not one.agent.startswith(_BROWSERS) or one.agent == _APPLE):
        return Why.AGENT
    after = None if left_at is None else one.at - left_at
    if after is not None and after < TOO_SOON:
        return Why.TOO_SOON
    is_early = after is not None and after < SCANNED
    if one.kind == "click" and is_early and Hint.NO_LANGUAGE in one.hints:
        return Why.NO_LANGUAGE
    return None


def _doubt(one: Seen, left_at: datetime | None) -> Judged:
    """Return a human, or that nobody can tell."""
    if one.kind == "click" and Hint.NO_LANGUAGE in one.hints:
        return Judged(MadeBy.UNKNOWN, Why.NO_LANGUAGE)
    if left_at is not None and one.at - left_at < SOON:
        return Judged(MadeBy.UNKNOWN, Why.TOO_SOON)
    return Judged(MadeBy.HUMAN)


def _find_bursts(clicks: Sequence[Seen]) -> set[int]:
    found: set[int] = set()
    for within, most in (BURST, PAIR, SWEEP):
        found |= _find_dense(clicks, within, most, lambda one: one.link)
    return found


def _find_dense(
    touches: Sequence[Seen], within: timedelta, most: int, tell: Callable[[Seen], Hashable]
) -> set[int]:
    """Return the ids of touches in a stretch that holds `most` different things."""
    ordered = sorted(touches, key=lambda one: (one.at, one.id))
    found: set[int] = set()
    start = 0
    for end, last in enumerate(ordered):
        while last.at - ordered[start].at > within:
            start += 1
        stretch = ordered[start : end + 1]
        if len({tell(one) for one in stretch}) >= most:
            found |= {one.id for one in stretch}
    return found


def _is_accompanied(one: Seen, instants: Sequence[datetime]) -> bool:
    """Return whether one of these instants, in order, is near."""
    at = bisect_left(instants, one.at - COMPANY)
    return at < len(instants) and instants[at] <= one.at + COMPANY
