"""One thing to look at in a letter."""

from dataclasses import dataclass
from typing import Literal

from engine.language.say import say
from engine.messages.compose.template_errors import Position

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        line: in the letter, or in the partial that `words` names.
        code: what it is, for programs: refused, missing_alt, too_large ...
        words: what is wrong and what to do.
        severity: error: it cannot be sent so; warning: it does harm; hint: it can be better.
    """

    line: int
    code: str
    words: str
    severity: Severity = "warning"


def find(position: Position, code: str, words: str, severity: Severity = "warning") -> Finding:
    """Return a finding at a place, which it names where that is not the letter itself."""
    if position.source:
        words += " " + say("(in {source})", source=position.source)
    return Finding(position.line, code, words, severity)
