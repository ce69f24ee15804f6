import pytest

from engine.triggers.inactivity import counts
from tests.engine.triggers.making import happened, trigger_of


def test_r140_any_activity_ends_the_silence_and_our_own_messages_do_not():
    trigger = trigger_of("inactivity", no="any", for_="P30D")
    assert counts(trigger, happened("Page Viewed"))
    assert not counts(trigger, happened("Email Delivered", is_activity=False))


def test_r140_or_only_the_events_named():
    trigger = trigger_of("inactivity", no=["Order Completed", "Signed In"], for_="P30D")
    assert counts(trigger, happened("Signed In"))
    assert not counts(trigger, happened("Page Viewed"))


def test_a_silence_of_nothing_in_particular_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        trigger_of("inactivity", no=[], for_="P30D")
