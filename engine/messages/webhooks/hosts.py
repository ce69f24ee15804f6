"""Calls of one server together: however many endpoints stand on it, one worker at a time calls it.

How a target fares is the endpoint's own affair; how many calls are under way at once is its server's
(rule 94), so that two endpoints of one server get no more of it together than one would.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from channels.target import TargetRefused, parse_target
from engine.messages.states import MessageState
from engine.messages.webhooks.targets import ENDPOINT
from engine.models.call import CallTarget
from engine.models.message import Endpoint, Message

_UNDER_WAY: Final = (
    select(Message.target)
    .where(
        Message.target.in_(bindparam("targets", expanding=True)),
        Message.state == MessageState.SENDING,
        Message.due_at > bindparam("now"),
    )
    .distinct()
)
_URLS: Final = select(Endpoint.key, Endpoint.url).where(Endpoint.url.is_not(None))
_KNOWN: Final = (
    select(CallTarget.target)
    .where(CallTarget.target.in_(bindparam("targets", expanding=True)))
    .order_by(CallTarget.target)
)
_HELD: Final = _KNOWN.with_for_update(skip_locked=True)


def find_busy(session: Session, held: Collection[str], *, now: datetime) -> set[str]:
    """Return those of these targets whose server somebody else calls just now.

    Args:
        held: targets whose rows this transaction holds, so that nobody begins to serve one of them.
    """
    if not held:
        return set()
    beside = _list_beside(session, held)
    asked = {*held, *(name for names in beside.values() for name in names)}
    under_way = set(session.scalars(_UNDER_WAY, {"targets": sorted(asked), "now": now}))
    taken = _find_taken(session, held, beside)
    return {
        target
        for target in held
        if target in taken or not under_way.isdisjoint({target, *beside.get(target, ())})
    }


def _list_beside(session: Session, held: Collection[str]) -> Mapping[str, set[str]]:
    """Return, by target, all targets of its server, itself included, where there are several."""
    origins: dict[str, set[str]] = defaultdict(set)
    for key, url in session.execute(_URLS):
        origins[find_origin(url)].add(f"{ENDPOINT}{key}")
    for origin, names in origins.items():
        names.add(origin)  # calls of a bare URL to the same server
    several = [names for origin, names in origins.items() if origin]
    return {name: names for names in several for name in names if name in held}


def _find_taken(
    session: Session, held: Collection[str], beside: Mapping[str, set[str]]
) -> set[str]:
    """Return targets of whose server somebody else chooses one at this moment.

    Of several who choose from one server at once that one wins who holds the first of its rows; it
    is never waited for, so no two wait for each other.
    """
    known = session.scalars(
        _KNOWN, {"targets": sorted({name for names in beside.values() for name in names})}
    ).all()
    first = {
        target: next((name for name in known if name in names), target)
        for target, names in beside.items()
    }
    others = {name for name in first.values() if name not in held}
    if not others:
        return set()
    mine = set(session.scalars(_HELD, {"targets": sorted(others)}))
    return {target for target, name in first.items() if name in others - mine}


def find_origin(url: str | None) -> str:
    """Return the server that an address leads to; "" of none."""
    try:
        return "" if url is None else parse_target(url).origin
    except TargetRefused:
        return ""
