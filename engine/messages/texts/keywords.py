"""What a text that came in asks for: no more of them, some again, help, or nothing of that (rule 122). Pure.

Source: 47 CFR 64.1200(a)(10), in force since April 2025: the words that revoke consent by
themselves, and that any other reasonable means does so, too. Whether a sentence is such a means is
for a person to say: it is put before one.
"""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from typing import Final

LONGEST_READ: Final = 1_000
"""Characters of a text that are looked at."""


class Meaning(StrEnum):
    """What a text asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    UNCLEAR = "unclear"  # it may ask for no more: a person looks
    OTHER = "other"


STOP_WORDS: Final = frozenset(
    {
        "stop",
        "stopall",
        "stop all",
        "quit",
        "end",
        "revoke",
        "opt out",
        "optout",
        "cancel",
        "unsubscribe",
    }
)
"""They opt out wherever a text begins with one, whatever comes behind it."""
GERMAN_STOP_WORDS: Final = frozenset({"stopp", "abmelden", "abbestellen", "kündigen"})
START_WORDS: Final = frozenset({"start", "unstop"})
YES_WORDS: Final = frozenset({"yes"})
"""They opt in only who is opted out: to others they answer a question."""
HELP_WORDS: Final = frozenset({"help", "info", "hilfe"})
_APOSTROPHES: Final = re.compile("['`\u2019\u02bc]")
_HINTS: Final = re.compile(
    r"\b(?:stop+|unsubscribe|unsub|opt(?:ing|ed)? ?out|no more|remove me|take me off|leave me alone"
    r"|not interested|wrong number|(?:do not|dont|never) (?:text|message|contact|write)"
    r"|aufhören|keine (?:sms|nachrichten)|nicht mehr|abmelden|abbestellen|falsche nummer)\b"
)


def read_meaning(
    text: str, *, is_opted_out: bool = False, stop_words: Collection[str] = ()
) -> Meaning:
    """Return what a text asks for.

    Args:
        text: as it came.
        is_opted_out: whoever wrote it gets no texts now.
        stop_words: further words that opt out, of the instance.
    """
    said = simplify(text)
    stops = STOP_WORDS | {simplify(word) for word in stop_words} - {""}
    if any(_begins(said, word) for word in stops):
        return Meaning.STOP
    if said in START_WORDS or (is_opted_out and said in YES_WORDS):
        return Meaning.START
    if said in HELP_WORDS:
        return Meaning.HELP
    if not is_opted_out and _HINTS.search(said):
        return Meaning.UNCLEAR
    return Meaning.OTHER


def simplify(text: str) -> str:
    """Return a text in small letters, its words apart by one blank, without anything else."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_READ]).casefold()
    joined = _APOSTROPHES.sub("", folded)  # don't is dont
    return " ".join(re.findall(r"\w+", joined.replace("_", " ")))


def _begins(said: str, word: str) -> bool:
    return said == word or said.startswith(f"{word} ")
