"""Buckets of calls: they empty, they fill by the second, and there are not too many of them."""

from datetime import timedelta

import pytest

from engine.errors import TooMuch
from server.tracking import limits
from server.tracking.limits import Buckets, name_address


def count(buckets, name, now, tries=1_000):
    taken = 0
    for _ in range(tries):
        try:
            buckets.take(name, now=now)
        except TooMuch:
            break
        taken += 1
    return taken


def test_a_bucket_holds_a_minute_and_fills_by_the_second():
    buckets = Buckets(60)
    assert count(buckets, "a", 0) == 60
    assert count(buckets, "a", 0.5) == 0
    assert count(buckets, "a", 10) == 10
    assert count(buckets, "a", 10_000) == 60


def test_each_has_a_bucket_of_his_own():
    buckets = Buckets(5)
    assert count(buckets, "a", 0) == 5
    assert count(buckets, "b", 0) == 5


def test_an_empty_bucket_says_when_there_is_something_in_it_again():
    buckets = Buckets(2)
    assert count(buckets, "a", 0) == 2
    with pytest.raises(TooMuch) as refused:
        buckets.take("a", now=0)
    assert refused.value.retry_after == timedelta(seconds=30)


def test_what_takes_more_than_there_is_owes_it():
    buckets = Buckets(60)
    buckets.take("a", 500, now=0)
    assert count(buckets, "a", 400) == 0
    assert count(buckets, "a", 442) == 2


def test_a_clock_that_stands_still_gives_nothing_away():
    buckets = Buckets(60)
    assert count(buckets, "a", 5) + count(buckets, "a", 5) == 60


def test_full_buckets_are_forgotten_before_those_in_use(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BUCKETS", 3)
    buckets = Buckets(60)
    assert count(buckets, "busy", 1_000) == 60
    for number in range(10):
        buckets.take(f"passer-by {number}", now=1_000 + 2 * number)
    assert count(buckets, "busy", 1_020) == 20


def test_there_are_never_more_buckets_than_there_may_be(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BUCKETS", 3)
    buckets = Buckets(60)
    for number in range(100):
        buckets.take(str(number), now=0)
    assert len(buckets._buckets) <= 3


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        (None, None, True),
        ("no address", "no address", True),
    ],
)
def test_an_ipv6_customer_has_one_bucket_for_all_his_addresses(one, other, is_same):
    assert (name_address(one) == name_address(other)) is is_same
