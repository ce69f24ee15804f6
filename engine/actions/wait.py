"""Wait for a while, until a time of day, until a window is open, or until a date of the contact."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from typing_extensions import TypeAliasType, override

from engine.decision import Advance, Decision, Facts, GoOn, Sleep
from engine.document.base import Document, FieldPath, Maybe
from engine.document.durations import Span
from engine.document.paths import get_path
from engine.errors import InvalidTime
from engine.language.say import say
from engine.parts.corners import choose_corner
from engine.parts.paths import NEXT, Path, Step, Way, build_corner
from engine.parts.times import LocalTime, Offset, Wait, Weekday, add_span, read_weekdays
from engine.reasons import ExitReason
from engine.when.dates import date_due, parse_anchor
from engine.when.holidays import NO_HOLIDAYS, HolidayCalendar
from engine.when.local import DAY, at_local, local_date
from engine.when.waits import Due, UntilOpen, derive_wake
from engine.when.windows import LOOK_AHEAD, OpeningHours, Window
from engine.when.zones import Zone

MISSING: Final = "missing"
A_MOMENT: Final = timedelta(microseconds=1)
A_DAY_AT_LEAST: Final = timedelta(hours=23)
NO_SPAN: Final = Span()
DAYS_ENOUGH: Final = 370
"""Among so many days in a row every weekday comes that is no holiday at all."""


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
    skip_holidays: bool = Field(
        default=False, description="Not on the holidays of the journey's settings."
    )
    same_day_if_late: bool = Field(
        default=False,
        description="If the time has passed on the day of arrival, and that day fits, go on at "
        "once instead.",
    )

    @model_validator(mode="after")
    def _late_is_today(self) -> Self:
        if self.same_day_if_late and self.days_ahead:
            msg = say(
                "'same_day_if_late' is about the day of arrival, so 'days_ahead' has no place"
            )
            raise ValueError(msg)
        return self


class UntilWindow(Document):
    """Until the window is open in the contact's zone: at once if it is.

    It has its start and lacks its end.
    """

    opens: LocalTime = Field(alias="from")
    closes: LocalTime = Field(alias="to", description="Earlier than from: it spans midnight.")
    weekdays: Maybe[tuple[Weekday, ...]] = Field(
        default=None, description="The days on which it opens."
    )
    skip_holidays: bool = Field(
        default=False, description="It does not open on the holidays of the journey's settings."
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
            custom_error_message="'until' has a time of day (at), a window (from, to) "
            "or a date (attribute)",
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
        description="When the date is missing or unreadable. Must be there for a date, "
        "and only then.",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.duration is None) == (self.until is None):
            msg = say("a wait has either 'for' or 'until'")
            raise ValueError(msg)
        if self.on_missing is not None and not isinstance(self.until, UntilDate):
            msg = say("'on_missing' belongs to a wait until a date")
            raise ValueError(msg)
        return self

    @override
    def paths(self) -> tuple[Path, ...]:
        return (
            Path(NEXT, self.next, holds=self._holds()),
            *build_corner(MISSING, self.on_missing, "on_missing"),
        )

    def _holds(self) -> timedelta:
        """Return the least time a second arrival spends here.

        A first arrival may come a second before 09:00; the next one then waits for the next day.
        That bounds a loop, which is what this serves. A window may be open and a date past, so
        neither holds anybody for certain.
        """
        match self.until:
            case None:
                return self.duration.shortest if self.duration else timedelta()
            case UntilTime(same_day_if_late=False):
                return A_DAY_AT_LEAST
            case _:
                return timedelta()


def decide(node: WaitNode, facts: Facts) -> Decision:
    """Sleep until the wait is over, counted from the arrival; then go on.

    Asked again because of a change (a signal), a reading of the clock that has passed meanwhile
    is the next one, never now; a wake that has come is not taken back (rule 33), save that a date
    is a date: moved into the future, it is waited for. A colleague may end any wait.
    """
    if isinstance(facts.signal, GoOn):
        return Decision(Advance())
    is_due = not facts.is_first and facts.signal is None
    if isinstance(node.until, UntilDate):
        due_at = _derive_date(node.until, facts)
        if due_at is None:
            return Decision(
                choose_corner(node.on_missing or "exit", MISSING, ExitReason.DATE_MISSING)
            )
    elif is_due:
        return Decision(Advance())
    else:
        due_at = _derive_due(node, facts)
    return Decision(Advance() if due_at <= facts.now else Sleep(due_at))


def may_move(node: WaitNode, changed: Collection[str]) -> bool:
    """Return whether a change of these attributes may move the end of the wait (rule 33)."""
    match node.until:
        case UntilDate(attribute=path) if path.partition(".")[0] in changed:
            return True
        case None:
            is_elapsed = node.duration is None or not node.duration.to_period()
            return "timezone" in changed and not is_elapsed
        case _:
            return "timezone" in changed


def _derive_due(node: WaitNode, facts: Facts) -> datetime:
    floor = facts.arrived_at if facts.is_first else facts.now
    match node.until:
        case UntilTime():
            if facts.visit > 1 and facts.is_first:
                floor += A_MOMENT  # who comes round again at nine sharp waits for the next nine
            holidays = facts.holidays if node.until.skip_holidays else NO_HOLIDAYS
            return _derive_reading(node.until, facts.arrived_at, facts.zone, floor, holidays)
        case UntilWindow():
            hours = _read_hours(node.until, local_date(floor, facts.zone), facts.holidays)
            wake = derive_wake(
                UntilOpen(hours), arrived_at=facts.arrived_at, zone=facts.zone, not_before=floor
            )
            return wake.at if isinstance(wake, Due) else floor
        case _:
            return add_span(facts.arrived_at, node.duration or NO_SPAN, facts.zone)


def _read_hours(until: UntilWindow, day: date, holidays: HolidayCalendar) -> OpeningHours:
    """Return the window as hours to look ahead in from a local date on."""
    window = Window(until.opens, until.closes, read_weekdays(until.weekdays))
    if not until.skip_holidays:
        return OpeningHours((window,))
    # From the day before: what opened then may reach past midnight.
    return OpeningHours((window,), holidays.list_between(day - DAY, day + LOOK_AHEAD))


def _derive_reading(
    until: UntilTime,
    arrived_at: datetime,
    zone: Zone,
    not_before: datetime,
    holidays: HolidayCalendar,
) -> datetime:
    """Return the first instant at which a day that fits has the time of day (rules 29, 31, 32).

    Raises:
        InvalidTime: no day fits.
    """
    today = local_date(arrived_at, zone)
    weekdays = read_weekdays(until.weekdays)
    landing = today + until.days_ahead * DAY
    if until.same_day_if_late and today.weekday() in weekdays and today not in holidays:
        passed_at = at_local(today, until.at, zone)
        if passed_at < arrived_at:
            return arrived_at
    # A day earlier, since where a gap spans midnight, the time of yesterday falls on today's date.
    first = max(landing if until.days_ahead else today - DAY, local_date(not_before, zone) - DAY)
    for day in (first + ahead * DAY for ahead in range(DAYS_ENOUGH)):
        instant = at_local(day, until.at, zone)
        if day.weekday() in weekdays and day not in holidays and instant >= not_before:
            return instant
    msg = say("this time of day never comes")
    raise InvalidTime(msg)


def _derive_date(until: UntilDate, facts: Facts) -> datetime | None:
    """Return the instant of the date; None if there is none (rule 36), which is never now."""
    anchor = parse_anchor(get_path(facts.state.attributes, until.attribute))
    if anchor is None:
        return None
    offset = until.offset or NO_SPAN
    return date_due(anchor, offset.to_period(), until.at, facts.zone) + offset.elapsed
