"""How many of a journey's people its messages would reach: those whom no gate turns away that can be known."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actions.send_first import SendFirstNode, list_tries
from engine.journeys.definition.journey import Journey as Document
from engine.journeys.reporting.reaching import Kind, count_reach
from engine.models.contact import Topic
from engine.parts.sending import SendNode
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
    """One kind of message, and how many it would reach now: by address, consent and suppressions.

    Attributes:
        topic: empty where the message has none.
        of: how many of them there are; None if counting takes too long, or nobody is named: then
            `people` is of all contacts.
        is_more: at least so many: all could not be looked at in time, and of whom were looked at
            only address and consent.
        margin: so many more or fewer it may be; 0: it is exact, or at least so many.
    """

    channel: Literal["email", "sms", "push"]
    topic: str
    people: int
    of: int | None
    is_more: bool = False
    margin: int = 0


def list_reachable(
    session: Session, document: Document, *, now: datetime, default_zone: str
) -> list[Reachable]:
    """Return, for each kind of message of a journey, how many of its people it would reach.

    Its people are who is in the trigger's segment or audience now; of other triggers, all contacts.
    """
    base = _find_base(document)
    audience = parse_condition({"all": base}) if base else None
    sends = [node for node in document.nodes.values() if isinstance(node, SendNode | SendFirstNode)]
    kinds = dict.fromkeys(
        Kind(one.channel, node.topic, node.message_class == "marketing")
        for node in sends
        for one in list_tries(node)
    )
    found = []
    for kind in list(kinds)[:MOST]:
        counted = count_reach(
            session, audience, kind, now=now, default_zone=default_zone, moment=MOMENT
        )
        if counted is None:
            people = _count_newest(session, base, kind, now, default_zone)
            found.append(Reachable(kind.channel, kind.topic, people, None, is_more=True))
        else:
            of, margin = counted.audience if base else None, counted.margin
            found.append(Reachable(kind.channel, kind.topic, counted.reached, of, margin=margin))
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


def _count_newest(
    session: Session, base: list[Any], kind: Kind, now: datetime, default_zone: str
) -> int:
    """Count those of the newest who have an address and said yes to the topic: so many at least."""
    if kind.channel == "push":
        return 0
    parts = [*base, {"attribute": ADDRESS[kind.channel], "op": "exists"}]
    if kind.topic and kind.is_marketing:
        asked = select(Topic.opt_in).where(Topic.key == kind.topic)
        is_implied = session.scalar(asked) == "implied"
        op = "unsubscribed" if is_implied else "subscribed"
        choice = {"consent": kind.topic, "channel": kind.channel, "op": op}
        parts.append({"none": [choice]} if is_implied else choice)
    condition = parse_condition({"all": parts})
    return count_contacts(
        session, condition, now=now, default_zone=default_zone, whole=MOMENT
    ).count
