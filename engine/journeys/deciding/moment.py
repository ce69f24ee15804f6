"""When, and under which settings of the instance, something is decided. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and under which settings, journeys are looked at.

    Attributes:
        trigger_age: events older than this are counted, and let nobody in (rule 5).
        holdout_percent: of all contacts, who get no marketing from any journey (rule 63).
    """

    now: datetime
    default_zone: str
    trigger_age: timedelta
    holdout_percent: int = 0
