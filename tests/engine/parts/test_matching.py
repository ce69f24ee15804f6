import json

import pytest

from engine.parts.matching import EventMatch, KeyedEventMatch, matches_event, read_key

PLACE = "properties.cart_id"


def exit_of(**fields):
    return KeyedEventMatch.model_validate_json(json.dumps({"event": "Order Completed"} | fields))


def matches(match, *, name="Order Completed", is_activity=True, place=PLACE, **properties):
    return matches_event(
        match,
        name=name,
        properties=properties,
        is_activity=is_activity,
        entry_key="c1" if place else "",
        entry_place=place,
    )


def test_r136_an_event_about_another_cart_is_not_about_this_one():
    assert matches(exit_of(), cart_id="c1")
    assert not matches(exit_of(), cart_id="c2")
    assert not matches(exit_of(), name="Order Refunded", cart_id="c1")


def test_an_event_that_names_no_cart_is_about_all_of_them():
    assert matches(exit_of())
    assert matches(exit_of(), cart_id=None)


def test_a_match_key_that_is_written_must_be_there():
    match = exit_of(match_key="properties.cart")
    assert matches(match, cart="c1", cart_id="c2")
    assert not matches(match, cart="c2")
    assert not matches(match, cart_id="c1")


def test_without_an_entry_key_only_name_and_properties_count():
    match = exit_of(where={"property": "total", "op": "gte", "value": 10})
    assert matches(match, place=None, total=10, cart_id="c9")
    assert not matches(match, place=None, total=9)


def test_any_is_whatever_the_contact_does():
    match = exit_of(event="any")
    assert matches(match, name="Page Viewed")
    assert not matches(match, name="Email Opened", is_activity=False)


@pytest.mark.parametrize(
    ("value", "key"),
    [("c1", "c1"), (17, "17"), (17.0, "17"), (1.5, "1.5"), (0, "0"), ("", None), (True, None)],
)
def test_a_key_is_text_or_a_number(value, key):
    assert read_key("properties.id", "E", {"id": value}) == key


def test_a_filter_is_prepared_once_and_is_no_part_of_the_document():
    match = EventMatch.model_validate_json(
        '{"event": "E", "where": {"property": "n", "op": "is", "value": 1}}'
    )
    assert match.admits({"n": 1})
    assert match.admits is match.admits
    assert match == EventMatch.model_validate(match.model_dump())
    assert set(match.model_dump()) == {"event", "where"}
