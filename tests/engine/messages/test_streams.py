"""The brake on marketing that providers and readers take amiss."""

from datetime import timedelta

from sqlalchemy import select

from channels.feedback import BounceKind
from engine.ids import new_id
from engine.messages.feedback import streams
from engine.messages.handover import delivery
from engine.messages.states import MessageState
from engine.models.feedback import Stream
from engine.models.journey import Notice
from engine.models.message import Message
from tests.claiming import claim
from tests.engine.messages import test_feedback
from tests.engine.messages.test_feedback import B, C, ask, hear, tell, uids
from tests.shop import NOON, SEND

post = test_feedback.post


def fill_stream(shop, *, bounced=0, complained=0, sends=1000):
    """Let as many letters of marketing have left, the newest of them amiss."""
    with shop.database.transaction() as session:
        model = session.scalar(select(Message))
        session.add_all(
            Message(
                uid=new_id(),
                channel="email",
                message_class="marketing",
                contact_id=model.contact_id,
                state=MessageState.SENT,
                data={},
                created_at=NOON,
                due_at=NOON,
                started_at=NOON,
                sent_at=NOON + timedelta(seconds=n),
                bounced_at=NOON if n < bounced else None,
                complained_at=NOON if n < complained else None,
            )
            for n in range(1, sends)
        )


def test_r110_bounces_hold_marketing_back_and_nothing_else(post):
    fill_stream(post, bounced=50)  # 49 of 999 with one to come
    post.publish(
        key="receipts", trigger={"kind": "event", "event": "Paid"}, start="r", nodes={"r": SEND}
    )
    uid = uids(post)[0]
    assert hear(post, tell(post, B, message=uid, bounce=BounceKind.SOFT)).is_held
    ask(post)
    post.say(event="Paid", userId="ann")
    post.work()
    assert post.deliver() == ["r"]
    assert post.ask(Message.state, state=MessageState.QUEUED) == [(MessageState.QUEUED,)]
    assert "held back" in post.ask(Notice.words)[-1][0]
    with post.database.transaction() as session:
        streams.resume_marketing(session, now=post.now + timedelta(hours=1))
    assert post.deliver() == ["a"]
    with post.database.reading() as session:
        assert streams.read_marketing(session) == streams.Rates(0, 0, 0)


def test_r110_one_complaint_in_a_thousand_holds_marketing_back(post):
    fill_stream(post, sends=1000)
    uid = uids(post)[0]
    assert hear(post, tell(post, C, message=uid)).is_held
    with post.database.reading() as session:
        assert streams.read_marketing(session).why == "complaints"
        assert streams.find_hold(session) == post.now


def test_r110_a_held_stream_stops_what_was_claimed_already(post):
    ask(post)
    common = {"now": post.now, "default_zone": "UTC"}
    with post.database.transaction() as session:
        parcels = claim(session, "email", limit=9, owner="w", **common)
        session.add(Stream(channel="email", message_class="marketing", held_at=NOON, why="bounces"))
    with post.database.transaction() as session:
        assert delivery.start(session, parcels, **common) == []
    assert post.ask(Message.state, uid=uids(post)[-1]) == [(MessageState.QUEUED,)]
