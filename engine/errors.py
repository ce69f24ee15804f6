"""Every error the engine raises on purpose. A door turns them into answers.

* EngineError
  + NotFound        what was asked for does not exist
  + Conflict        it exists, but is not in a state that allows this
    - InvalidTransition
    - LostUpdate    somebody else changed it first
    - Unmapped      people are at nodes of which nobody has said where they go
  + Invalid         the input can never be accepted
    - InvalidTime
    - InvalidJourney  with its list of problems
  + Denied          known, but not allowed
    - WrongCredentials
  + TooMuch         over a limit: size or rate
  + Unavailable     cannot work now; trying again later may help

A caller's mistake is an error. A normal outcome (a duplicate event, a skipped message) is a value.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar


class EngineError(Exception):
    """Something the engine refuses to do."""

    code: ClassVar[str] = "engine_error"


class NotFound(EngineError):
    """What was asked for does not exist."""

    code = "not_found"


class Conflict(EngineError):
    """The row is not in a state that allows this."""

    code = "conflict"


class InvalidTransition(Conflict):
    """No such step in the state machine."""

    code = "invalid_transition"

    def __init__(self, current: str, target: str) -> None:
        super().__init__(f"no transition from {current} to {target}")
        self.current = current
        self.target = target


class LostUpdate(Conflict):
    """Somebody else changed it since it was read."""

    code = "lost_update"


class Unmapped(Conflict):
    """People are inside at nodes that are no more, and nobody has said where they go.

    Attributes:
        problems: JSON objects, one for each such node: version, node, people, message.
    """

    code = "unmapped"

    def __init__(self, message: str, problems: Sequence[dict[str, Any]]) -> None:
        super().__init__(message)
        self.problems = list(problems)


class Invalid(EngineError):
    """The input can never be accepted."""

    code = "invalid"


class InvalidTime(Invalid):
    """No such date, time, duration or zone."""

    code = "invalid_time"


class InvalidJourney(Invalid):
    """The journey cannot work as it is written.

    Attributes:
        problems: JSON objects, one for each thing to mend: code, node, path, message.
    """

    code = "invalid_journey"

    def __init__(self, message: str, problems: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


class Denied(EngineError):
    """Known, but not allowed to do this."""

    code = "denied"


class WrongCredentials(Denied):
    """No valid key, session or password came along."""

    code = "wrong_credentials"


class TooMuch(EngineError):
    """Over a limit.

    Attributes:
        retry_after: when trying again makes sense; None if the same input never will.
    """

    code = "too_much"

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(EngineError):
    """The database or another needed part cannot be reached now."""

    code = "unavailable"
