"""Where a node goes on when something did not come out well."""

from engine.decision import Advance, Leave
from engine.parts.paths import NEXT, Way


def choose_corner(corner: str | Way, label: str, reason: str) -> Advance | Leave:
    """Return how to go on as `on_error`, `on_skip` or `on_missing` says.

    Args:
        corner: `continue`, `exit`, or a way of its own.
        label: of that way.
        reason: of leaving.
    """
    match corner:
        case "continue":
            return Advance(NEXT)
        case "exit":
            return Leave(reason)
        case _:
            return Advance(label)
