"""Whom one message would reach now, and why it would not reach the others."""

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

MOMENT: Final = timedelta(seconds=3)
REACHED: Final = "reached"
MOST_COMPARED: Final = 20_000
"""Addresses that are hashed, one by one, to see which are never written to."""
_BATCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a message would reach; those it would not, by the first gate that says no.

    Attributes:
        is_compared: with the addresses that are never written to (browsers have none). Those are kept as keyed hashes
            alone, so that many take long to compare: of more than `MOST_COMPARED` they are found at
            hand-over only.
    """

    audience: int
    reached: int
    skipped: dict[SkipReason, int]
    is_compared: bool = True


def count_reach(
    session: Session,
    audience: Condition,
    *,
    channel: Literal["email", "sms", "push"],
    topic: str,
    is_marketing: bool = True,
    now: datetime,
    default_zone: str,
) -> Reach | None:
    """Count whom a message of a topic would reach; None if that takes too long.

    Args:
        audience: a condition that reads no enrollment.
    """
    dialect: Any = session.get_bind().dialect.name
    people = compile_condition(audience, now=now, dialect=dialect, default_zone=default_zone)
    ids = people.subquery()
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
        with limited(session, MOMENT):
            counts: Counter[str] = Counter(dict(session.execute(_count_by(joined, fate)).all()))
    except OutOfTime:
        return None
    is_compared = channel == "push" or counts[REACHED] <= MOST_COMPARED
    if is_compared and channel != "push":
        address = Contact.email if channel == "email" else Contact.phone
        addresses = session.scalars(joined.with_only_columns(address).where(fate == REACHED)).all()
        for reason in _find_objections(session, channel, addresses, is_marketing=is_marketing):
            counts[REACHED] -= 1
            counts[reason.value] += 1
    return Reach(
        audience=counts.total(),
        reached=counts[REACHED],
        skipped={SkipReason(name): n for name, n in counts.items() if name != REACHED and n},
        is_compared=is_compared,
    )


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
