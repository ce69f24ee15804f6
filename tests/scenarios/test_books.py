"""What once did not balance, was lost, or left when it should not: found by books or simulation."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from engine.events.accepting import OwnEvent, append_own
from engine.invariants.checking import find_broken
from engine.journeys.deciding.plan import WHOLE
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.publishing.aside import replay_enrollments
from engine.journeys.publishing.pausing import pause, resume
from engine.journeys.responding.joining import join_journeys
from engine.journeys.responding.reaction import Moment, react_to_events
from engine.journeys.running.live import load_plans
from engine.journeys.running.runner import advance_due
from engine.journeys.running.tallies import load_tallies
from engine.messages.handover.delivery import start
from engine.messages.states import SETTLED_EVENT
from engine.models.contact import Contact
from engine.models.journey import Enrollment, Notice
from engine.models.message import Message
from tests.claiming import claim
from tests.shop import SEND

GO = {"kind": "event", "event": "Go"}
AGAIN = {"reentry": {"mode": "after_exit"}}
NEEDS_NICK = {"kind": "update_contact", "set": {"said": {"$": "contact.nick"}}}


def ask_books(shop):
    with shop.database.reading() as session:
        return find_broken(session)


def count(shop, key=None):
    with shop.database.reading() as session:
        place = WHOLE if key is None else load_plans(session, [1])[1].places[key]
        return dict(load_tallies(session, [1]).get(1, {}).get(place, {}))


def replay(shop):
    aside = [id_ for (id_,) in shop.ask(Enrollment.id, status=4)]
    with shop.database.transaction() as session:
        return replay_enrollments(session, aside, now=shop.now)


def join(shop, loser, winner):
    """Join two contacts' journeys, by their ids."""
    with shop.database.transaction() as session:
        join_journeys(session, [(loser, winner)], now=shop.now)
        session.execute(update(Contact).where(Contact.id == loser).values(merged_into=winner))


def test_r127_who_leaves_before_the_first_pass_has_been_at_the_first_node(shop):
    shop.publish(trigger=GO, exits=[{"event": "Buy"}], start="a", nodes={"a": SEND})
    shop.say(event="Go", userId="ann")
    shop.say(event="Buy", userId="ann")
    shop.work()
    assert count(shop, "a") == {"entered": 1, "exited:exit event": 1}
    assert ask_books(shop) == []


def test_r013_an_event_that_takes_one_out_may_be_followed_by_one_that_lets_in_again(shop):
    wait = {"kind": "wait", "for": "P1D"}
    shop.publish(trigger=GO, entry=AGAIN, exits=[{"event": "Buy"}], start="a", nodes={"a": wait})
    shop.say(event="Go", userId="ann")
    shop.work()
    shop.say(event="Buy", userId="ann")
    shop.say(event="Go", userId="ann")
    shop.work()
    assert sorted(shop.ask(Enrollment.status)) == [(1,), (3,)]
    assert ask_books(shop) == []


def test_r127_one_that_is_replayed_is_counted_once_and_comes_for_the_first_time(shop):
    shop.publish(
        trigger=GO,
        start="a",
        nodes={
            "a": {**NEEDS_NICK, "next": "b"},
            "b": {"kind": "wait", "for": "PT1H", "next": "c"},
            "c": {"kind": "go_to", "next": "a", "at_most": 1},
        },
    )
    shop.say(event="Go", userId="ann")
    shop.work()
    assert count(shop) == {"entered": 1, "set_aside": 1}
    assert ask_books(shop) == []
    shop.say("identify", userId="ann", traits={"nick": "Annie"})
    shop.work()
    assert replay(shop) == 1
    shop.work()
    assert count(shop) == {"entered": 1, "set_aside": 0}
    assert count(shop, "a")["entered"] == 1
    ((data,),) = shop.ask(Enrollment.data)
    assert data["visits"]["a"] == 1
    assert ask_books(shop) == []


def test_r099_who_was_set_aside_goes_on_in_the_version_that_mends_it(shop):
    shop.publish(trigger=GO, start="a", nodes={"a": {**NEEDS_NICK, "next": "b"}, "b": SEND})
    shop.say(event="Go", userId="ann")
    shop.work()
    mended = {"kind": "update_contact", "set": {"said": "hello"}, "next": "b"}
    shop.publish(trigger=GO, start="a", nodes={"a": mended, "b": SEND})
    assert replay(shop) == 1
    shop.work()
    assert shop.ask(Enrollment.version_id, Enrollment.status) == [(2, 2)]
    assert shop.ask(Message.node) == [("b",)]
    assert ask_books(shop) == []


def test_r099_who_was_set_aside_at_a_node_that_is_no_more_tries_again_in_the_old_version(shop):
    shop.publish(trigger=GO, start="a", nodes={"a": NEEDS_NICK})
    shop.say(event="Go", userId="ann")
    shop.work()
    shop.publish(trigger=GO, start="z", nodes={"z": SEND})
    assert replay(shop) == 1
    assert shop.ask(Enrollment.version_id, Enrollment.status) == [(1, 0)]
    assert ask_books(shop) == []


def test_of_two_set_aside_of_one_subject_the_last_is_replayed(shop):
    shop.publish(trigger=GO, entry=AGAIN, start="a", nodes={"a": NEEDS_NICK})
    for _ in range(2):
        shop.say(event="Go", userId="ann")
        shop.work()
    assert shop.ask(Enrollment.status) == [(4,), (4,)]
    assert replay(shop) == 1
    assert sorted(shop.ask(Enrollment.id, Enrollment.status)) == [(1, 4), (2, 0)]
    assert ask_books(shop) == []


def test_two_set_aside_that_became_one_contacts_are_replayed_one_at_a_time(shop):
    shop.publish(trigger=GO, start="a", nodes={"a": NEEDS_NICK})
    for name in ("ann", "bob"):
        shop.say(event="Go", userId=name)
    shop.work()
    winner, loser = sorted(id_ for (id_,) in shop.ask(Contact.id))
    join(shop, loser, winner)
    assert replay(shop) == 1
    assert ask_books(shop) == []


def test_r080_who_leaves_in_the_pass_that_intended_a_message_leaves_none_waiting(shop):
    shop.publish(
        trigger=GO,
        exits=[{"when": {"attribute": "plan", "op": "is", "value": "gone"}, "reason": "gone"}],
        start="a",
        nodes={
            "a": {**SEND, "next": "b"},
            "b": {"kind": "update_contact", "set": {"plan": "gone"}, "next": "c"},
            "c": SEND,
        },
    )
    shop.say(event="Go", userId="ann")
    shop.work()
    assert shop.ask(Message.node, Message.state) == [("a", 5)]
    assert ask_books(shop) == []


def test_a_colleague_is_told_what_a_notify_node_says(shop):
    tell = {"kind": "notify", "to": "owner", "text": "look at {{ who }}", "data": {"who": "Ann"}}
    shop.publish(trigger=GO, start="a", nodes={"a": tell})
    shop.say(event="Go", userId="ann")
    shop.work()
    assert shop.ask(Notice.to, Notice.words) == [("owner", "look at Ann")]


def test_r102_what_was_claimed_before_a_pause_does_not_leave_in_it(shop):
    shop.publish(trigger=GO, start="a", nodes={"a": SEND})
    shop.say("identify", userId="ann", traits={"email": "ann@shop.example"})
    shop.say(event="Go", userId="ann")
    shop.work()
    options = {"now": shop.now, "default_zone": "UTC"}
    with shop.database.transaction() as session:
        parcels = claim(session, "email", limit=10, owner="one", **options)
    assert len(parcels) == 1
    with shop.database.transaction() as session:
        pause(session, "j", now=shop.now)
    with shop.database.transaction() as session:
        assert start(session, parcels, **options) == []
    assert shop.deliver() == []
    with shop.database.transaction() as session:
        resume(session, "j", waits=ResumePolicy.KEEP, now=shop.now, default_zone="UTC")
    assert shop.deliver() == ["a"]


def test_what_became_of_an_earlier_rounds_message_ends_no_later_wait(shop):
    shop.publish(
        trigger=GO,
        start="a",
        nodes={
            "a": {**SEND, "on_error": {"next": "b"}, "next": "b"},
            "b": {"kind": "wait", "for": "PT1H", "next": "c"},
            "c": {"kind": "go_to", "next": "a", "at_most": 1},
        },
    )
    shop.say("identify", userId="ann", traits={"email": "ann@shop.example"})
    shop.say(event="Go", userId="ann")
    shop.work()
    with shop.database.transaction() as session:  # held up: so long a node waits for its message
        session.execute(text("UPDATE message SET state = 6"))
    shop.pass_time(days=7)
    shop.pass_time(hours=1)
    assert shop.ask(Message.visit, Message.state) == [(1, 6), (2, 0)]
    ((enrollment, contact),) = shop.ask(Enrollment.id, Enrollment.contact_id)
    settle(shop, enrollment, contact, visit=1)
    assert find_node(shop) == "a"
    settle(shop, enrollment, contact, visit=2)
    assert find_node(shop) == "b"


def find_node(shop):
    ((node,),) = shop.ask(Enrollment.node)
    with shop.database.reading() as session:
        return load_plans(session, [1])[1].keys[node]


def settle(shop, enrollment, contact, *, visit):
    about = {"enrollment_id": enrollment, "node": "a", "visit": visit, "fate": "sent"}
    event = OwnEvent(contact, SETTLED_EVENT, shop.now, f"settled:{visit}", about)
    with shop.database.transaction() as session:
        append_own(session, [event], now=shop.now)
    shop.work()


def test_r056_the_due_are_found_by_an_index_in_which_the_finished_are_not(shop):
    name = "ix_enrollment_due"
    with shop.database.reading() as session:
        if shop.database.is_postgresql:
            question = text("SELECT indexdef FROM pg_indexes WHERE indexname = :name")
        else:
            question = text("SELECT sql FROM sqlite_master WHERE name = :name")
        (definition,) = session.execute(question, {"name": name}).one()
    assert "wake_at" in definition
    assert "status" in definition.partition("WHERE")[2]


def test_r052_the_message_and_the_move_of_the_enrollment_are_one_commit(shop, monkeypatch):
    shop.publish(trigger=GO, start="a", nodes={"a": SEND})
    shop.say(event="Go", userId="ann")
    with monkeypatch.context() as patched:
        patched.setattr("engine.journeys.running.runner.cancel", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            shop.work()
    assert shop.ask(Enrollment.status, Enrollment.seq) == [(0, 0)]
    assert shop.messages == []
    shop.work()
    assert shop.ask(Enrollment.status, Enrollment.seq) == [(2, 1)]
    assert shop.messages == ["a"]


def test_r051_a_pass_done_again_intends_no_second_message(shop):
    shop.publish(trigger=GO, start="a", nodes={"a": {**SEND, "on_error": {}}})
    shop.say(event="Go", userId="ann")
    shop.work()
    with shop.database.transaction() as session:
        session.execute(update(Enrollment).values(status=0, wake_at=shop.now, signal=None, seq=5))
    shop.work()
    assert shop.messages == ["a"]


def test_r050_a_claim_of_an_enrollment_is_undone_with_its_transaction(shop):
    shop.publish(trigger=GO, start="a", nodes={"a": {"kind": "wait", "for": "P1D"}})
    shop.say(event="Go", userId="ann")
    options = {"now": shop.now, "limit": 10, "default_zone": "UTC"}
    with shop.database.transaction() as session:
        react_to_events(session, Moment(shop.now, "UTC", timedelta(hours=72)), limit=10)
    with pytest.raises(KeyboardInterrupt), shop.database.transaction() as session:
        assert advance_due(session, **options) == 1
        raise KeyboardInterrupt
    assert shop.ask(Enrollment.status, Enrollment.seq) == [(0, 0)]
    with shop.database.transaction() as session:
        assert advance_due(session, **options) == 1
    assert shop.ask(Enrollment.status, Enrollment.seq) == [(1, 1)]
    with shop.database.reading() as session:
        assert session.scalar(select(Enrollment.wake_at)) > shop.now
