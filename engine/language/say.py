"""Sentences for people, in the language of whoever asks: written in English where they are said.

A door says in which language it answers (`speak`); whatever is said outside of it, by a worker
or for a log, is English. The sentences of another language stand in `LANGUAGE.json` beside this
file: the English one, with its places, and the other with the same places. A test finds every
sentence that lacks one.
"""

import functools
import json
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Final

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "de")
"""By their ISO 639 codes."""
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken now, its places filled as `format` does."""
    return load_sentences(_spoken.get()).get(sentence, sentence).format(**values)


def speak(language: str) -> None:
    """Speak another language from now on, in this thread: one of `LANGUAGES`."""
    _spoken.set(language)


@functools.cache
def load_sentences(language: str) -> Mapping[str, str]:
    """Return what each English sentence is in another language; nothing for English itself."""
    if language == ENGLISH:
        return {}
    file = Path(__file__).with_name(f"{language}.json")
    sentences: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return sentences
