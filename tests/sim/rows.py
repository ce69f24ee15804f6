"""How rows are read past the engine: both databases answer the same, in SQLite's texts."""

from datetime import UTC, datetime
from uuid import UUID


def read_instant(text):
    """Return the instant that a row's text says; None for none."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def read_uid(text):
    return UUID(hex=text)
