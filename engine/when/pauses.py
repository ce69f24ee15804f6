"""What a pause does to instants, and how those it held up are let go."""

from datetime import datetime, timedelta


def stand_still(arrived_at: datetime, *, paused_at: datetime, resumed_at: datetime) -> datetime:
    """Return the arrival to count a wait from, as if no time had passed in a pause (rule 103)."""
    return arrived_at + (resumed_at - max(paused_at, arrived_at))


def wave_slot(index: int, *, starts_at: datetime, per_minute: int) -> datetime:
    """Return when the n-th overdue enrollment, from zero, is released: so many a minute, evenly."""
    return starts_at + timedelta(minutes=1) * index / per_minute
