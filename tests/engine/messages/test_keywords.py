"""What a text that came in asks for. Pure."""

import pytest

from engine.messages.texts.keywords import GERMAN_STOP_WORDS, Meaning, read_meaning

STOPS = [
    "STOP", "stop", " Stop. ", "*STOP*", "stop!!!", "ＳＴＯＰ", "\nStop\n",
    "QUIT", "end", "Revoke", "OPT OUT", "opt-out", "opt_out", "OptOut", "CANCEL", "Unsubscribe",
    "STOPALL", "Stop all", "stop please", "Stop sending me this", "UNSUBSCRIBE ME FROM EVERYTHING",
    "cancel, thank you", "“Stop”", "stop\tnow",
]  # fmt: skip
UNCLEAR = [
    "please stop texting me", "no more", "No more texts!", "Don't text me", "don’t text me again",
    "Do not contact me", "remove me from your list", "leave me alone", "Wrong number",
    "I want to unsubscribe", "I am opting out", "bitte keine SMS mehr", "Bitte aufhören!",
]  # fmt: skip
OTHERS = [
    "", "   ", "👍", "Thanks", "Stopped by yesterday", "ending soon?", "stopwatch", "Nonstop",
    "When do you open?", "Informal", "helpful, thanks", "yes", "started", "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
def test_r122_the_laws_words_opt_out_however_they_are_written(text):
    assert read_meaning(text) is Meaning.STOP


@pytest.mark.parametrize("text", UNCLEAR)
def test_r122_what_is_unclear_is_for_a_person_to_read(text):
    assert read_meaning(text) is Meaning.UNCLEAR
    assert read_meaning(text, is_opted_out=True) is Meaning.OTHER  # there is nothing left to stop


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_ask_for_nothing(text):
    assert read_meaning(text, stop_words=GERMAN_STOP_WORDS) is Meaning.OTHER


def test_r122_start_opts_in_again_and_help_asks_for_help():
    for text in ("START", "Unstop!", " start "):
        assert read_meaning(text, is_opted_out=True) is Meaning.START
    for text in ("HELP", "help?", "Info", "HILFE"):
        assert read_meaning(text) is read_meaning(text, is_opted_out=True) is Meaning.HELP
    assert read_meaning("Start the engine") is Meaning.OTHER


def test_yes_opts_in_only_who_is_opted_out():
    assert read_meaning("Yes") is Meaning.OTHER
    assert read_meaning("Yes", is_opted_out=True) is Meaning.START


def test_an_instance_has_further_words():
    for text in ("STOPP", "Abmelden bitte", "kündigen"):
        assert read_meaning(text, stop_words=GERMAN_STOP_WORDS) is Meaning.STOP
    assert read_meaning("Kündigen") is Meaning.OTHER
    assert read_meaning("arrêt", stop_words=["ARRÊT", " "]) is Meaning.STOP
