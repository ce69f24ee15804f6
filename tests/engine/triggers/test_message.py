"""A letter or text that comes in."""

import pytest
from pydantic import ValidationError

from engine.triggers.message import matches
from tests.engine.triggers.making import happened, trigger_of


def received(**properties):
    return happened("Message Received", **properties)


def test_a_message_lets_in_by_its_channel():
    assert matches(trigger_of("message", channel="sms"), received(), "sms")
    assert not matches(trigger_of("message", channel="sms"), received(), "email")
    assert matches(trigger_of("message"), received(), "email")


def test_and_by_what_it_says():
    trigger = trigger_of("message", where={"property": "text", "op": "contains", "value": "?"})
    assert matches(trigger, received(text="Open?"), "sms")
    assert not matches(trigger, received(text="Stop"), "sms")


def test_what_came_by_no_channel_is_no_message():
    assert not matches(trigger_of("message"), received(channel="sms"), None)
    assert not matches(trigger_of("message"), happened("SMS Replied"), "sms")


def test_a_channel_nobody_writes_by_is_refused():
    with pytest.raises(ValidationError):
        trigger_of("message", channel="webhook")
