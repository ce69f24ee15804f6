"""The header Retry-After (RFC 9110 10.2.3)."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = timedelta(hours=1)
_SECONDS: Final = re.compile(r"[0-9]{1,15}")


def parse_retry_after(value: str | None, *, now: datetime) -> timedelta | None:
    """Return how long to wait, at most an hour; None where the header says nothing of use.

    Args:
        value: a number of seconds, or an HTTP date.
        now: aware, UTC.
    """
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        return min(timedelta(seconds=min(int(text), 10**6)), LONGEST) or None
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if until.tzinfo is None:  # "-0000", or an asctime date: both mean UTC
        until = until.replace(tzinfo=UTC)
    wait = until - now
    return min(wait, LONGEST) if wait > timedelta() else None
