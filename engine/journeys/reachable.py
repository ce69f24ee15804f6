"""How many of a journey's people its messages may go to: those with an address, and the topic's yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actions.send_first import SendFirstNode, list_tries
from engine.db import OutOfTime, limited
from engine.journeys.definition.journey import Journey as Document
from engine.models.contact import PushDevice, Topic
from engine.parts.sending import SendNode
from engine.rules.compile_sql import compile_condition
from engine.rules.conditions import parse_condition
from engine.segments.counting import count_contacts, list_private
from engine.triggers.schedule import ScheduleTrigger
from engine.triggers.segment import SegmentTrigger

MOST: Final = 6
"""So many kinds of message are asked about, each for a moment."""
MOMENT: Final = timedelta(seconds=0.5)
ADDRESS: Final = {"email": "email", "sms": "phone"}
"""The attribute that holds the address of a channel."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """One kind of message, and how many may get it now as far as address and consent say.

    Attributes:
        topic: empty where the message has none.
        of: how many of them there are; None if counting takes too long, or nobody is named: then
            `people` is of all contacts.
        is_more: at least so many.
    """

    channel: Literal["email", "sms", "push"]
    topic: str
    people: int
    of: int | None
    is_more: bool


def list_reachable(
    session: Session, document: Document, *, now: datetime, default_zone: str
) -> list[Reachable]:
    """Return, for each kind of message of a journey, to how many of its people it may go.

    Its people are who is in the trigger's segment or audience now; of other triggers, all contacts.
    Suppressed addresses, those nobody confirmed, and who unsubscribed from everything before an
    implied topic began, are found at hand-over only.
    """
    base = _find_base(document)
    sends = [node for node in document.nodes.values() if isinstance(node, SendNode | SendFirstNode)]
    kinds = dict.fromkeys(
        (one.channel, node.topic, node.message_class == "marketing")
        for node in sends
        for one in list_tries(node)
    )
    asked = list(kinds)[:MOST]
    of = _count(session, base, now, default_zone)[0] if asked and base else None
    implied = frozenset(session.scalars(select(Topic.key).where(Topic.opt_in == "implied")))
    found = []
    for channel, topic, is_marketing in asked:
        parts: list[Any] = list(base)
        if channel != "push":
            parts.append({"attribute": ADDRESS[channel], "op": "exists"})
        if topic and is_marketing:
            op = "subscribed" if topic not in implied else "unsubscribed"
            choice = {"consent": topic, "channel": channel, "op": op}
            parts.append({"none": [choice]} if topic in implied else choice)
        counting = _count_at_devices if channel == "push" else _count
        people, is_more = counting(session, parts, now, default_zone)
        found.append(Reachable(channel, topic, people, of, is_more))
    return found


def _find_base(document: Document) -> list[Any]:
    """Return what is true of the journey's people, where its trigger says so."""
    match document.trigger:
        case SegmentTrigger(segment=key, change="entered"):
            return [{"segment": key, "op": "member"}]
        case ScheduleTrigger(audience=audience) if not list_private(audience):
            return [audience.model_dump(mode="json", by_alias=True, exclude_unset=True)]
        case _:
            return []


def _count(
    session: Session, parts: list[Any], now: datetime, default_zone: str
) -> tuple[int, bool]:
    counted = count_contacts(
        session, parse_condition({"all": parts}), now=now, default_zone=default_zone, whole=MOMENT
    )
    return counted.count, not counted.exact


def _count_at_devices(
    session: Session, parts: list[Any], now: datetime, default_zone: str
) -> tuple[int, bool]:
    """Count those of them who have a browser that takes pushes; as many as are found in time."""
    dialect: Any = session.get_bind().dialect.name
    asked = select(func.count(PushDevice.contact_id.distinct())).where(PushDevice.gone_at.is_(None))
    if parts:
        people = compile_condition(
            parse_condition({"all": parts}), now=now, dialect=dialect, default_zone=default_zone
        ).subquery()
        asked = asked.where(PushDevice.contact_id.in_(select(people.c.id)))
    try:
        with limited(session, MOMENT):
            return session.scalar(asked) or 0, False
    except OutOfTime:
        return 0, True
