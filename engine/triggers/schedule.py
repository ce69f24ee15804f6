"""The clock: again and again (cron), or once."""

from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from engine.document.base import Document, Maybe
from engine.errors import InvalidTime
from engine.nodes.paths import Checked
from engine.when.schedules import Once, Schedule, parse_cron
from engine.when.zones import find_zone, get_zone


class ScheduleTrigger(Document):
    """The clock: again and again (cron), or once. A broadcast is this with `once` and one send."""

    kind: Literal["schedule"]
    cron: Maybe[str] = Field(
        default=None, pattern=r"^\S+( \S+){4}$", examples=["0 9 * * mon"]
    )
    once: Maybe[AwareDatetime] = Field(
        default=None, description="An instant with its offset from UTC."
    )
    timezone: str = Field(
        default="UTC", max_length=64, description="IANA name, or contact: each in their own."
    )
    audience: Checked

    @model_validator(mode="after")
    def _can_fire(self) -> Self:
        if (self.cron is None) == (self.once is None):
            raise ValueError("a schedule has either 'cron' or 'once'")
        if self.timezone != "contact" and find_zone(self.timezone) is None:
            raise ValueError(f"{self.timezone!r} is not the name of a time zone, nor 'contact'")
        if self.cron is not None:
            try:
                parse_cron(self.cron)
            except InvalidTime as error:
                raise ValueError(str(error)) from None
        return self


def build_schedule(trigger: ScheduleTrigger) -> Schedule:
    """Return the schedule as `engine.when` reads it.

    `once` is an instant; where each contact's own clock counts, it is that reading of the clock.
    """
    if trigger.cron is not None:
        return parse_cron(trigger.cron)
    if trigger.once is None:
        raise InvalidTime("a schedule has either 'cron' or 'once'")
    zone = None if trigger.timezone == "contact" else get_zone(trigger.timezone)
    wall = trigger.once if zone is None else trigger.once.astimezone(zone.info)
    return Once(wall.replace(tzinfo=None))
