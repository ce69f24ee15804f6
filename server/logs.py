"""Logs: one line each, past-tense keys and ids; never an address, a name, a body or a token."""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any, Final

import structlog

LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
_QUIET: Final = ("apscheduler", "httpx", "httpcore", "sqlalchemy", "alembic")
_SILENT: Final = "dramatiq"
"""Says every few seconds, for every lane, that Redis is away; the bell says it once."""
_FRAMES: Final = 4


def configure_logs(level: str = "info") -> None:
    """Write logs to standard error: JSON lines, or readable ones where a person looks on."""
    is_watched = sys.stderr.isatty()
    renderer: Any = (
        structlog.dev.ConsoleRenderer() if is_watched else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger(_SILENT).setLevel(logging.CRITICAL + 1)


def get_logger() -> Any:
    """Return the logger of every door."""
    return structlog.get_logger()


def describe_failure(error: BaseException) -> dict[str, str]:
    """Return what may be logged of an unexpected error: its type, and where it came from.

    Its words are left out: those of databases and parsers repeat what they were given.
    """
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "where": " < ".join(reversed(places))}
