"""A date of the contact comes round: a birthday, a renewal less seven days."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Literal

from engine.document.base import FieldPath, Maybe
from engine.document.durations import Span
from engine.document.paths import get_path
from engine.parts.entering import TriggerBase
from engine.parts.times import LocalTime, Offset
from engine.when.dates import (
    Anchor,
    LeapDay,
    Occasion,
    Recurrence,
    Repeat,
    next_occasion,
    occasion_on,
    parse_anchor,
)
from engine.when.zones import Zone

TIMEZONE = "timezone"


class DateTrigger(TriggerBase):
    """A date of the contact comes round; entered once per occurrence.

    A date that is missing or unreadable, the epoch, and years that only placeholders have let
    nobody in.
    """

    kind: Literal["date"]
    attribute: FieldPath
    offset: Maybe[Offset] = None
    at: Maybe[LocalTime] = None
    repeat: Literal["never", "yearly", "monthly"] = "never"
    leap_day: Literal["feb_28", "mar_1", "skip"] = "feb_28"


def find_anchor(trigger: DateTrigger, attributes: Mapping[str, Any]) -> Anchor | None:
    """Return the contact's date; None if it says nothing (rule 36)."""
    return parse_anchor(get_path(attributes, trigger.attribute))


def next_firing(
    trigger: DateTrigger,
    anchor: Anchor,
    zone: Zone,
    *,
    not_before: datetime,
    after: date | None = None,
) -> Occasion | None:
    """Return when the contact is let in next, at or after an instant; None if never again.

    Args:
        trigger: what is asked.
        anchor: the contact's date.
        zone: the contact's.
        not_before: what fell due before it is not made up for.
        after: the occurrence that it was let in for; it comes not twice.
    """
    recurrence = _build_recurrence(trigger)
    return next_occasion(anchor, recurrence, zone=zone, not_before=not_before, after=after)


def firing_on(trigger: DateTrigger, anchor: Anchor, zone: Zone, day: date) -> Occasion:
    """Return when the contact is let in for the occurrence of a day."""
    return occasion_on(day, anchor, _build_recurrence(trigger), zone=zone)


def may_move(trigger: DateTrigger, changed: Collection[str]) -> bool:
    """Return whether a change of these attributes may move the date."""
    return TIMEZONE in changed or trigger.attribute.partition(".")[0] in changed


def has_moved(trigger: DateTrigger, attributes: Mapping[str, Any], entered_for: str) -> bool:
    """Return whether the date is another than the one that the contact entered for (rule 37).

    Args:
        trigger: what is asked.
        attributes: of the contact, now.
        entered_for: the key of the anchor at entry.
    """
    anchor = find_anchor(trigger, attributes)
    return anchor is None or anchor.key != entered_for


def _build_recurrence(trigger: DateTrigger) -> Recurrence:
    offset = trigger.offset or Span()
    return Recurrence(
        repeat=Repeat(trigger.repeat),
        offset=offset.to_period(),
        elapsed=offset.elapsed,
        at=trigger.at,
        leap_day=LeapDay(trigger.leap_day),
    )
