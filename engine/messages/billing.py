"""What a provider says afterwards of a text's parts and price, written into its row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from channels.feedback import Feedback
from engine.models.message import Message


def record_costs(session: Session, items: Sequence[Feedback]) -> None:
    """Write what these sayings tell of costs. Repeating it is harmless: the last word counts."""
    for one in items:
        values = _find_values(one)
        names = [Message.uid == one.message_uid] if one.message_uid else []
        names += [Message.provider_id == one.provider_id] if one.provider_id else []
        if not values or not names:
            continue
        session.execute(
            update(Message)
            .where(Message.channel == "sms", Message.direction == "out", or_(*names))
            .values(values)
            .execution_options(synchronize_session=False)
        )


def _find_values(one: Feedback) -> dict[str, Any]:
    values: dict[str, Any] = {} if one.parts is None else {"parts": one.parts}
    if one.price_micro is not None and one.currency is not None:
        values |= {"price_micro": one.price_micro, "currency": one.currency}
    return values
