"""Broadcasts: one message to many, once. Each is a journey; it is made and stopped as one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from flask import Blueprint
from pydantic import Field

from engine.accounts.permissions import Permission
from engine.errors import Invalid
from engine.journeys.broadcasts import Broadcast, BroadcastState, list_broadcasts
from engine.journeys.reaching import count_reach
from engine.segments.counting import list_private
from server.api.conditions import PRIVATE, read_condition
from server.auth import requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("broadcasts", __name__, url_prefix="/api/v1/broadcasts")


class BroadcastShown(Answer):
    """A broadcast. `key` is its journey's.

    With `timezone` contact, `once` is what each reads on their own clock.
    """

    key: str
    name: str
    state: BroadcastState
    channel: Literal["email", "sms"]
    template: str
    topic: str
    once: str
    timezone: str
    audience: dict[str, Any]
    entered: int
    queued: int
    sent: int
    delivered: int
    opened: int
    clicked: int
    bounced: int
    skipped: int
    failed: int
    updated_at: datetime


class BroadcastsShown(Answer):
    """All of them, the last changed first."""

    items: list[BroadcastShown]


class AskReach(Given):
    """To whom, by which channel, of which topic."""

    audience: dict[str, Any]
    channel: Literal["email", "sms"]
    topic: Annotated[str, Field(min_length=1, max_length=64)]


class ReachShown(Answer):
    """Whom it would reach now. All is null where counting takes too long.

    `skipped` is by the first gate that says no; suppressed addresses are found at hand-over.
    """

    audience: int | None
    reached: int | None
    skipped: dict[str, int]


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="broadcasts")
def show_all() -> BroadcastsShown:
    """List the broadcasts, with what became of their messages."""
    house = get_house()
    with house.database.reading() as session:
        found = list_broadcasts(session, now=house.clock.now())
        return BroadcastsShown(items=[_describe(one) for one in found])


@blueprint.post("/reach")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="broadcasts")
def reach(body: AskReach) -> ReachShown:
    """Count whom a marketing message would reach now, and why it would not reach the others."""
    audience = read_condition(body.audience)
    if private := list_private(audience):
        raise Invalid(PRIVATE.format(", ".join(private)))
    house = get_house()
    with house.database.reading() as session:
        counted = count_reach(
            session,
            audience,
            channel=body.channel,
            topic=body.topic,
            now=house.clock.now(),
            default_zone=house.settings.timezone,
        )
    if counted is None:
        return ReachShown(audience=None, reached=None, skipped={})
    return ReachShown(
        audience=counted.audience,
        reached=counted.reached,
        skipped={reason.value: n for reason, n in counted.skipped.items()},
    )


def _describe(one: Broadcast) -> BroadcastShown:
    figures = one.figures
    return BroadcastShown.model_validate(
        {
            "key": one.journey.key,
            "name": one.journey.name,
            "state": one.state,
            "channel": one.channel,
            "template": one.node.get("template") or "",
            "topic": one.node.get("topic") or "",
            "once": one.trigger["once"],
            "timezone": one.trigger.get("timezone") or "UTC",
            "audience": one.trigger.get("audience") or {},
            "entered": one.entered,
            "updated_at": one.journey.updated_at,
            "failed": figures.get("failed", 0) + figures.get("uncertain", 0),
            **{
                name: figures.get(name, 0)
                for name in (
                    "queued",
                    "sent",
                    "delivered",
                    "opened",
                    "clicked",
                    "bounced",
                    "skipped",
                )
            },
        }
    )
