"""The gates, in their order. Pure."""

import dataclasses
from datetime import UTC, datetime, time, timedelta

import pytest

from engine.messages.limits import Bid, Capped
from engine.messages.policy import (
    Defer,
    QuietHours,
    Send,
    Skip,
    Standing,
    is_held_out,
    judge,
)
from engine.messages.states import SkipReason
from engine.when.zones import get_zone

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
GOOD = Standing(
    channel="email",
    message_class="marketing",
    journey_goes_on=True,
    contact_exists=True,
    address="ann@example.com",
    confirmed=True,
    choice="subscribed",
    needs_yes=True,
    suppressed=False,
    holdout=False,
    quiet=None,
    zone=get_zone("Europe/Berlin"),
    expires_at=None,
    bid=Bid(1, 1, "email", "marketing", "news", 1, NOON, get_zone("Europe/Berlin")),
)
NOS = [
    ({"journey_goes_on": False}, SkipReason.JOURNEY_ENDED),
    ({"contact_exists": False}, SkipReason.CONTACT_DELETED),
    ({"expires_at": NOON}, SkipReason.EXPIRED),
    ({"address": None}, SkipReason.NO_ADDRESS),
    ({"confirmed": False}, SkipReason.UNCONFIRMED),
    ({"choice": "unsubscribed"}, SkipReason.UNSUBSCRIBED),
    ({"choice": None}, SkipReason.NO_CONSENT),
    ({"paused": True}, SkipReason.PAUSED),
    ({"suppressed": True}, SkipReason.SUPPRESSED),
    ({"holdout": True}, SkipReason.HOLDOUT),
    ({"already_sent": True}, SkipReason.ALREADY_SENT),
    ({"quiet": QuietHours(time(11), time(15), "skip")}, SkipReason.QUIET_HOURS),
    ({"capped": Capped("weekly", None, None)}, SkipReason.CAPPED),
    ({"repeats": 3}, SkipReason.REPEATED),
]


def with_(**changed):
    return dataclasses.replace(GOOD, **changed)


def test_what_every_gate_allows_leaves():
    assert judge(GOOD, now=NOON) == Send()


@pytest.mark.parametrize(("changed", "reason"), NOS)
def test_r078_each_gate_has_a_reason_of_its_own(changed, reason):
    assert judge(with_(**changed), now=NOON).reason is reason


@pytest.mark.parametrize("place", range(len(NOS) - 1))
def test_r078_of_two_gates_that_say_no_the_earlier_decides(place):
    both = NOS[place + 1][0] | NOS[place][0]
    assert judge(with_(**both), now=NOON).reason is NOS[place][1]


@pytest.mark.parametrize(
    "changed", [{"choice": "unsubscribed"}, {"choice": None}, {"holdout": True}]
)
def test_what_concerns_an_order_asks_no_consent_and_knows_no_holdout(changed):
    standing = with_(message_class="transactional", **changed)
    assert judge(standing, now=NOON) == Send()


def test_r074_a_suppressed_address_is_never_written_to_whatever_the_class():
    standing = with_(message_class="transactional", suppressed=True)
    assert judge(standing, now=NOON) == Skip(SkipReason.SUPPRESSED)


def test_a_topic_that_is_implied_needs_no_yes_but_respects_a_no():
    assert judge(with_(choice=None, needs_yes=False), now=NOON) == Send()
    no = with_(choice="unsubscribed", needs_yes=False)
    assert judge(no, now=NOON) == Skip(SkipReason.UNSUBSCRIBED)


def test_r079_quiet_hours_hold_until_they_end_on_the_readers_clock():
    quiet = QuietHours(time(21), time(8), "hold")
    night = datetime(2026, 3, 25, 22, tzinfo=UTC)  # 23:00 in Berlin
    assert judge(with_(quiet=quiet), now=night) == Defer(datetime(2026, 3, 26, 7, tzinfo=UTC))
    assert judge(with_(quiet=quiet), now=NOON) == Send()
    skip = QuietHours(time(21), time(8), "skip")
    assert judge(with_(quiet=skip), now=night) == Skip(SkipReason.QUIET_HOURS)


def test_r083_what_expires_while_it_is_held_is_not_sent_late():
    standing = with_(expires_at=NOON + timedelta(hours=1))
    assert judge(standing, now=NOON) == Send()
    assert judge(standing, now=NOON + timedelta(hours=1)) == Skip(SkipReason.EXPIRED)


def test_r092_a_limit_holds_to_the_computed_instant_and_no_longer_than_it_may():
    later, latest = NOON + timedelta(hours=5), NOON + timedelta(hours=6)
    held = with_(capped=Capped("weekly", later, latest))
    assert judge(held, now=NOON) == Defer(later, SkipReason.CAPPED, "weekly")
    too_late = with_(capped=Capped("weekly", later, later - timedelta(seconds=1)))
    assert judge(too_late, now=NOON) == Skip(SkipReason.CAPPED, "weekly")
    for never in (Capped("weekly", later, None), Capped("weekly", None, latest)):
        assert judge(with_(capped=never), now=NOON) == Skip(SkipReason.CAPPED, "weekly")
    orders = with_(message_class="transactional", capped=Capped("weekly", None, None))
    assert judge(orders, now=NOON) == Send()


def test_r083_what_expires_while_a_limit_holds_it_is_asked_again_just_then():
    expires = NOON + timedelta(hours=2)
    held = with_(capped=Capped("weekly", NOON + timedelta(hours=5), NOON + timedelta(hours=6)))
    held = dataclasses.replace(held, expires_at=expires)
    assert judge(held, now=NOON) == Defer(expires, SkipReason.CAPPED, "weekly")
    assert judge(held, now=expires) == Skip(SkipReason.EXPIRED)


def test_r083_what_expires_in_quiet_hours_is_asked_again_just_then():
    quiet = QuietHours(time(21), time(8), "hold")
    night = datetime(2026, 3, 25, 22, tzinfo=UTC)
    expires = night + timedelta(hours=2)
    assert judge(with_(quiet=quiet, expires_at=expires), now=night) == Defer(expires)
    text = with_(channel="sms", address="+12125550123", expires_at=expires)
    assert judge(text, now=datetime(2026, 3, 25, 23, 59, tzinfo=UTC)) == Send()
    early = datetime(2026, 3, 25, 6, tzinfo=UTC)  # before eight in New York
    text = dataclasses.replace(text, expires_at=early + timedelta(hours=2))
    assert judge(text, now=early) == Defer(early + timedelta(hours=2), SkipReason.LEGAL_HOURS)


def test_r109_what_concerns_orders_may_come_oftener_than_marketing():
    orders = with_(message_class="transactional", repeats=19)
    assert judge(orders, now=NOON) == Send()
    assert judge(dataclasses.replace(orders, repeats=20), now=NOON) == Skip(SkipReason.REPEATED)
    assert judge(with_(repeats=2), now=NOON) == Send()


def test_a_call_asks_only_whether_its_journey_goes_on():
    call = with_(channel="webhook", address=None, confirmed=False, choice=None)
    assert judge(call, now=NOON) == Send()


def test_r059_the_holdout_is_about_as_large_as_asked_and_always_the_same():
    held = [is_held_out("holdout:j", str(number), 5) for number in range(20_000)]
    assert 900 < sum(held) < 1_100
    assert held == [is_held_out("holdout:j", str(number), 5) for number in range(20_000)]
    assert not any(is_held_out("holdout:j", str(number), 0) for number in range(1_000))
