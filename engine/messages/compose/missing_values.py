"""Says which variable a message lacked, and where the template reads it."""

import re
from collections.abc import Iterable
from typing import Final

from engine.language.say import say
from engine.messages.compose.template_errors import Position
from engine.messages.compose.template_language import Variable

_ABSENT: Final = re.compile(
    r"UndefinedError: (?:'(\w+)' is undefined|'[^']*' has no attribute '(\w+)'"
    r"|\w+ object has no element (\d+))"
)


def name_missing_value(detail: str, variables: Iterable[Variable]) -> str:
    """Return why a message failed, with path and line where it failed for want of a value.

    Jinja knows the last name alone: where the template reads it of several things, all are named.
    """
    absent = _ABSENT.match(detail)
    if absent is None:
        return detail
    root, below, number = absent.groups()
    if number is not None:  # of a list that is shorter, such as one that was looked up
        return say("a list has no element {number}: ask for its length first", number=number)
    read = [
        f"{each.path} ({_say_place(each.position)})"
        for each in variables
        if _reads(each.path, root, below)
    ]
    names = say(" or ").join(read)
    names = names or root or below  # not read of data: of what was looked up
    return say("no value, and no |default, for {names}", names=names)


def _reads(path: str, root: str | None, below: str | None) -> bool:
    first, *others = path.replace("[]", "").split(".")
    return first == root if root else below in others


def _say_place(position: Position) -> str:
    if position.source:
        return say("line {line} of {source}", line=position.line, source=position.source)
    return say("line {line}", line=position.line)
