"""The page of all reasons, made of their enums and the comments there (rule 131).

`python -m engine.journeys.reference.reasons_page` prints it; it is kept as docs/reasons.md. With `json` it
prints the codes alone, for the builder, which has words of its own: schema/reasons.json.
"""

import inspect
import json
import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from engine.journeys.deciding.gates import Disregard, Refusal
from engine.language.say import say
from engine.messages.states import CancelReason, DoubtReason, FailReason, SkipReason
from engine.reasons import ExitReason

LISTS: Final[Mapping[str, type[StrEnum]]] = {
    "Not let in": Refusal,
    "Event that is not the trigger": Disregard,
    "Left early": ExitReason,
    "Message skipped": SkipReason,
    "Message cancelled": CancelReason,
    "Message failed": FailReason,
    "Message uncertain": DoubtReason,
}
HEAD: Final = """# Reasons

Made from the code by `python -m engine.journeys.reference.reasons_page`. Whatever the engine refuses, skips or ends has one of these
reasons: in reports, on the pages, and in the answer to [why](journeys.md#why). The lists are closed. Where gates are asked
one after the other, they stand in that order, and the first that says no gives the reason. The exits and the `leave` nodes
of a journey give reasons in words of their own.
"""
_MEMBER: Final = re.compile(r'^    [A-Z_]+ = "(?P<code>\w+)"(?:  # (?P<words>.+))?$', re.MULTILINE)


def render_reasons() -> str:
    """Return the page as the text of a file."""
    lines = [HEAD]
    for title, codes in LISTS.items():
        words = read_words(codes)
        lines += [f"## {title}", "", inspect.getdoc(codes) or "", "", "| reason | |", "|---|---|"]
        lines += [f"| `{code}` | {words[code]} |" for code in codes]
        lines.append("")
    return "\n".join(lines)


def render_codes() -> str:
    """Return all codes, list by list, as the text of a JSON file."""
    lists = {codes.__name__: [code.value for code in codes] for codes in LISTS.values()}
    return json.dumps(lists, indent=2) + "\n"


@cache
def read_words(codes: type[StrEnum]) -> dict[str, str]:
    """Return what each reason means, by its code: the comment that stands behind it."""
    source = inspect.getsource(codes)
    return {found["code"]: found["words"] or "" for found in _MEMBER.finditer(source)}


def explain_reason(code: str | None, *lists: type[StrEnum]) -> str:
    """Return what a reason of one of these lists means; empty for words of a journey's own."""
    found = (read_words(codes).get(code or "") for codes in lists)
    words = next((words for words in found if words), "")
    return say(words.replace("{", "{{").replace("}", "}}")) if words else ""


if __name__ == "__main__":
    sys.stdout.write(render_codes() if sys.argv[1:] == ["json"] else render_reasons())
