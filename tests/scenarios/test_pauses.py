"""A journey that is paused, resumed, stopped, deleted."""

from datetime import timedelta

import pytest

from engine.errors import Conflict, Invalid, InvalidTransition
from engine.journeys.by_key import get_journey, list_journeys
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.entering import schedules
from engine.journeys.publishing.pausing import Pausable, pause, resume
from engine.journeys.publishing.publish import publish
from engine.journeys.publishing.stopping import clear_deleted, delete_journey, stop
from engine.journeys.reporting.reports import report
from engine.messages.handover import delivery
from engine.messages.states import MessageState
from engine.models.contact import Consent, Contact
from engine.models.journey import (
    Enrollment,
    Journey,
    JourneyEntry,
    Occurrence,
    Pass,
    Tally,
    Watch,
)
from engine.models.message import Message
from tests.claiming import claim
from tests.shop import NOON, SEND

SIGN_UP = {"trigger": {"kind": "event", "event": "Signed Up"}}
NODES = {
    "a": {**SEND, "next": "w"},
    "w": {"kind": "wait", "for": "PT24H", "next": "b"},
    "b": SEND,
}
CART = {
    "kind": "absence",
    "after": {"event": "Product Added"},
    "without": {"event": "Order Completed"},
    "within": "PT1H",
}


def do(shop, act, *arguments, **named):
    with shop.database.transaction() as session:
        return act(session, "j", *arguments, now=shop.now, **named)


def go_on(shop, waits, **named):
    policy = None if waits is None else ResumePolicy(waits)
    return do(shop, resume, waits=policy, default_zone="UTC", **named)


def start(shop, *people, nodes=NODES, **document):
    shop.publish(**{**SIGN_UP, **document}, start=next(iter(nodes)), nodes=nodes)
    for person in people:
        shop.say(event="Signed Up", userId=person)
    shop.work()


def at(shop):
    return {"now": shop.now, "limit": 10, "owner": "w", "default_zone": "UTC"}


def take(shop, channel="email"):
    """What a worker may hand over now."""
    with shop.database.transaction() as session:
        return [parcel.node for parcel in claim(session, channel, **at(shop))]


def identify(shop, person):
    shop.say(kind="identify", userId=person, traits={"email": f"{person}@example.com"})


def test_r102_while_paused_nobody_enters_moves_or_is_written_to_and_events_are_recorded(shop):
    identify(shop, "ann")
    start(shop, "ann", exits=[{"event": "Left", "reason": "left"}])
    do(shop, pause, by="tests")
    assert shop.ask(Journey.state, Journey.paused_at) == [("paused", NOON)]
    shop.pass_time(hours=30)
    shop.say(event="Signed Up", userId="bea")
    shop.work()
    assert shop.ask(Enrollment.contact_id, Enrollment.status) == [(1, 1)]
    assert take(shop) == []
    assert len(shop.ask(Contact.id)) == 2
    shop.say(event="Left", userId="ann")
    shop.work()
    assert shop.ask(Enrollment.status, Enrollment.reason) == [(3, "left")]


def test_r102_what_wakes_a_wait_in_the_pause_is_kept_for_afterwards(shop):
    nodes = {
        "w": {
            "kind": "wait_for",
            "paths": [{"label": "x", "event": "X", "next": "b"}],
            "timeout": {"after": "PT24H"},
        },
        "b": SEND,
    }
    start(shop, "ann", nodes=nodes)
    do(shop, pause)
    shop.say(event="X", userId="ann")
    shop.pass_time(hours=48)
    assert shop.messages == []
    go_on(shop, "drop")
    shop.work()
    assert shop.messages == ["b"]


def test_r102_paused_entries_let_those_inside_go_on(shop):
    start(shop, "ann")
    do(shop, pause, what=Pausable.ENTRIES)
    shop.say(event="Signed Up", userId="bea")
    shop.pass_time(hours=24)
    assert shop.messages == ["a", "b"]
    go_on(shop, None, what=Pausable.ENTRIES)
    shop.say(event="Signed Up", userId="cleo")
    shop.work()
    assert sorted(shop.messages) == ["a", "a", "b"]


def test_r102_paused_sends_keep_letters_back_while_people_go_on(shop):
    identify(shop, "ann")
    start(shop, "ann")
    with shop.database.transaction() as session:
        session.get(Contact, 1).email_confirmed = True
    do(shop, pause, what=Pausable.SENDS)
    shop.pass_time(hours=24)
    assert (take(shop), shop.messages) == ([], ["a", "b"])
    go_on(shop, None, what=Pausable.SENDS)
    assert sorted(take(shop)) == ["a", "b"]


def test_r102_a_pause_holds_what_is_claimed_already(shop):
    identify(shop, "ann")
    start(shop, "ann")
    with shop.database.transaction() as session:
        session.get(Contact, 1).email_confirmed = True
    with shop.database.transaction() as session:
        claimed = claim(session, "email", **at(shop))
    do(shop, pause)
    with shop.database.transaction() as session:
        assert delivery.start(session, claimed, now=shop.now, default_zone="UTC") == []
    assert shop.ask(Message.state) == [(MessageState.QUEUED,)]


def test_r103_resuming_asks_what_becomes_of_waits(shop):
    start(shop, "ann")
    with pytest.raises(Conflict):
        go_on(shop, "keep")
    do(shop, pause)
    with pytest.raises(Invalid, match="shift, keep, drop, restart_wait"):
        go_on(shop, None)


@pytest.mark.parametrize(
    ("waits", "wakes", "released"),
    [("shift", 58, 0), ("keep", 48, 1), ("restart_wait", 72, 0)],
)
def test_r103_a_wait_is_shifted_kept_or_begun_again(shop, waits, wakes, released):
    start(shop, "ann")
    shop.pass_time(hours=14)
    do(shop, pause)
    shop.pass_time(hours=34)
    assert go_on(shop, waits).released == released
    assert shop.ask(Enrollment.wake_at) == [(NOON + timedelta(hours=wakes),)]
    shop.work()
    assert shop.messages == ["a", "b"][: 1 + released]


def test_r103_drop_lets_go_who_fell_due_in_the_pause_and_nobody_else(shop):
    start(shop, "ann")
    shop.pass_time(hours=20)
    shop.say(event="Signed Up", userId="bea")
    shop.work()
    do(shop, pause)
    shop.pass_time(hours=10)
    assert go_on(shop, "drop").dropped == 1
    assert dict(shop.ask(Enrollment.contact_id, Enrollment.reason)) == {
        1: "missed_while_paused",
        2: None,
    }
    shop.pass_time(hours=14)
    assert sorted(shop.messages) == ["a", "a", "b"]


def test_r103_the_overdue_are_released_in_a_wave(shop):
    start(shop, *"abcde")
    do(shop, pause)
    shop.pass_time(hours=30)
    assert go_on(shop, "keep", per_minute=1).released == 5
    shop.work()
    assert shop.messages.count("b") == 1
    shop.pass_time(minutes=4)
    assert shop.messages.count("b") == 5


@pytest.mark.parametrize(("waits", "entered"), [("keep", 1), ("shift", 1), ("drop", 0)])
def test_r103_a_silence_that_was_long_enough_in_the_pause(shop, waits, entered):
    start(shop, trigger=CART)
    for person in ("ann", "bea"):
        shop.say(event="Product Added", userId=person)
    shop.work()
    do(shop, pause)
    shop.say(event="Order Completed", userId="bea")
    shop.say(event="Product Added", userId="cleo")
    shop.pass_time(hours=2)
    assert shop.messages == []
    go_on(shop, waits)
    shop.pass_time(minutes=1)
    assert shop.messages == ["a"] * entered
    assert not shop.ask(Watch.contact_id, contact_id=3)


def test_r103_schedules_missed_in_a_pause_are_not_made_up_for(shop):
    trigger = {
        "kind": "schedule",
        "cron": "0 * * * *",
        "timezone": "UTC",
        "audience": {"attribute": "plan", "op": "missing"},
    }
    identify(shop, "ann")
    start(shop, trigger=trigger, entry={"reentry": {"mode": "after_exit"}})

    def tick():
        with shop.database.transaction() as session:
            schedules.note_due(session, now=shop.now, default_zone="UTC")

    do(shop, pause)
    for _ in range(3):
        shop.pass_time(hours=1)
        tick()
    go_on(shop, "keep")
    shop.pass_time(minutes=59)
    tick()
    assert shop.ask(Occurrence.key) == []
    shop.pass_time(minutes=1)
    tick()
    assert len(shop.ask(Occurrence.key)) == 1


def test_r103_publishing_a_paused_journey_leaves_it_paused(shop):
    start(shop, "ann")
    do(shop, pause)
    shop.publish(**SIGN_UP, start="a", nodes={**NODES, "b": {**SEND, "template": "later"}})
    assert shop.ask(Journey.state) == [("paused",)]


def test_r105_drain_lets_those_inside_go_on_to_their_end(shop):
    start(shop, "ann")
    assert do(shop, stop, ends_all=False) == 0
    shop.say(event="Signed Up", userId="bea")
    shop.pass_time(hours=24)
    assert shop.messages == ["a", "b"]
    assert shop.ask(Enrollment.status) == [(2,)]


def test_r105_now_ends_them_and_cancels_every_letter_not_handed_over(shop):
    start(shop, "ann")
    shop.pass_time(hours=24)  # ann has come to the end, and her letters are still here
    shop.say(event="Signed Up", userId="bea")
    shop.work()
    assert do(shop, stop, ends_all=True) == 1
    ended = shop.ask(Enrollment.status, Enrollment.reason)
    assert sorted(ended) == [(2, None), (3, "journey_stopped")]
    assert set(shop.ask(Message.state)) == {(MessageState.CANCELLED,)}


def test_r106_only_a_journey_that_is_over_can_be_deleted(shop):
    start(shop, "ann")
    with pytest.raises(Conflict, match="stop it first"):
        do(shop, delete_journey)
    do(shop, stop, ends_all=False)
    with pytest.raises(Conflict, match="1 are still inside"):
        do(shop, delete_journey)


def test_r106_a_deleted_journey_leaves_messages_consent_and_statistics(shop):
    start(shop, "ann", goals=[{"name": "bought", "event": "Order Completed"}])
    shop.say(
        kind="identify",
        userId="ann",
        traits={"email": "ann@example.com"},
        context={"consent": {"topics": {"news": {"email": True}}}},
    )
    shop.say(event="Order Completed", userId="ann")
    shop.pass_time(hours=24)
    do(shop, stop, ends_all=True)
    kept_as = do(shop, delete_journey)
    kept = [(Message.uid, Message.journey_id), (Consent.contact_id, Consent.topic)]
    before = [shop.ask(*columns) for columns in kept]
    figures = report_of(shop, kept_as)
    assert figures["goals"] == {"bought": {"reached": 1, "value": None}}

    def clear():
        with shop.database.transaction() as session:
            return clear_deleted(session, limit=1)

    chunks = 0
    while clear():
        chunks += 1
    assert chunks > 2
    assert [shop.ask(*columns) for columns in kept] == before
    assert report_of(shop, kept_as) == figures
    for column in (Enrollment.id, Pass.seq, JourneyEntry.entries):
        assert shop.ask(column) == []
    assert shop.ask(Tally.n, label="entered")
    with shop.database.reading() as session:
        assert list_journeys(session) == []
    start(shop, "bea")  # the key is free
    with shop.database.transaction() as session, pytest.raises(InvalidTransition):
        publish(session, kept_as, by="test", now=shop.now)


def report_of(shop, key):
    with shop.database.reading() as session:
        figures = report(session, get_journey(session, key))
        return {name: figures[name] for name in ("entered", "completed", "goals", "messages")}


def test_r106_who_enters_after_a_deletion_gets_a_letter_like_anybody_else(shop):
    start(shop, "ann")
    shop.pass_time(hours=24)
    do(shop, stop, ends_all=True)
    do(shop, delete_journey)
    with shop.database.transaction() as session:
        clear_deleted(session, limit=1_000)
    start(shop, "bea")
    shop.pass_time(hours=24)
    assert len(shop.ask(Message.id)) == 4, "an enrollment has an id that no other had"
