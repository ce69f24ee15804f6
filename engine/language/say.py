"""Sentences for people, in the language of whoever asks: written in English where they are said.

A door says in which language it answers (`speak`); whatever is said outside of it, by a worker
or for a log, is English. The sentences of another language stand in `LANGUAGE.json` beside this
file: the English one, with its places, and the other with the same places. A test finds every
sentence that lacks one. What is kept, or comes from another process, is a `Sentence`: it is said when
somebody looks.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "de")
"""By their ISO 639 codes."""
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence in the language that is spoken now, its places filled as `format` does."""
    return load_sentences(_spoken.get()).get(sentence, sentence).format(**values)


class Sentence:
    """A sentence with what fills its places, not said yet; as a string, it is said.

    Places may be filled by sentences. Its values are JSON, as `dump` gives it.
    """

    __slots__ = ("values", "words")

    def __init__(self, words: str, /, **values: object) -> None:
        self.words = words
        self.values: Mapping[str, object] = values

    @override
    def __str__(self) -> str:
        return say(self.words, **self.values)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and self.dump() == other.dump()

    @override
    def __hash__(self) -> int:
        return hash(self.words)

    @override
    def __repr__(self) -> str:
        return f"Sentence({self.words!r})"

    @property
    def english(self) -> str:
        """What it says in English, whatever is spoken now."""
        filled = {
            name: value.english if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return self.words.format(**filled)

    def dump(self) -> list[Any]:
        """Return it as JSON, for `load_sentence`."""
        filled = {
            name: {"said": value.dump()} if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return [self.words, filled]


def load_sentence(dumped: Sequence[Any]) -> Sentence:
    """Return what `Sentence.dump` wrote."""
    words, filled = dumped
    values = {
        name: load_sentence(value["said"]) if isinstance(value, dict) else value
        for name, value in filled.items()
    }
    return Sentence(words, **values)


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
