"""Whom one message would reach now, and why it would not reach the others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from engine.db import OutOfTime, limited
from engine.messages.states import SkipReason
from engine.models.contact import Consent, Contact, Topic
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import Condition

MOMENT: Final = timedelta(seconds=3)
REACHED: Final = "reached"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a message would reach; those it would not, by the first gate that says no.

    Suppressed addresses are kept as hashes alone, so they are found at hand-over.
    """

    audience: int
    reached: int
    skipped: dict[SkipReason, int]


def count_reach(
    session: Session,
    audience: Condition,
    *,
    channel: Literal["email", "sms"],
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
    is_mail = channel == "email"
    address = Contact.email if is_mail else Contact.phone
    confirmed = Contact.email_confirmed if is_mail else Contact.phone_confirmed
    opt_in = session.scalar(select(Topic.opt_in).where(Topic.key == topic))
    rules: list[Any] = [
        (address.is_(None), SkipReason.NO_ADDRESS.value),
        (confirmed.is_(False), SkipReason.UNCONFIRMED.value),
    ]
    if is_marketing:
        rules.append((Consent.choice == "unsubscribed", SkipReason.UNSUBSCRIBED.value))
    if is_marketing and opt_in != "implied":
        rules.append((Consent.choice.is_(None), SkipReason.NO_CONSENT.value))
    if is_marketing:
        rules.append((Contact.paused_until > now, SkipReason.PAUSED.value))
    fate = case(*rules, else_=REACHED)
    asked = (
        select(fate, func.count())
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
        .group_by(fate)
    )
    try:
        with limited(session, MOMENT):
            counts: dict[str, int] = dict(session.execute(asked).all())
    except OutOfTime:
        return None
    return Reach(
        audience=sum(counts.values()),
        reached=counts.get(REACHED, 0),
        skipped={SkipReason(name): n for name, n in counts.items() if name != REACHED},
    )
