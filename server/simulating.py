"""Bounds of a simulation that somebody waits for."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.errors import TooMuch
from engine.language.say import say

Tell = Callable[[str, int], None]


@dataclass(slots=True)
class Deadline:
    """Breaks a simulation off that takes longer than whoever asked for it waits.

    Attributes:
        seconds: how long, from its making on.
    """

    seconds: float
    _began: float = field(default_factory=time.monotonic)

    def tell(self, what: str, count: int) -> None:
        """Go on as long as there is time.

        Raises:
            TooMuch: it is over.
        """
        if time.monotonic() - self._began > self.seconds:
            msg = say(
                "broken off after {seconds:g} seconds, at {count} {what}: ask for fewer contacts or a shorter time, or use the command",
                seconds=self.seconds,
                count=count,
                what=say(what),
            )
            raise TooMuch(msg)
