"""Whom one journey lets in because another asks."""

from engine.events.arrivals import JOURNEY_START, Arrived
from engine.parts.entering import read_entry_key
from engine.triggers.journey import JourneyTrigger, find_call
from tests.shop import NOON

ASKED = {"journey": "b", "asked_by": "a", "data": {"cart": 7}}


def trigger_of(**fields):
    return JourneyTrigger.model_validate({"kind": "journey", **fields})


def event_of(**fields):
    given = {"name": JOURNEY_START, "actor": "system", "properties": ASKED} | fields
    return Arrived(id=1, contact_id=1, occurred_at=NOON, received_at=NOON, **given)


def test_the_data_handed_over_is_what_the_trigger_sees():
    trigger = trigger_of(entry_key="properties.cart")
    call = find_call(trigger, "b", event_of())
    assert call.properties == {"cart": 7}
    assert read_entry_key(trigger.entry_place, call) == "7"


def test_only_the_journey_that_is_asked_hears_it():
    assert find_call(trigger_of(), "c", event_of()) is None


def test_only_those_it_lists_may_ask():
    assert find_call(trigger_of(**{"from": ("a", "x")}), "b", event_of()) is not None
    assert find_call(trigger_of(**{"from": ("x",)}), "b", event_of()) is None


def test_nobody_but_the_product_can_ask():
    assert find_call(trigger_of(), "b", event_of(actor="contact")) is None
    assert find_call(trigger_of(), "b", event_of(name="Signed Up")) is None
