"""The clock of the instance, which a demo may move ahead."""

from datetime import datetime, timedelta
from typing import Annotated

from flask import Blueprint
from pydantic import Field

from engine.accounts import audit, instance
from engine.accounts.permissions import Permission
from engine.errors import Conflict
from engine.language.say import say
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import House, get_house

blueprint = Blueprint("clock", __name__, url_prefix="/api/v1/clock")


class Clock(Answer):
    """What time it is for contacts and journeys."""

    now: datetime
    is_virtual: bool
    timezone: Annotated[str, Field(description="Of contacts that have none.")]


class Advance(Given):
    """How far to move it."""

    by: Annotated[timedelta, Field(description="An ISO 8601 duration, such as PT1H or P2D.")]


class Now(Answer):
    """What time it is now."""

    now: datetime


@blueprint.get("")
@requires(Permission.SEE_JOURNEYS)
@endpoint(tag="clock")
def show() -> Clock:
    """Tell the time."""
    house = get_house()
    return Clock(
        now=house.clock.now(),
        is_virtual=house.settings.virtual_clock,
        timezone=house.settings.timezone,
    )


@blueprint.post("/advance")
@requires(Permission.MOVE_CLOCK)
@endpoint(tag="clock")
def advance(body: Advance) -> Now:
    """Let time pass: move a virtual clock ahead, and look at everything that is due by then."""
    return Now(now=advance_clock(get_house(), body.by, actor=get_actor().name))


def advance_clock(house: House, by: timedelta, *, actor: str) -> datetime:
    """Move the instance's clock ahead, ask for a look at every lane, and return the time it is.

    Raises:
        Conflict: this instance lives by the machine's clock.
        Invalid: backwards, or too far in one step.
    """
    if not house.settings.virtual_clock:
        msg = say("this instance lives by the machine's clock; SOJOURN_VIRTUAL_CLOCK=true frees it")
        raise Conflict(msg)
    with house.database.transaction() as session:
        instance.advance_clock(session, by)
        audit.record(
            session,
            actor=actor,
            action="clock.advanced",
            target="clock",
            details={"seconds": by.total_seconds()},
            now=house.wall.now(),
        )
    house.shift.forget()
    house.ring_all()
    return house.clock.now()
