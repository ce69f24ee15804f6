"""Forgetting a person: nothing of it is left, and what was counted stays counted (rules 72 to 74)."""

import json
import zlib

import pytest
from sqlalchemy import select, text

from engine.contacts.suppression import is_suppressed
from engine.events.accepting import accept
from engine.events.incoming import Trust, read_call
from engine.journeys.by_key import get_journey
from engine.journeys.reporting.reports import report
from engine.journeys.responding.forgetting import ask_for_erasure
from engine.messages.consent.unsubscribe import find_subscription
from engine.messages.states import MessageState
from engine.models.base import Base
from engine.models.call import CallAttempt
from engine.models.contact import Contact
from engine.models.event import Event, EventBatch
from engine.models.journey import Enrollment, JourneyEntry, Notice
from engine.models.message import Message, MessageContent
from tests.shop import SEND

CANARY = "canary"
ANN = {"userId": "canary-ann", "anonymousId": "canary-browser"}
ADDRESS = "canary@example.com"
JOURNEY = {
    "trigger": {
        "kind": "event",
        "event": "Product Added",
        "entry_key": "properties.cart",
    },
    "goals": [{"name": "bought", "event": "Order Completed"}],
    "start": "hello",
    "nodes": {
        "hello": {**SEND, "data": {"cart": {"$": "trigger.properties.cart"}}, "next": "tell"},
        "tell": {
            "kind": "notify",
            "to": "owner",
            "text": "{{ cart }}",
            "data": {"cart": {"$": "trigger.properties.cart"}},
            "next": "wait",
        },
        "wait": {"kind": "wait", "for": "P3D", "next": "later"},
        "later": SEND,
    },
}


@pytest.fixture
def known(shop):
    """Ann, on her way through a journey, with a letter and all that is kept of her."""
    shop.publish(**JOURNEY)
    shop.say("identify", **ANN, traits={"email": ADDRESS, "name": "canary"})
    shop.say(**ANN, event="Product Added", properties={"cart": "canary-cart"})
    shop.work()
    with shop.database.transaction() as session:
        message = session.scalars(select(Message)).one()
        message.state, message.details, message.provider_id = MessageState.SENT, CANARY, CANARY
        message.topic = "news"
        session.add(MessageContent(message_id=message.id, recipient=ADDRESS, text=b"canary"))
        session.add(
            CallAttempt(
                message_id=message.id,
                target=CANARY,
                at=message.created_at,
                attempt=1,
                verdict="permanent",
                is_good=False,
                headers=[["X-Of", CANARY]],
                answer=CANARY,
            )
        )
    return shop


def erase(shop, *, suppresses=True):
    [(contact_id,)] = shop.ask(Contact.id)
    with shop.database.transaction() as session:
        ask_for_erasure(session, contact_id, suppresses=suppresses, by="user:1", now=shop.now)
    shop.work()


def _unpack(name, value):
    if not isinstance(value, bytes):
        return value
    return (zlib.decompress(value) if name == "body" else value).decode(errors="replace")


def list_places_of(shop, words):
    """Every table and column in which these words stand, batches of events unpacked."""
    found = []
    with shop.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    if words in json.dumps(_unpack(name, value), default=str):
                        found.append(f"{table.name}.{name}")
    return found


def test_r073_no_word_of_a_person_is_left_in_any_table(known):
    assert len(list_places_of(known, CANARY)) > 8  # so that the search is known to find
    erase(known)
    assert list_places_of(known, CANARY) == []


def test_r073_figures_stay_as_they_were(known):
    def count():
        with known.database.reading() as session:
            figures = report(session, get_journey(session, "j"))
            entries = session.scalars(select(JourneyEntry.entries)).all()
            return figures["entered"], figures["messages"], figures["nodes"]["hello"], entries

    before = count()
    erase(known)
    assert count() == before
    with known.database.reading() as session:
        assert session.scalars(select(Event.name)).all().count("Product Added") == 1


def test_r072_journeys_end_and_letters_that_wait_are_dropped(known):
    known.pass_time(days=3)
    assert known.messages == ["hello", "later"]
    erase(known)
    assert known.ask(Enrollment.reason) == [(None,)]  # it had completed
    assert known.ask(Message.state, node="later") == [(MessageState.CANCELLED,)]


def test_r072_who_waits_in_a_journey_leaves_it_first(known):
    erase(known)
    assert known.ask(Enrollment.reason, Enrollment.wake_at) == [("contact_deleted", None)]
    known.pass_time(days=4)
    assert known.messages == ["hello"]
    assert known.ask(Notice.id) == []


def test_r072_a_letter_that_is_just_leaving_keeps_no_words_afterwards(known):
    with known.database.transaction() as session:
        message = session.scalars(select(Message)).one()
        message.state, message.started_at = MessageState.SENDING, known.now
        message.lease_owner = "worker"
    erase(known)
    assert known.ask(Message.state, Message.lease_owner) == [(MessageState.UNCERTAIN, None)]


def test_r072_an_old_link_brings_nobody_back(known):
    [(uid,)] = known.ask(Message.uid)
    with known.database.reading() as session:
        assert find_subscription(session, uid) is not None
    erase(known)
    with known.database.reading() as session:
        assert find_subscription(session, uid) is None
    assert len(known.ask(Contact.id)) == 1


def test_r073_what_was_accepted_before_is_forgotten_and_what_comes_later_is_somebody_new(known):
    [(contact_id,)] = known.ask(Contact.id)
    known.say(**ANN, event="Page Viewed", properties={"path": "/canary"})
    with known.database.transaction() as session:
        ask_for_erasure(session, contact_id, suppresses=True, by="user:1", now=known.now)
    known.work()
    assert list_places_of(known, CANARY) == []
    known.say(userId="canary-ann", event="Signed Up")
    known.work()
    fresh = [row for row in known.ask(Contact.id, Contact.erased_at) if row[1] is None]
    assert len(fresh) == 1
    assert fresh[0][0] != contact_id


def test_r073_what_was_set_aside_is_searched_too(known):
    with known.database.transaction() as session:
        for about in ({"userId": "canary-ann"}, {"userId": "bert"}):
            call = read_call(
                {"type": "track", "event": "Odd", **about}, kind=None, received_at=known.now
            )
            accept(session, [call], source="key:1", trust=Trust.WRITE, now=known.now)
        accept_both = [
            read_call(
                {"type": "track", "event": "Odd", "userId": who}, kind=None, received_at=known.now
            )
            for who in ("canary-ann", "bert")
        ]
        accept(session, accept_both, source="key:1", trust=Trust.WRITE, now=known.now)
        session.execute(text("UPDATE event_batch SET set_aside_at = received_at"))
        unreadable = EventBatch(
            received_at=known.now,
            source="key:1",
            trust="write",
            items=1,
            body=zlib.compress(b'["canary"]'),
            set_aside_at=known.now,
        )
        session.add(unreadable)
    erase(known)
    assert list_places_of(known, CANARY) == []
    assert sorted(known.ask(EventBatch.items)) == [(1,), (1,)]  # Bert's


def test_r074_an_erased_address_stays_suppressed_whoever_brings_it_again(known):
    erase(known)
    known.say("identify", userId="other", traits={"email": ADDRESS})
    known.work()
    with known.database.reading() as session:
        assert is_suppressed(session, "email", ADDRESS)


def test_who_is_forgotten_on_other_grounds_may_come_back(known):
    erase(known, suppresses=False)
    with known.database.reading() as session:
        assert not is_suppressed(session, "email", ADDRESS)


def test_asking_twice_is_harmless(known):
    [(contact_id,)] = known.ask(Contact.id)
    with known.database.transaction() as session:
        for _ in range(2):
            ask_for_erasure(session, contact_id, suppresses=True, by="user:1", now=known.now)
            known.now = known.now.replace(minute=known.now.minute + 1)
    known.work()
    erased = [at for (at,) in known.ask(Contact.erased_at)]
    assert len(erased) == 1
    assert erased[0] is not None


def test_no_sender_can_ask_for_it_by_an_event(known):
    known.say(**ANN, event="Contact Erased", properties={"suppresses": True})
    known.work()
    assert known.ask(Contact.email) == [(ADDRESS,)]
