"""Messages with a coupon and with fetched content, from queued to sent."""

import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from channels.webhook.guard import Guard
from engine.messages.library.templates import Words, compile_source, save_words
from engine.messages.lookups.coupons import codes, pools
from engine.messages.lookups.coupons.pools import PoolDraft
from engine.messages.lookups.fetched import sources
from engine.messages.lookups.fetched.sources import SourceDraft
from engine.messages.settling import CONTENT_PATIENCE
from engine.messages.states import FailReason, MessageState
from engine.models.coupon import CouponCode
from engine.models.message import Message, MessageContent
from server import scheduler
from server.delivering import deliver
from tests.channels.servers import Response, http_server
from tests.server import rows
from tests.server.conftest import START, build_house

WORDS = (
    "{{ coupon('summer') }} {{ fetched('weather', city=contact.city).temp }} {{ coupon('summer') }}"
)


@pytest.fixture
def house(database, tmp_path, wall):
    house = build_house(database, tmp_path, wall=wall, webhook_allow="127.0.0.1", keep_content=True)
    yield house
    house.outgoing.close()


class Server:
    """Tells the temperature, as long as it is well."""

    def __init__(self):
        self.status, self.asked = 200, 0

    def __call__(self, request):
        self.asked += 1
        return Response(self.status, b'{"temp": 21}')


def furnish(house, url, words=WORDS, count=3):
    with house.database.transaction() as session:
        pool = pools.make_pool(session, PoolDraft("summer", 0, None, None, False), now=START)
        codes.add_codes(session, pool, [f"C{number}" for number in range(5)])
        source = SourceDraft(
            "weather", f"{url}/?city={{city}}", {}, "json", timedelta(seconds=2),
            timedelta(minutes=10), timedelta(0),
        )  # fmt: skip
        sources.make_source(session, source, guard=Guard("127.0.0.1"), now=START)
        said = Words("sms", words, compile_source("sms", words))
        save_words(session, "sale", said, by="ann", now=START)
        for number in range(count):
            contact = rows.add_contact(
                session,
                START,
                attributes={"city": "Bonn"},
                phone=f"+49170123456{number}",
                phone_confirmed=True,
            )
            rows.add_message(
                session,
                START,
                contact,
                channel="sms",
                template="sale",
                topic=None,
                message_class="transactional",
                data={"data": {}},
            )


def read(house):
    with house.database.reading() as session:
        return session.scalars(select(Message).order_by(Message.id)).all()


def read_texts(house):
    with house.database.reading() as session:
        found = session.scalars(select(MessageContent).order_by(MessageContent.message_id))
        return [zlib.decompress(one.text).decode() for one in found]


def list_drawn(house):
    with house.database.reading() as session:
        drawn = select(CouponCode).where(CouponCode.drawn_at.is_not(None))
        return session.scalars(drawn.order_by(CouponCode.id)).all()


def test_each_message_shows_its_own_code_and_all_share_one_call(house):
    server = Server()
    with http_server(server) as (url, _):
        furnish(house, url)
        assert deliver(house, "sms") == 3
    assert [one.state for one in read(house)] == [MessageState.SENT] * 3
    texts = read_texts(house)
    assert sorted(texts) == [f"C{number} 21 C{number}" for number in range(3)]
    assert server.asked == 1
    assert [one.message_uid for one in list_drawn(house)] == [one.uid for one in read(house)]
    scheduler.settle_coupons(house)
    assert len(list_drawn(house)) == 3


def test_r085_what_cannot_be_had_for_now_is_tried_again_with_the_same_code(house, wall):
    server = Server()
    server.status = 503
    with http_server(server) as (url, _):
        furnish(house, url, count=1)
        deliver(house, "sms")
        (message,) = read(house)
        assert (message.state, message.reason) == (MessageState.QUEUED, FailReason.RENDER)
        assert (message.details, message.attempts) == ("weather: answered 503", 0)
        assert START < message.due_at <= START + timedelta(seconds=20)
        server.status = 200
        wall.advance(timedelta(minutes=1))
        deliver(house, "sms")
    (message,) = read(house)
    assert (message.state, message.reason) == (MessageState.SENT, None)
    assert read_texts(house) == ["C0 21 C0"]


def test_r085_after_an_hour_it_fails_and_gives_its_code_back(house, wall):
    server = Server()
    server.status = 503
    with http_server(server) as (url, _):
        furnish(house, url, count=1)
        tries = 0
        while read(house)[0].state == MessageState.QUEUED:
            tries += 1
            deliver(house, "sms")
            wall.advance(max(read(house)[0].due_at - wall.now(), timedelta(0)))
    assert wall.now() - START >= CONTENT_PATIENCE and tries < 20
    assert (read(house)[0].state, read(house)[0].reason) == (MessageState.FAILED, FailReason.RENDER)
    assert len(list_drawn(house)) == 1
    scheduler.settle_coupons(house)
    assert list_drawn(house) == []


def test_a_default_is_shown_at_once(house):
    server = Server()
    server.status = 503
    words = "{% set now = fetched('weather', city=contact.town, default=none) %}{{ now.temp if now else 'mild' }}"
    with http_server(server) as (url, _):
        furnish(house, url, words, count=1)
        deliver(house, "sms")
    assert read_texts(house) == ["mild"]
    assert server.asked == 0  # nothing is known of the town


def test_an_empty_pool_fails_the_message_at_once(house):
    server = Server()
    with http_server(server) as (url, _):
        furnish(house, url, "{{ coupon('summer') }}", count=1)
        with house.database.transaction() as session:
            codes.withdraw_codes(session, pools.get_pool(session, "summer"))
        deliver(house, "sms")
    (message,) = read(house)
    assert (message.state, message.details) == (
        MessageState.FAILED,
        "no coupon of 'summer' is left",
    )
