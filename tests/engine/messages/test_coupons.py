"""Coupons: each code to one message, the same one however often it is made, told of when few are left."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from channels.base import Receipt, Verdict
from engine.errors import Conflict, Invalid, LostUpdate
from engine.events.accepting import OwnEvent, append_own
from engine.ids import new_id
from engine.journeys.deciding.moment import Moment
from engine.journeys.responding.forgetting import ask_for_erasure
from engine.journeys.responding.joining import join_journeys
from engine.journeys.responding.reaction import react_to_events
from engine.messages.lookups.answering import look_up, takes_away
from engine.messages.lookups.asking import Failed, Found, Request
from engine.messages.lookups.coupons import codes, drawing, pools
from engine.messages.lookups.coupons.answering import SAMPLE
from engine.messages.lookups.coupons.drawing import NoCode, Wish, draw, settle_codes
from engine.messages.lookups.coupons.pools import Counts, PoolDraft
from engine.messages.parcels import Problem
from engine.messages.states import FailReason
from engine.models.contact import Contact
from engine.models.coupon import CouponCode
from engine.models.journey import Notice
from engine.models.message import Message
from tests.engine.messages.test_delivery import Post

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)


class Shop:
    """A pool of codes, and contacts whose messages draw of it."""

    def __init__(self, database, count=5, contacts=3, **changed):
        self.database = database
        draft = {"low_water": 0, "expires_at": None, "common_code": None, "per_contact": False}
        with database.transaction() as session:
            pool = pools.make_pool(session, PoolDraft("summer", **{**draft, **changed}), now=NOW)
            codes.add_codes(session, pool, [f"C{number}" for number in range(count)])
            rows = [
                Contact(uid=new_id(), created_at=NOW, attributes={}, attribute_times={},
                        email_confirmed=False, phone_confirmed=False)
                for _ in range(contacts)
            ]  # fmt: skip
            session.add_all(rows)
            session.flush()
            self.contacts = [row.id for row in rows]

    def wish(self, contact=0, uid=None):
        return Wish("summer", uid or new_id(), self.contacts[contact])

    def draw(self, *wishes, now=NOW):
        with self.database.transaction() as session:
            drawn = draw(session, wishes, now=now)
        return [drawn[one] for one in wishes]

    def count(self):
        with self.database.reading() as session:
            pool = pools.get_pool(session, "summer")
            return pools.count_codes(session, [pool]).get(pool.id, Counts())

    def list(self, **sought):
        sought = {"state": None, "code": None, "before": None, "limit": 100, **sought}
        with self.database.reading() as session:
            pool = pools.get_pool(session, "summer")
            return codes.list_codes(session, pool, **sought)

    def told(self):
        with self.database.reading() as session:
            return list(session.scalars(select(Notice.words).order_by(Notice.id)))


def test_a_message_draws_one_code_however_often_it_is_made(database):
    shop = Shop(database)
    one, other = shop.wish(), shop.wish()
    first = shop.draw(one, other)
    assert sorted(first) == ["C0", "C1"]
    assert shop.draw(other, one, one) == [first[1], first[0], first[0]]
    assert shop.count() == Counts(left=3, drawn=2)


def test_two_workers_never_draw_the_same(database):
    shop = Shop(database, count=510, contacts=40)
    wishes = [shop.wish(number % 40) for number in range(500)]
    groups = [wishes[start : start + 10] for start in range(0, 500, 10)]
    with ThreadPoolExecutor(8) as threads:
        drawn = [
            code for group in threads.map(lambda group: shop.draw(*group), groups) for code in group
        ]
    assert len(set(drawn)) == 500 and all(isinstance(code, str) for code in drawn)
    assert shop.count() == Counts(left=10, drawn=500)


def test_a_message_that_two_workers_make_at_once_draws_one(database):
    shop = Shop(database, count=50)
    wishes = [shop.wish(0, new_id()) for _ in range(5)]
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda _: tuple(shop.draw(*wishes)), range(16)))
    assert len(set(drawn)) == 1
    assert shop.count().drawn == 5


def test_the_last_codes_all_go(database):
    shop = Shop(database, count=40, contacts=40)
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda number: shop.draw(shop.wish(number % 40)), range(48)))
    got = [code for (code,) in drawn if isinstance(code, str)]
    assert sorted(got) == sorted(f"C{number}" for number in range(40))


def test_r085_an_empty_pool_has_no_code_and_says_so(database):
    shop = Shop(database, count=1)
    drawn = shop.draw(shop.wish(), shop.wish(1))
    (none,) = [one for one in drawn if not isinstance(one, str)]
    assert none == NoCode("no coupon of 'summer' is left")
    assert shop.draw(Wish("winter", new_id(), shop.contacts[0])) == [
        NoCode("there is no coupon pool 'winter'")
    ]


def test_an_empty_pool_may_have_a_common_code_which_its_message_keeps(database):
    shop = Shop(database, count=0, common_code="ALL10")
    wishes = [shop.wish(), shop.wish(1)]
    assert shop.draw(*wishes) == ["ALL10", "ALL10"]
    with database.transaction() as session:
        codes.add_codes(session, pools.get_pool(session, "summer"), ["NEW1", "ALL10"])
    assert shop.draw(wishes[0], shop.wish()) == ["ALL10", "NEW1"]
    assert shop.count() == Counts(left=1, drawn=1, common=2)


def test_one_per_contact_is_the_first_that_it_drew(database):
    shop = Shop(database, per_contact=True)
    mine = shop.wish(0)
    first, same, other = shop.draw(mine, shop.wish(0), shop.wish(1))
    assert first == same != other
    assert shop.draw(shop.wish(0), mine) == [first, first]
    assert shop.count().drawn == 2


def test_nothing_is_drawn_after_the_end_and_what_was_drawn_stays(database):
    shop = Shop(database, expires_at=NOW + timedelta(hours=1))
    wish = shop.wish()
    (code,) = shop.draw(wish)
    late = NOW + timedelta(hours=1)
    assert shop.draw(wish, now=late) == [code]
    assert shop.draw(shop.wish(), now=late) == [NoCode("the coupons of 'summer' have expired")]


def test_no_later_message_shows_what_a_contact_drew_once_it_is_over(database):
    shop = Shop(database, per_contact=True, expires_at=NOW + timedelta(hours=1))
    wish = shop.wish()
    (code,) = shop.draw(wish)
    late = NOW + timedelta(hours=1)
    over = NoCode("the coupons of 'summer' have expired")
    assert shop.draw(wish, shop.wish(), now=late) == [code, over]


def test_colleagues_are_told_once_when_few_are_left_and_once_when_none_is(database):
    shop = Shop(database, count=4, low_water=2)
    for expected in (0, 1, 1, 2, 2):
        shop.draw(shop.wish())
        assert len(shop.told()) == expected
    assert shop.told() == [
        "2 codes of the coupon pool 'summer' are left",
        "the coupon pool 'summer' is empty",
    ]
    with database.transaction() as session:
        codes.add_codes(session, pools.get_pool(session, "summer"), ["N1", "N2"])
    shop.draw(shop.wish(), now=NOW + timedelta(hours=1))
    assert len(shop.told()) == 3


def draw_for_message(post, shop):
    (message,) = post.read()
    wish = Wish("summer", message.uid, message.contact_id)
    return shop.draw(wish)[0], wish


def test_a_message_that_never_left_gives_its_code_back(database):
    post, shop = Post(database), Shop(database)
    post.intend()
    code, wish = draw_for_message(post, shop)
    (parcel,) = post.claim()
    with database.transaction() as session:
        assert settle_codes(session) == 0  # it is under way
    post.record(parcel, Problem(FailReason.RENDER, "no name"))
    for expected in (1, 0):
        with database.transaction() as session:
            assert settle_codes(session) == expected
    assert shop.count() == Counts(left=5)
    assert shop.draw(wish) == [code]  # replayed it draws anew


def test_a_message_that_may_have_been_seen_keeps_its_code(database):
    post, shop = Post(database), Shop(database)
    post.intend()
    draw_for_message(post, shop)
    (parcel,) = post.start(post.claim())
    post.record(parcel, Receipt(Verdict.PERMANENT, "550", "no such user"))
    with database.transaction() as session:
        assert settle_codes(session) == 0
    assert shop.count().drawn == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(CouponCode.is_unsettled)) == 0


def test_a_code_of_a_contact_stays_with_it(database):
    post, shop = Post(database), Shop(database, per_contact=True)
    post.intend()
    draw_for_message(post, shop)
    (parcel,) = post.claim()
    post.record(parcel, Problem(FailReason.RENDER, "no name"))
    with database.transaction() as session:
        assert settle_codes(session) == 0
    assert shop.count().drawn == 1


def test_doubles_and_what_is_no_code_are_reported(database):
    shop = Shop(database, count=2)
    with database.transaction() as session:
        pool = pools.get_pool(session, "summer")
        added = codes.add_codes(session, pool, ["C1", "N1", "N1", "a b", "", "x" * 65, "N2"])
    assert (added.added, added.doubled, added.refused) == (2, 2, 3)
    assert added.doubles == ("C1", "N1")
    assert [code for code, _ in added.flaws] == ["a b", "", "x" * 64]
    assert shop.count().left == 4


def test_codes_that_are_made_up_cannot_be_guessed(database):
    shop = Shop(database, count=0)
    with pytest.raises(Invalid, match="at least 8 places"):
        codes.check_pattern("SUMMER-#######", 100_000)
    codes.check_pattern("SUMMER-########", 100_000)
    with database.transaction() as session:
        pool = pools.get_pool(session, "summer")
        assert codes.generate_codes(session, pool, "S-########", 700) == 700
    found = [row.CouponCode.code for row in shop.list(limit=1000)]
    assert len(set(found)) == 700
    assert all(code[:2] == "S-" and set(code[2:]) <= set(codes.ALPHABET) for code in found)


def test_a_pool_is_changed_by_who_saw_it_last(database):
    Shop(database)
    draft = PoolDraft("summer", 7, None, "ALL", per_contact=True)
    with database.transaction() as session:
        assert pools.change_pool(session, draft, revision=1).revision == 2
    with pytest.raises(LostUpdate), database.transaction() as session:
        pools.change_pool(session, draft, revision=1)
    with pytest.raises(Conflict), database.transaction() as session:
        pools.make_pool(session, draft, now=NOW)


def say_redeemed(database, contact_id, code):
    event = OwnEvent(contact_id=contact_id, name=codes.REDEEMED, occurred_at=NOW,
                     properties={"code": code}, actor="contact", message_id=f"{code}{contact_id}")  # fmt: skip
    with database.transaction() as session:
        append_own(session, [event], now=NOW)
    react(database)


def react(database):
    with database.transaction() as session:
        react_to_events(session, Moment(NOW, "UTC", timedelta(hours=72)), limit=100)


def test_an_event_tells_which_code_was_used(database):
    shop = Shop(database, count=2, contacts=2, common_code="ALL")
    first, _, _, third = shop.draw(shop.wish(), shop.wish(1), shop.wish(0), shop.wish(1))
    assert third == "ALL"
    say_redeemed(database, shop.contacts[1], first)  # whoever used it
    say_redeemed(database, shop.contacts[1], "ALL")
    say_redeemed(database, shop.contacts[1], "C9")
    redeemed = shop.list(state="redeemed")
    assert sorted(row.CouponCode.code for row in redeemed) == sorted([first, "ALL"])
    assert shop.count().redeemed == 2


def test_who_is_forgotten_has_no_code_any_more_and_nobody_else_gets_it(database):
    shop = Shop(database)
    shop.draw(shop.wish())
    with database.transaction() as session:
        ask_for_erasure(session, shop.contacts[0], suppresses=False, by="ann", now=NOW)
    react(database)
    (row,) = shop.list(state="drawn")
    assert (row.contact, row.message, row.CouponCode.message_uid) == (None, None, None)
    assert shop.count().drawn == 1


def test_who_turns_out_to_be_somebody_else_brings_the_code_along(database):
    shop = Shop(database, per_contact=True)
    (code,) = shop.draw(shop.wish(0))
    with database.transaction() as session:
        join_journeys(session, [(shop.contacts[0], shop.contacts[1])], now=NOW)
    assert shop.draw(shop.wish(1)) == [code]


def request_coupon(pool="summer", **changed):
    call = f'["coupon", {{"pool": "{pool}"}}]'
    return Request("coupon", call, **changed)


def test_a_rehearsal_shows_a_sample_and_draws_nothing(database):
    shop = Shop(database)
    rehearsed = request_coupon(message=new_id(), contact_id=0, is_rehearsal=True)
    unknown = request_coupon("winter", message=new_id(), contact_id=0, is_rehearsal=True)
    assert not takes_away(rehearsed)
    with database.reading() as session:
        answers = look_up(session, [rehearsed, unknown], now=NOW)
    assert answers == {
        rehearsed: Found(SAMPLE),
        unknown: Failed("there is no coupon pool 'winter'"),
    }
    assert shop.count() == Counts(left=5)


def test_a_letter_is_answered_with_its_code(database):
    shop = Shop(database, count=1)
    mine = request_coupon(message=new_id(), contact_id=shop.contacts[0])
    late = request_coupon(message=new_id(), contact_id=shop.contacts[1])
    assert takes_away(mine)
    for asked in (mine, late):
        with database.transaction() as session:
            answers = look_up(session, [asked], now=NOW)
        expected = Found("C0") if asked is mine else Failed("no coupon of 'summer' is left")
        assert answers == {asked: expected}


def test_what_is_left_can_be_taken_back(database):
    shop = Shop(database)
    shop.draw(shop.wish())
    with database.transaction() as session:
        assert codes.withdraw_codes(session, pools.get_pool(session, "summer")) == 4
    assert shop.count() == Counts(drawn=1)


def test_a_sweep_looks_at_each_drawn_code_until_it_is_settled(database, monkeypatch):
    monkeypatch.setattr(drawing, "SWEPT", 1)
    shop = Shop(database)
    shop.draw(shop.wish(), shop.wish())  # of messages that are in no table
    for left in (1, 0):
        with database.transaction() as session:
            settle_codes(session)
            assert session.scalar(select(func.count()).where(CouponCode.is_unsettled)) == left
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0
