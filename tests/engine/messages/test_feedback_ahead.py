"""What providers say decides what has not left yet: of topics to come, and of what would be tried again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from channels.base import Receipt, Verdict
from channels.feedback import BounceKind
from engine.contacts.suppression import is_suppressed, lift
from engine.messages import delivery
from engine.messages.parcels import Result
from engine.messages.states import MessageState
from engine.models.contact import Topic
from engine.models.event import Event
from engine.models.message import Message
from tests.claiming import claim
from tests.engine.messages import test_feedback as feedback
from tests.engine.messages.test_feedback import ANN, MARKETING, B, C, D, ask, hear, tell
from tests.shop import NOON

post = feedback.post


@pytest.mark.parametrize("recipient", ["", "redacted@example.net"])
def test_a_complaint_ends_marketing_of_topics_to_come_too_whatever_address_comes(post, recipient):
    hear(post, tell(post, C, recipient=recipient))
    with post.database.transaction() as session:
        session.add(Topic(key="later", name="Later", opt_in="implied", created_at=post.now))
    post.say("identify", userId="ann", traits={"email": "ann@elsewhere.example"})
    post.publish(
        key="later",
        trigger={"kind": "event", "event": "Later"},
        start="l",
        nodes={"l": {**MARKETING, "topic": "later"}},
    )
    post.say(event="Later", userId="ann")
    post.work()
    assert post.deliver() == []
    assert post.ask(Message.reason, topic="later") == [("unsubscribed",)]
    assert post.ask(Event.properties, name="Unsubscribed") == [({"topic": "news"},)]


@pytest.mark.parametrize("kind", [D, B, C])
def test_what_is_spoken_of_is_not_sent_again_when_its_answer_was_lost(post, kind):
    ask(post)
    common = {"now": post.now, "default_zone": "UTC"}
    with post.database.transaction() as session:
        parcels = claim(session, "email", limit=9, owner="w", **common)
        (parcel,) = delivery.start(session, parcels, **common)
        delivery.record(session, [Result(parcel, Receipt(Verdict.UNCERTAIN), "smtp")], now=post.now)
    assert post.ask(Message.state, uid=parcel.uid) == [(MessageState.QUEUED,)]
    hear(post, tell(post, kind, message=parcel.uid, recipient=ANN))
    assert post.ask(Message.state, uid=parcel.uid) == [(MessageState.SENT,)]
    post.now += timedelta(minutes=5)
    assert post.deliver() == []


def bounce_softly(post, times):
    for _ in range(times):
        post.pass_time(days=1)
        ask(post)
        with post.database.transaction() as session:
            letter = session.scalars(select(Message).order_by(Message.id)).all()[-1]
            letter.state, letter.started_at = MessageState.SENT, post.now
        days = (post.now - NOON).days
        hear(post, tell(post, B, minutes=days * 24 * 60, bounce=BounceKind.SOFT))


def is_closed(post):
    with post.database.reading() as session:
        return is_suppressed(session, "email", ANN)


def test_r119_an_address_that_was_released_is_counted_anew(post):
    bounce_softly(post, 5)
    assert is_closed(post)
    with post.database.transaction() as session:
        lift(session, "email", ANN)
    bounce_softly(post, 1)
    assert not is_closed(post)
    bounce_softly(post, 4)
    assert is_closed(post)
