"""Wait for a while, until a time of day, a window, the best hour, or a date of the contact."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
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
from engine.when.best_hours import EVERY_HOUR, HOURS, find_best_hour, list_whole_hours
from engine.when.dates import date_due, parse_anchor
from engine.when.holidays import NO_HOLIDAYS, HolidayCalendar
from engine.when.local import DAY, at_local, local_date
from engine.when.waits import Due, UntilOpen, derive_wake
from engine.when.windows import LOOK_AHEAD, OpeningHours, Window, is_open
from engine.when.zones import Zone, get_zone

MISSING: Final = "missing"
BEST: Final = "best_hour"
_LAST: Final = timedelta(minutes=59)
_UTC: Final = get_zone("UTC")
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


class UntilBestHour(Document):
    """The hour at which the contact mostly reads its letters; at once while that hour lasts.

    Found by the letters that humans opened or clicked in the last 90 days, by the contact's clock.
    Below five of them everybody's hour is taken, and where few were read at all the fallback.
    """

    best_hour: Literal["contact", "everybody"] = Field(
        description="Whose: the contact's own, or everybody's."
    )
    opens: Maybe[LocalTime] = Field(
        default=None, alias="from", description="Only hours that lie wholly in from and to."
    )
    closes: Maybe[LocalTime] = Field(
        default=None, alias="to", description="Earlier than from: it spans midnight."
    )
    weekdays: Maybe[tuple[Weekday, ...]] = Field(
        default=None, description="Only on these; absent: any day."
    )
    skip_holidays: bool = Field(
        default=False, description="Not on the holidays of the journey's settings."
    )
    fallback: LocalTime = Field(
        default=time(10),
        description="The hour that begins then, where nobody knows a better one.",
        json_schema_extra={"default": "10:00"},
    )

    @model_validator(mode="after")
    def _window_is_whole(self) -> Self:
        if (self.opens is None) != (self.closes is None):
            msg = say("a best hour has both 'from' and 'to', or neither")
            raise ValueError(msg)
        return self

    @property
    def fallback_fits(self) -> bool:
        """Whether the fallback's hour lies between both, to its last minute."""
        if self.opens is None or self.closes is None:
            return True
        hours = OpeningHours((Window(self.opens, self.closes),))
        first = datetime.combine(date(2000, 1, 3), self.fallback, UTC)
        return is_open(hours, first, _UTC) and is_open(hours, first + _LAST, _UTC)

    @property
    def hours(self) -> frozenset[int]:
        """The hours to choose among."""
        if self.opens is None or self.closes is None:
            return EVERY_HOUR
        return list_whole_hours(self.opens, self.closes)


def _choose_until(value: Any) -> str | None:
    present = value if isinstance(value, Mapping) else getattr(value, "model_fields_set", ())
    if "attribute" in present:
        return "date"
    if "best_hour" in present:
        return "best_hour"
    if "from" in present or "opens" in present:
        return "window"
    return "time" if "at" in present else None


Until = TypeAliasType(
    "Until",
    Annotated[
        Annotated[UntilTime, Tag("time")]
        | Annotated[UntilWindow, Tag("window")]
        | Annotated[UntilBestHour, Tag("best_hour")]
        | Annotated[UntilDate, Tag("date")],
        Discriminator(
            _choose_until,
            custom_error_type="until",
            custom_error_message="'until' has a time of day (at), a window (from, to), "
            "a best hour (best_hour) or a date (attribute)",
        ),
    ],
)


class WaitNode(Step):
    """Wait for a while, until a time of day, a window, the best hour, or until a date."""

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
    elif isinstance(node.until, UntilBestHour):
        return _decide_best_hour(node.until, facts)
    else:
        due_at = _derive_due(node, facts)
    return Decision(_wait_until(due_at, facts))


def _wait_until(due_at: datetime, facts: Facts) -> Advance | Sleep:
    return Advance() if due_at <= facts.now else Sleep(due_at)


def _decide_best_hour(until: UntilBestHour, facts: Facts) -> Decision:
    """Wait for the hour found, as for a window of that length; note by what it was found."""
    best = find_best_hour(
        facts.reading,
        own=until.best_hour == "contact",
        allowed=until.hours,
        fallback=until.fallback,
        zone=facts.zone,
        now=facts.arrived_at,
    )
    closes = best.at.replace(hour=(best.at.hour + 1) % HOURS)
    window = Window(best.at, closes, read_weekdays(until.weekdays))
    due_at = _derive_opening(window, facts, skip_holidays=until.skip_holidays)
    noted = {"at": f"{best.at:%H:%M}", "of": best.of, "read": best.read, "letters": best.letters}
    return Decision(_wait_until(due_at, facts), notes={BEST: noted})


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
        case UntilWindow(opens=opens, closes=closes):
            window = Window(opens, closes, read_weekdays(node.until.weekdays))
            return _derive_opening(window, facts, skip_holidays=node.until.skip_holidays)
        case _:
            return add_span(facts.arrived_at, node.duration or NO_SPAN, facts.zone)


def _derive_opening(window: Window, facts: Facts, *, skip_holidays: bool) -> datetime:
    """Return the first instant, from the arrival or a later question on, at which it is open."""
    floor = facts.arrived_at if facts.is_first else facts.now
    holidays = facts.holidays if skip_holidays else NO_HOLIDAYS
    hours = _read_hours(window, local_date(floor, facts.zone), holidays)
    wake = derive_wake(
        UntilOpen(hours), arrived_at=facts.arrived_at, zone=facts.zone, not_before=floor
    )
    return wake.at if isinstance(wake, Due) else floor


def _read_hours(window: Window, day: date, holidays: HolidayCalendar) -> OpeningHours:
    """Return the window as hours to look ahead in from a local date on."""
    if holidays is NO_HOLIDAYS:
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
