"""When contacts read their letters: by the marks that human opens and clicks have left (rule 121)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from engine.models.contact import Contact
from engine.models.message import Message
from engine.when.best_hours import Everybody, Reading

OWN_MOST: Final = 100
"""Of each contact so many letters it read are looked at, the newest."""
ALL_MOST: Final = 1_000
"""Of all contacts together."""

_IS_READ: Final = or_(Message.opened_at.is_not(None), Message.clicked_at.is_not(None))
_CONTACTS: Final[Any] = bindparam("contacts", expanding=True)
_ROWS: Final = (
    select(
        Message.contact_id,
        Message.opened_at,
        Message.clicked_at,
        func.row_number()
        .over(partition_by=Message.contact_id, order_by=Message.id.desc())
        .label("place"),
    )
    .where(Message.contact_id.in_(_CONTACTS), _IS_READ)
    .subquery()
)
_OWN: Final = select(_ROWS.c.contact_id, _ROWS.c.opened_at, _ROWS.c.clicked_at).where(
    _ROWS.c.place <= OWN_MOST
)
_NEWEST: Final = (
    select(Message.contact_id, Message.opened_at, Message.clicked_at)
    .where(_IS_READ)
    .order_by(Message.id.desc())
    .limit(ALL_MOST)
    .subquery()
)
_ALL: Final = select(_NEWEST.c.opened_at, _NEWEST.c.clicked_at, Contact.timezone).join(
    Contact, Contact.id == _NEWEST.c.contact_id
)


def load_readings(session: Session, contact_ids: Collection[int]) -> dict[int, Reading]:
    """Return when each of these contacts read letters, and when all did."""
    own: dict[int, list[datetime]] = defaultdict(list)
    for contact_id, *marks in session.execute(_OWN, {"contacts": list(contact_ids)}):
        own[contact_id].append(_find_first(*marks))
    everybody = Everybody((_find_first(*marks), zone) for *marks, zone in session.execute(_ALL))
    return {one: Reading(tuple(own[one]), everybody) for one in contact_ids}


def _find_first(opened_at: datetime | None, clicked_at: datetime | None) -> datetime:
    """Return when a letter was first read; one of both is there."""
    return min(at for at in (opened_at, clicked_at) if at is not None)
