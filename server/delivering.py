"""Hands messages over: claim, make, then small groups of start, send and record.

The transactions are short and hold no network call. What a crash leaves in doubt is one group.
"""

from collections.abc import Sequence
from typing import Any, Final

from channels.base import Provider, Receipt, Text
from engine.accounts.instance import UNSUBSCRIBE
from engine.ids import new_id
from engine.messages import delivery, passing
from engine.messages.compose.sms_parts import count_sms_parts
from engine.messages.making import Desk, Made, make_items
from engine.messages.parcels import Problem, Result
from server.wiring import House

CLAIMED: Final = 64
"""Messages leased at once: few enough that all leave well before the lease ends."""


def deliver(house: House, channel: str) -> int:
    """Hand over one claim of a channel's due messages; answer how many were claimed."""
    settings = house.settings
    with house.database.transaction() as session:
        parcels = delivery.claim(
            session,
            channel,
            now=house.clock.now(),
            limit=CLAIMED,
            owner=f"{house.outgoing.owner}:{new_id().hex[-8:]}",
            default_zone=settings.timezone,
            holdout_percent=settings.holdout_percent,
        )
    if not parcels:
        return 0
    desk = build_desk(house)
    made: list[Made] = []
    results: list[Result] = []
    for outcome in make_items(parcels, desk):
        match outcome:
            case Made():
                made.append(outcome)
            case (parcel, Problem() as problem):
                results.append(Result(parcel, problem))
    for provider, several in _by_provider(house, channel, made):
        for start in range(0, len(several), delivery.GROUP):
            group = several[start : start + delivery.GROUP]
            going = _record_and_start(house, results, group)
            results = _send(house, provider, going)
    _record_and_start(house, results, [])
    return len(parcels)


def build_desk(house: House) -> Desk:
    """Return what making letters needs."""
    settings = house.settings
    return Desk(
        pool=house.outgoing.pool,
        base_url=settings.base_url,
        sender=settings.sender,
        postal_address=settings.postal_address,
        secret=house.get_secret(UNSUBSCRIBE),
    )


def _by_provider(
    house: House, channel: str, made: Sequence[Made]
) -> list[tuple[Provider[Any], list[Made]]]:
    outgoing = house.outgoing
    if channel == "webhook":
        kept = [one for one in made if getattr(one.item, "url", None) is None]
        called = [one for one in made if getattr(one.item, "url", None) is not None]
        parts = [(outgoing.webhook_mailbox, kept)] if kept else []
        return [*parts, (outgoing.webhooks, called)] if called else parts
    return [(outgoing.email if channel == "email" else outgoing.sms, list(made))]


def _record_and_start(house: House, results: Sequence[Result], group: Sequence[Made]) -> list[Made]:
    """Record the group before and start the next in one transaction; answer who may go."""
    if not results and not group:
        return []
    now = house.clock.now()
    parcels = [one.parcel for one in group]
    with house.database.transaction() as session:
        stops = passing.hold_contacts(session, parcels) if parcels else None
        delivery.record(session, results, now=now)
        going = delivery.start(
            session,
            parcels,
            now=now,
            default_zone=house.settings.timezone,
            holdout_percent=house.settings.holdout_percent,
            stops=stops,
        )
    may_go = {parcel.id for parcel in going}
    return [one for one in group if one.parcel.id in may_go]


def _send(house: House, provider: Provider[Any], going: Sequence[Made]) -> list[Result]:
    results: list[Result] = []
    keeps = provider.keeps_content or house.settings.keep_content

    def note(place: int, receipt: Receipt) -> None:
        one = going[place]
        kept = one.content if keeps else None
        parts = count_sms_parts(one.item.body).count if isinstance(one.item, Text) else None
        results.append(Result(one.parcel, receipt, provider.name, kept, parts))

    if going:
        provider.send([one.item for one in going], note, now=house.clock.now())
    return results
