"""Wait for a while, until a time of day, until a window is open, or until a date of the contact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from typing_extensions import TypeAliasType, override

from engine.decision import Advance, Decision, Facts, Leave, Outcome, Sleep
from engine.document.base import Document, FieldPath, Maybe
from engine.document.durations import Span
from engine.document.paths import MISSING, get_path
from engine.nodes.paths import LocalTime, Offset, Path, Step, Wait, Way, Weekday, build_corner
from engine.nodes.spans import add_span
from engine.when.dates import parse_anchor
from engine.when.local import DAY, at_local, local_date
from engine.when.local import Weekday as WeekdayNumber
from engine.when.periods import Period
from engine.when.waits import Due, UntilOpen, derive_wake
from engine.when.waits import UntilDate as DateWait
from engine.when.windows import OpeningHours, Window
from engine.when.zones import Zone

MISSING_DATE: Final = "missing_date"
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class UntilTime(Document):
    """The next such time of day in the contact's zone; if today's has passed, a later day's.

    `days_ahead` counts local dates: 1 means tomorrow at the earliest, at whatever hour the subject
    arrives.
    """

    at: LocalTime
    weekdays: Maybe[tuple[Weekday, ...]] = Field(
        default=None, description="Only on these; absent: any day."
    )
    days_ahead: int = Field(default=0, ge=0, le=366)
    same_day_if_late: bool = Field(
        default=False,
        description="If the time has passed on a day that fits, go on at once instead.",
    )


class UntilWindow(Document):
    """Until the window is open in the contact's zone: at once if it is.

    It has its start and lacks its end.
    """

    opens: LocalTime = Field(alias="from")
    closes: LocalTime = Field(
        alias="to", description="Earlier than from: the window spans midnight."
    )
    weekdays: Maybe[tuple[Weekday, ...]] = Field(
        default=None, description="The days on which it opens."
    )


class UntilDate(Document):
    """Until a date attribute, or so long before or after it. If that is past: at once."""

    attribute: FieldPath
    offset: Maybe[Offset] = None
    at: Maybe[LocalTime] = Field(
        default=None, description="Absent: the attribute's own time, or the start of the day."
    )


def _choose_until(value: Any) -> str | None:
    present = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
    if "attribute" in present:
        return "date"
    if "from" in present or "opens" in present:
        return "window"
    return "time" if "at" in present else None


Until = TypeAliasType(
    "Until",
    Annotated[
        Annotated[UntilTime, Tag("time")]
        | Annotated[UntilWindow, Tag("window")]
        | Annotated[UntilDate, Tag("date")],
        Discriminator(
            _choose_until,
            custom_error_type="until",
            custom_error_message=(
                "'until' has a time of day (at), a window (from, to) or a date (attribute)"
            ),
        ),
    ],
)


class WaitNode(Step):
    """Wait for a while, until a time of day, until a window is open, or until a date."""

    kind: Literal["wait"]
    duration: Maybe[Wait] = Field(default=None, alias="for")
    until: Maybe[Until] = None
    on_missing: Maybe[Literal["exit"] | Way] = Field(
        default=None,
        description="When the date is missing or unreadable. Must be there for a date, only then.",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.duration is None) == (self.until is None):
            raise ValueError("a wait has either 'for' or 'until'")
        if self.on_missing is not None and not isinstance(self.until, UntilDate):
            raise ValueError("'on_missing' belongs to a wait until a date")
        return self

    @override
    def paths(self) -> tuple[Path, ...]:
        return (
            Path("next", self.next, holds=self._holds()),
            *build_corner("missing", self.on_missing, "on_missing"),
        )

    def _holds(self) -> Any:
        """The least time a second arrival spends here.

        A first arrival may come a second before 09:00; the next one then waits for the next day.
        That bounds a loop, which is what this serves. A window may be open and a date past, so
        neither holds anybody for certain.
        """
        match self.until:
            case None:
                return self.duration.shortest if self.duration else DAY * 0
            case UntilTime(same_day_if_late=False):
                return DAY * 23 / 24
            case _:
                return DAY * 0


def decide(node: WaitNode, facts: Facts) -> Decision:
    """Sleep until the wait is over, counted from arrival; then advance.

    Counting from `arrived_at`, not from `now`, makes a late or repeated run answer the same.
    """
    match node.until:
        case UntilTime() as until:
            return _until(until_time(until, facts.arrived_at, facts.zone), facts)
        case UntilWindow() as until:
            hours = OpeningHours((Window(until.opens, until.closes, _number(until.weekdays)),))
            return _until_wake(UntilOpen(hours), facts)
        case UntilDate() as until:
            return _until_date(node, until, facts)
        case None if node.duration is not None:
            return _until(add_span(facts.arrived_at, node.duration, facts.zone), facts)
        case _:
            return Decision(Advance())


def until_time(until: UntilTime, arrived_at: datetime, zone: Zone) -> datetime:
    """Return the first instant that fits, at or after the arrival (rules 31 and 32)."""
    day = local_date(arrived_at, zone) + until.days_ahead * DAY
    if until.days_ahead == 0:
        day -= DAY  # where a gap spans midnight, yesterday's time falls on today's date
    wanted = _number(until.weekdays) or frozenset(WeekdayNumber)
    today = local_date(arrived_at, zone)
    while True:
        if day.weekday() in wanted:
            at = at_local(day, until.at, zone)
            if at >= arrived_at:
                return at
            if until.same_day_if_late and day == today:
                return arrived_at
        day += DAY


def _until(at: datetime, facts: Facts) -> Decision:
    return Decision(Sleep(at) if facts.now < at else Advance())


def _until_wake(wait: UntilOpen, facts: Facts) -> Decision:
    wake = derive_wake(wait, arrived_at=facts.arrived_at, zone=facts.zone)
    return _until(wake.at, facts) if isinstance(wake, Due) else Decision(Advance())


def _until_date(node: WaitNode, until: UntilDate, facts: Facts) -> Decision:
    value = get_path(facts.state.attributes, until.attribute)
    anchor = parse_anchor(None if value is MISSING else value)
    if anchor is None:
        return Decision(_leave_or_miss(node))
    offset = until.offset or Span()
    wait = DateWait(Period(offset.months, offset.days), until.at, "missing")
    wake = derive_wake(wait, arrived_at=facts.arrived_at, zone=facts.zone, anchor=anchor)
    if not isinstance(wake, Due):
        return Decision(_leave_or_miss(node))
    return _until(wake.at + offset.elapsed, facts)


def _leave_or_miss(node: WaitNode) -> Outcome:
    return Leave(MISSING_DATE) if node.on_missing in (None, "exit") else Advance("missing")


def _number(names: tuple[Weekday, ...] | None) -> frozenset[WeekdayNumber]:
    return frozenset(WeekdayNumber(_WEEKDAYS.index(name)) for name in names or _WEEKDAYS)
