"""Whom one message would reach now, and why it would not reach the others."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Select, and_, case, func, not_, select
from sqlalchemy.orm import Session, aliased

from engine.contacts.choices import EVERYTHING
from engine.contacts.push_devices import takes_pushes
from engine.contacts.sms_opt_outs import find_opt_outs
from engine.contacts.suppression import COMPLAINED, find_reasons
from engine.db import OutOfTime, limited
from engine.messages.states import SkipReason
from engine.models.contact import Consent, Contact, Topic
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition
from engine.segments.counting import is_there

MOMENT: Final = timedelta(seconds=3)
REACHED: Final = "reached"
MOST_COMPARED: Final = 20_000
"""Addresses that are hashed, one by one, to see which are never written to: of more, a sample."""
SURENESS: Final = 1.96
"""Standard deviations in a margin: the figure lies within it 19 times of 20."""
_BATCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides, of a message, whom it reaches.

    Attributes:
        topic: empty where it has none.
    """

    channel: Literal["email", "sms", "push"]
    topic: str
    is_marketing: bool = True


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a message would reach; those it would not, by the first gate that says no.

    Attributes:
        margin: so many more or fewer it may be; 0: it is exact. Addresses that are never written to
            are kept as keyed hashes alone, so that many take long to compare: of very many a sample is.
    """

    audience: int
    reached: int
    skipped: dict[SkipReason, int]
    margin: int = 0


def count_reach(
    session: Session,
    audience: Condition | None,
    kind: Kind,
    *,
    now: datetime,
    default_zone: str,
    moment: timedelta = MOMENT,
) -> Reach | None:
    """Count whom a message would reach; None if that takes too long.

    Args:
        audience: a condition that reads no enrollment; None: everybody.
        kind: of the message.
        moment: how long that may take, without the comparing of addresses.
    """
    channel, topic, is_marketing = kind.channel, kind.topic, kind.is_marketing
    dialect: Any = session.get_bind().dialect.name
    everybody = select(Contact.id).where(*is_there())
    ids = (
        everybody
        if audience is None
        else compile_condition(audience, now=now, dialect=dialect, default_zone=default_zone)
    ).subquery()
    opt_in = session.scalar(select(Topic.opt_in).where(Topic.key == topic))
    rules = _ask_address(channel)
    everything = aliased(Consent)
    choice = func.coalesce(Consent.choice, everything.choice)
    if is_marketing:
        rules.append((choice == "unsubscribed", SkipReason.UNSUBSCRIBED.value))
    if is_marketing and opt_in != "implied":
        rules.append((choice.is_(None), SkipReason.NO_CONSENT.value))
    if is_marketing:
        rules.append((Contact.paused_until > now, SkipReason.PAUSED.value))
    fate = case(*rules, else_=REACHED)
    joined = (
        select(Contact.id)
        .select_from(ids)
        .join(Contact, Contact.id == ids.c.id)
        .join(
            Consent,
            and_(
                Consent.contact_id == Contact.id,
                Consent.topic == topic,
                Consent.channel == channel,
            ),
            isouter=True,
        )
        .join(
            everything,
            and_(
                everything.contact_id == Contact.id,
                everything.topic == EVERYTHING,
                everything.channel == channel,
            ),
            isouter=True,
        )
    )
    try:
        with limited(session, moment):
            counts: Counter[str] = Counter(dict(session.execute(_count_by(joined, fate)).all()))
    except OutOfTime:
        return None
    margin = 0
    if channel != "push":  # browsers are known by themselves
        address = Contact.email if channel == "email" else Contact.phone
        every = max(1, math.ceil(counts[REACHED] / MOST_COMPARED))
        sampled = joined.with_only_columns(address).where(fate == REACHED, Contact.id % every == 0)
        addresses = session.scalars(sampled).all()
        found = Counter(_find_objections(session, channel, addresses, is_marketing=is_marketing))
        margin = find_margin(found.total(), len(addresses), of=counts[REACHED])
        share = counts[REACHED] / max(1, len(addresses))
        for reason, n in found.items():
            counts[reason.value] += round(n * share)
        counts[REACHED] -= sum(round(n * share) for n in found.values())
    return Reach(
        audience=counts.total(),
        reached=counts[REACHED],
        skipped={SkipReason(name): n for name, n in counts.items() if name != REACHED and n},
        margin=margin,
    )


def find_margin(found: int, looked_at: int, *, of: int) -> int:
    """Return by how many a number may be off that a sample tells of a whole; 0 if all were looked at.

    Source: Agresti and Coull, Approximate is better than "exact", 1998, which does not take a
    sample without any for a whole without any; and the correction for a finite whole.
    """
    if looked_at >= of:
        return 0
    share = (found + 2) / (looked_at + 4)
    rest = 1 - looked_at / of
    return math.ceil(SURENESS * of * math.sqrt(share * (1 - share) * rest / (looked_at + 4)))


def _ask_address(channel: Literal["email", "sms", "push"]) -> list[Any]:
    """Return what is asked of where a message goes, and the gate that says no."""
    match channel:
        case "push":
            lacks, unsure = not_(takes_pushes(sure=False)), not_(takes_pushes())
        case "email":
            lacks, unsure = Contact.email.is_(None), Contact.email_confirmed.is_(False)
        case "sms":
            lacks, unsure = Contact.phone.is_(None), Contact.phone_confirmed.is_(False)
    return [(lacks, SkipReason.NO_ADDRESS.value), (unsure, SkipReason.UNCONFIRMED.value)]


def _count_by(joined: Select[Any], fate: Any) -> Select[Any]:
    return joined.with_only_columns(fate, func.count()).group_by(fate)


def _find_objections(
    session: Session, channel: str, addresses: Sequence[Any], *, is_marketing: bool
) -> Iterator[SkipReason]:
    """Yield why, of each address that is not written to."""
    for start in range(0, len(addresses), _BATCH):
        several = addresses[start : start + _BATCH]
        opted_out = find_opt_outs(session, several) if channel == "sms" else {}
        suppressed = find_reasons(session, [(channel, one) for one in several])
        for one in several:
            found = suppressed.get((channel, one))
            if one in opted_out:
                yield SkipReason.OPTED_OUT
            elif found is not None and (is_marketing or found.reason != COMPLAINED):
                yield SkipReason.SUPPRESSED
