"""What becomes of a record, and the clocks that run for it."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from engine.triggers.record import RecordTimes, find_since, matches, runs, sets_clock
from tests.engine.triggers.making import happened, trigger_of
from tests.engine.when.oracle import utc

NOON = utc("2026-03-25T12:00Z")


def ticket(**change):
    return trigger_of("record", type="ticket", change=change)


def clock(**fields):
    return ticket(kind="clock", after="P3D", **fields).change


def made(state="open", type_="ticket", **fields):
    stated = {} if state is None else {"state": [None, state]}
    changes = stated | {name: [None, value] for name, value in fields.items()}
    return happened("Record Created", type=type_, state=state, changes=changes)


def changed(now="open", type_="ticket", /, **changes):
    return happened("Record Changed", type=type_, state=now, changes=changes)


def test_r136_a_new_record_lets_in_by_its_type():
    assert matches(ticket(kind="created"), made())
    assert not matches(ticket(kind="created"), made(type_="deal"))
    assert not matches(ticket(kind="created"), changed(state=["open", "closed"]))


@pytest.mark.parametrize(
    ("asked", "event", "lets_in"),
    [
        ({"to": ["resolved"]}, changed("resolved", state=["open", "resolved"]), True),
        ({"to": ["resolved"]}, changed("open", state=["new", "open"]), False),
        ({"to": ["resolved"]}, changed("resolved", priority=[1, 2]), False),
        ({"to": ["open"]}, made("open"), True),
        ({}, made(None), False),
        ({}, made("open"), True),
        ({"from": ["new"]}, made("open"), False),
        ({"from": ["new"]}, changed("open", state=["new", "open"]), True),
        ({"from": ["new"], "to": ["open"]}, changed("x", state=["new", "x"]), False),
        ({"to": ["closed"]}, changed(None, state=["open", None]), False),
        ({}, changed(None, state=["open", None]), True),
    ],
)
def test_another_state_lets_in(asked, event, lets_in):
    assert matches(ticket(kind="state", **asked), event) is lets_in


def test_a_changed_field_lets_in_and_a_new_record_has_none():
    trigger = ticket(kind="changed", field="priority")
    assert matches(trigger, changed(priority=["low", "high"]))
    assert not matches(trigger, changed(owner=["ann", "bob"]))
    assert not matches(trigger, made(priority="high"))
    assert matches(ticket(kind="changed"), changed(owner=["ann", "bob"]))


def test_no_event_lets_in_where_a_clock_is_asked_for():
    trigger = ticket(kind="clock", after="P3D")
    assert not matches(trigger, made())
    assert not matches(trigger, changed(state=["open", "closed"]))


def test_which_events_set_a_clock():
    moved, other = changed("closed", state=["open", "closed"]), changed(priority=[1, 2])
    for asked, sets in (
        (clock(), (True, False, False)),
        (clock(state=["open"]), (True, True, False)),
        (clock(without_change=True), (True, True, True)),
    ):
        assert tuple(sets_clock(asked, event) for event in (made(), moved, other)) == sets


def test_from_when_a_records_time_is_counted():
    day = timedelta(days=1)
    times = RecordTimes("open", created_at=NOON, state_since=NOON + day, updated_at=NOON + 2 * day)
    assert find_since(clock(), times) == NOON
    assert find_since(clock(state=["open"]), times) == NOON + day
    assert find_since(clock(state=["open"], without_change=True), times) == NOON + 2 * day
    assert find_since(clock(state=["closed"]), times) is None
    assert runs(clock(state=["open", "new"]), "new")
    assert not runs(clock(state=["open"]), None)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gone"},
        {"kind": "state", "to": []},
        {"kind": "clock"},
        {"kind": "clock", "after": "P1M"},
        {"kind": "changed", "field": ""},
    ],
)
def test_what_cannot_be_meant_is_refused(change):
    with pytest.raises(ValidationError):
        ticket(**change)
