"""The clock lets an audience in."""

from datetime import UTC
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from engine.document.base import Maybe
from engine.language.say import say
from engine.parts.conditions import Checked
from engine.parts.entering import TriggerBase
from engine.when.local import local_wall
from engine.when.schedules import Once, Schedule, parse_cron
from engine.when.zones import get_zone

IN_THEIR_OWN = "contact"


class ScheduleTrigger(TriggerBase):
    """The clock: again and again (cron), or once. A broadcast is this with `once` and one send."""

    kind: Literal["schedule"]
    cron: Maybe[Annotated[str, Field(pattern=r"^\S+( \S+){4}$")]] = Field(
        default=None,
        description="minute hour day month weekday; local times, once per local date.",
        examples=["0 9 * * mon"],
    )
    once: Maybe[AwareDatetime] = Field(
        default=None,
        description="An instant with its offset from UTC. With timezone contact: this reading of "
        "each contact's own clock.",
    )
    timezone: str = Field(
        default="UTC", max_length=64, description="IANA name, or contact: each in their own."
    )
    audience: Checked

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.cron is None) == (self.once is None):
            msg = say("a schedule has either 'cron' or 'once'")
            raise ValueError(msg)
        return self


def build_schedule(trigger: ScheduleTrigger) -> Schedule:
    """Return the local dates and times at which the trigger fires.

    Raises:
        InvalidTime: the cron cannot be read or never fires, or there is no such time zone.
    """
    if trigger.cron is not None:
        return parse_cron(trigger.cron)
    if trigger.once is None:
        raise AssertionError
    if trigger.timezone == IN_THEIR_OWN:
        wall = trigger.once.replace(tzinfo=None)
    else:
        wall = local_wall(trigger.once.astimezone(UTC), get_zone(trigger.timezone))
    return Once(wall.date(), wall.time().replace(microsecond=0))
