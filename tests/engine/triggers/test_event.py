import pytest

from engine.parts.entering import read_entry_key
from engine.triggers.event import matches
from tests.engine.triggers.making import happened, trigger_of

LARGE = {"property": "total", "op": "gt", "value": 20}


def test_an_event_lets_in_by_its_name():
    trigger = trigger_of("event", event="Signed Up")
    assert matches(trigger, happened("Signed Up"))
    assert not matches(trigger, happened("signed up"))


def test_and_by_its_properties():
    trigger = trigger_of("event", event="Order Completed", where=LARGE)
    assert matches(trigger, happened("Order Completed", total=21))
    assert not matches(trigger, happened("Order Completed", total=20))
    assert not matches(trigger, happened("Order Completed", total="21"))
    assert not matches(trigger, happened("Order Completed"))


def test_any_is_what_the_contact_does_itself():
    trigger = trigger_of("event", event="any")
    assert matches(trigger, happened("Page Viewed"))
    assert not matches(trigger, happened("Email Delivered", is_activity=False))


def test_r015_each_order_has_a_key_of_its_own():
    trigger = trigger_of("event", event="Order Completed", entry_key="properties.order.id")
    place = trigger.entry_place
    assert read_entry_key(place, happened("Order Completed", order={"id": "A1"})) == "A1"
    assert read_entry_key(place, happened("Order Completed", order={"id": 17})) == "17"
    assert read_entry_key(place, happened("Order Completed", order={"id": 17.0})) == "17"


@pytest.mark.parametrize("value", [None, "", True, [1], {"id": 1}, "x" * 201])
def test_what_is_no_key_lets_nobody_in(value):
    trigger = trigger_of("event", event="E", entry_key="properties.key")
    assert read_entry_key(trigger.entry_place, happened("E", key=value)) is None
    assert read_entry_key(trigger.entry_place, happened("E")) is None


def test_without_an_entry_key_there_is_one_enrollment_only():
    assert read_entry_key(trigger_of("event", event="E").entry_place, happened("E", key="x")) == ""
