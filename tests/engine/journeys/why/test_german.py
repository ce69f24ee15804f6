"""Why, said in German: the same facts in other words."""

import dataclasses

import pytest

from engine.language.say import ENGLISH, speak
from tests.scenarios.test_why import know, publish, why
from tests.shop import SEND, Shop

SENTENCES = {"verdict", "sentence", "details", "entry", "trigger"}
NODES = {
    "hello": SEND,
    "rest": {"kind": "wait", "for": "P1D", "next": "big"},
    "big": {
        "kind": "branch",
        "paths": [
            {
                "label": "often",
                "when": {"event": "Signed Up", "measure": "count", "op": "gte", "value": 2},
            }
        ],
        "otherwise": {},
    },
}


@pytest.fixture
def explain(database):
    """Explain a journey in a language, of somebody who went through it."""
    shop = Shop(database)
    publish(shop, NODES | {"hello": SEND | {"next": "rest"}})
    know(shop)
    shop.say(event="Signed Up", userId="ann")
    shop.work()
    shop.deliver()
    shop.pass_time(days=1)

    def say_why(language):
        speak(language)
        try:
            return why(shop)
        finally:
            speak(ENGLISH)

    return say_why


def strip(told):
    """Return the facts alone."""
    if isinstance(told, dict):
        return {key: strip(value) for key, value in told.items() if key not in SENTENCES}
    if isinstance(told, (list, tuple)):
        return [strip(one) for one in told]
    return told


def test_only_the_words_differ(explain):
    english, german = explain("en"), explain("de")
    assert strip(dataclasses.asdict(english)) == strip(dataclasses.asdict(german))
    assert english.verdict.startswith("The email of 'hello' was handed over")
    assert german.verdict.startswith("Die Nachricht (E-Mail) von „hello“ wurde übergeben")


def test_what_was_read_then_is_said_in_the_language_of_now(explain):
    visits = {one.node: one.details for one in explain("de").enrollments[0].visits}
    assert visits["big"][0] == "nein: often"
    assert visits["big"][1].startswith(
        '  nein: die Zahl von "Signed Up" ist mindestens 2 (1-mal, zuletzt '
    )
