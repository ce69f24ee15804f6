"""Broadcasts: one message to many, once. Each is a journey: drafted, paused and stopped as one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.errors import Invalid
from engine.journeys.reporting import broadcasts
from engine.journeys.reporting.broadcasts import Broadcast, BroadcastState
from engine.journeys.reporting.message_figures import MARKS
from engine.journeys.reporting.reaching import Kind, count_reach
from engine.segments.counting import list_private
from server.api.conditions import PRIVATE, read_condition
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

Channel = Literal["email", "sms", "push"]
MessageClass = Literal["marketing", "transactional"]

blueprint = Blueprint("broadcasts", __name__, url_prefix="/api/v1/broadcasts")


class Told(Answer):
    """Of how many messages something was told after they were sent; once each.

    `unsubscribed` are those by whose own link their readers unsubscribed.
    """

    delivered: int
    opened: int
    clicked: int
    bounced: int
    replied: int
    unsubscribed: int


class BroadcastShown(Answer):
    """A broadcast. `key` is its journey's, `revision` its draft's.

    With `timezone` contact, `once` is what each reads on their own clock. `told` is null where
    there are too many messages to count.
    """

    key: str
    name: str
    revision: int
    state: BroadcastState
    channel: Channel
    template: str
    topic: str
    message_class: MessageClass
    once: str
    timezone: str
    audience: dict[str, Any]
    entered: int
    queued: int
    sent: int
    skipped: int
    cancelled: int
    failed: int
    uncertain: int
    told: Told | None
    updated_at: datetime


class BroadcastsShown(Answer):
    """Those of which something was done last, at most 200, the last changed first."""

    items: list[BroadcastShown]


class AskReach(Given):
    """To whom, by which channel, of which topic and class."""

    audience: dict[str, Any]
    channel: Channel
    topic: Annotated[str, Field(max_length=64)]
    message_class: MessageClass = "marketing"


class ReachShown(Answer):
    """Whom it would reach now. Both numbers are null where counting takes too long.

    `skipped` is by the first gate that says no. Of very many addresses a sample is held against those
    that are never written to: then `reached` may be `margin` more or fewer (19 times of 20). Who is
    held out of all marketing is found at hand-over.
    """

    audience: int | None
    reached: int | None
    skipped: dict[str, int]
    margin: int


class Send(Given):
    """Which draft was looked at, and whether it leaves at once rather than at its time."""

    revision: Annotated[int, Field(ge=1)]
    at_once: bool = False


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="broadcasts")
def show_all() -> BroadcastsShown:
    """List the broadcasts, with what became of their messages."""
    with get_house().database.reading() as session:
        found = broadcasts.list_broadcasts(session)
        return BroadcastsShown(items=[_describe(one) for one in found])


@blueprint.get("/<key>")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="broadcasts")
def show(key: str) -> BroadcastShown:
    """Show one broadcast."""
    with get_house().database.reading() as session:
        return _describe(broadcasts.get_broadcast(session, key))


@blueprint.post("/<key>/send")
@requires(Permission.PUBLISH)
@endpoint(tag="broadcasts")
def send(key: str, body: Send) -> BroadcastShown:
    """Let a broadcast leave, at its time or at once. One that has left never leaves again (409)."""
    house = get_house()
    with house.database.transaction() as session:
        broadcasts.send_broadcast(
            session,
            key,
            revision=body.revision,
            is_at_once=body.at_once,
            by=get_actor().name,
            now=house.clock.now(),
            default_zone=house.settings.timezone,
        )
        session.flush()
        shown = _describe(broadcasts.get_broadcast(session, key))
        record(session, "broadcast.sent", key, {"once": shown.once, "timezone": shown.timezone})
        return shown


@blueprint.post("/reach")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="broadcasts")
def reach(body: AskReach) -> ReachShown:
    """Count whom a message would reach now, and why it would not reach the others."""
    audience = read_condition(body.audience)
    if private := list_private(audience):
        raise Invalid(PRIVATE.format(", ".join(private)))
    house = get_house()
    with house.database.reading() as session:
        counted = count_reach(
            session,
            audience,
            Kind(body.channel, body.topic, body.message_class == "marketing"),
            now=house.clock.now(),
            default_zone=house.settings.timezone,
        )
    if counted is None:
        return ReachShown(audience=None, reached=None, skipped={}, margin=0)
    return ReachShown(
        audience=counted.audience,
        reached=counted.reached,
        skipped={reason.value: n for reason, n in counted.skipped.items()},
        margin=counted.margin,
    )


def _describe(one: Broadcast) -> BroadcastShown:
    fates = ("queued", "sent", "skipped", "cancelled", "failed", "uncertain")
    return BroadcastShown.model_validate(
        {
            "key": one.journey.key,
            "name": one.journey.name,
            "revision": one.journey.draft_revision,
            "state": one.state,
            "channel": one.channel,
            "template": one.node.get("template") or "",
            "topic": one.node.get("topic") or "",
            "message_class": one.node.get("class") or "marketing",
            "once": one.trigger["once"],
            "timezone": one.trigger.get("timezone") or "UTC",
            "audience": one.trigger.get("audience") or {},
            "entered": one.entered,
            "told": None
            if one.marks is None
            else Told(**{mark: one.marks.get(mark, 0) for mark in (*MARKS, broadcasts.LEFT)}),
            "updated_at": one.journey.updated_at,
            **{name: one.fates.get(name, 0) for name in fates},
        }
    )
