"""What a provider says afterwards of texts: their parts and price, and who wants no more of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from channels.feedback import Feedback, FeedbackKind
from engine.contacts.addresses import find_phone
from engine.contacts.sms_opt_outs import BY_PROVIDER, opt_out
from engine.models.message import Message


def record_costs(session: Session, items: Sequence[Feedback]) -> None:
    """Write what these sayings tell of costs. Repeating it is harmless: the last word counts.

    Vonage reports on each part of a text by itself, with that part's price. Source:
    https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts.
    """
    for one in items:
        values = _find_values(one)
        names = [Message.uid == one.message_uid] if one.message_uid else []
        names += [Message.provider_id == one.provider_id] if one.provider_id else []
        if not values or not names:
            continue
        change = update(Message).where(
            Message.channel == "sms", Message.direction == "out", or_(*names)
        )
        if one.parts is None:  # it may be of one part of several, whose price is known in all
            change = change.where(or_(Message.price_micro.is_(None), Message.parts <= 1))
        session.execute(change.values(values).execution_options(synchronize_session=False))


def record_opt_outs(session: Session, items: Sequence[Feedback], *, now: datetime) -> None:
    """Send no more texts to numbers of which a provider says that their owners asked for it."""
    for one in items:
        number = find_phone(one.recipient) if one.kind is FeedbackKind.UNSUBSCRIBED else None
        if number is not None:
            opt_out(session, number, source=BY_PROVIDER, now=now)


def _find_values(one: Feedback) -> dict[str, Any]:
    values: dict[str, Any] = {} if one.parts is None else {"parts": one.parts}
    if one.price_micro is not None and one.currency is not None:
        values |= {"price_micro": one.price_micro, "currency": one.currency}
    return values
