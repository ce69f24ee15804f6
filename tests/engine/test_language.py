"""Every sentence the engine says has its German, with the same places; what is not said has none."""

import ast
import json
import string
from pathlib import Path

import pytest

from engine.invariants.checking import INVARIANTS
from engine.language.say import (
    ENGLISH,
    LANGUAGES,
    Sentence,
    load_sentence,
    load_sentences,
    say,
    speak,
)
from engine.rules.operators import OPERATORS

ROOT = Path(__file__).resolve().parents[2]
SAYING = ("say", "Sentence")
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


@pytest.fixture
def german():
    speak("de")
    yield
    speak(ENGLISH)


def find_said():
    """Return every sentence that is written where it is said."""
    said = set()
    for folder in ("engine", "server", "channels"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
                    said |= set(list_texts(node.args[0]))
    return said


def list_texts(argument):
    if isinstance(argument, ast.IfExp):
        return list_texts(argument.body) + list_texts(argument.orelse)
    return [argument.value] if isinstance(argument, ast.Constant) else []


def find_places(sentence):
    return sorted(
        (name, form or "", conversion or "")
        for _, name, form, conversion in string.Formatter().parse(sentence)
        if name is not None
    )


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_words_in_every_language(language):
    said = find_said() | {row.label for row in OPERATORS.values()}
    said |= {one.holds for one in INVARIANTS}
    assert len(said) > 300
    assert sorted(said - set(load_sentences(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_same_places_in_every_language(language):
    for sentence, other in load_sentences(language).items():
        assert find_places(sentence) == find_places(other), sentence
        assert sentence[:1].isspace() == other[:1].isspace(), sentence
        assert sentence[-1:].isspace() == other[-1:].isspace(), sentence


@pytest.mark.parametrize("language", OTHERS)
def test_words_that_nobody_says_are_gone(language):
    sources = squeeze(
        "".join(
            file.read_text(encoding="utf-8")
            for folder in ("engine", "server", "channels")
            for file in sorted((ROOT / folder).rglob("*.py"))
        )
    )
    counted = ("1 ", "{n} ")  # made of a unit's name
    unsaid = [
        sentence
        for sentence in load_sentences(language)
        if not sentence.startswith(counted)
        and begin(sentence) not in sources
        and begin(json.dumps(sentence)[1:-1]) not in sources
    ]
    assert unsaid == []


def squeeze(text):
    return "".join(text.split())


def begin(sentence):
    """Return what a sentence begins with; where its lines are broken does not matter."""
    return squeeze(sentence)[:20]


def test_english_is_said_where_nobody_asked_for_another():
    assert say("it is {value}", value="5") == "it is 5"


def test_a_sentence_that_is_kept_is_said_to_whoever_looks(german):
    inner = Sentence("it is {value}", value="5")
    kept = load_sentence(json.loads(json.dumps(Sentence("it is {value}", value=inner).dump())))
    assert str(kept) == "es ist es ist 5"
    assert kept.english == "it is it is 5"
    assert kept == Sentence("it is {value}", value=inner)


def test_german_is_said_where_it_is_spoken(german):
    assert say("it is {value}", value="5") == "es ist 5"
    assert say("of this there is no German: {n}", n=3) == "of this there is no German: 3"
