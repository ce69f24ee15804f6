"""What sayings of providers come to, in whatever order they come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.feedback import BounceKind, Feedback, FeedbackKind
from engine.messages.feedback.judging import (
    HoldReason,
    Marks,
    clean_words,
    find_domain,
    fold,
    is_worn_out,
    judge_rates,
)

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)

sayings = st.builds(
    Feedback,
    id=st.sampled_from("abcdef"),
    kind=st.sampled_from(FeedbackKind),
    occurred_at=st.integers(0, 9).map(lambda n: NOON + timedelta(minutes=n)),
    bounce=st.sampled_from([None, *BounceKind]),
)


def shuffle(several):
    return st.tuples(st.just(several), st.permutations(several))


@given(st.lists(sayings, max_size=8).flatmap(shuffle))
def test_r120_any_order_and_any_doubling_come_to_the_same(both):
    first, second = both
    once = fold(Marks(), first)
    assert fold(Marks(), second) == once
    assert fold(once, second) == once
    half = len(second) // 2
    assert fold(fold(Marks(), second[:half]), second[half:]) == once


@given(st.lists(sayings, max_size=8))
def test_r120_nothing_that_was_known_is_taken_back(several):
    known = Marks(NOON, NOON, NOON, BounceKind.HARD)
    assert fold(known, several) == known


@pytest.mark.parametrize(
    ("days", "worn"),
    [
        ([0, 1, 2, 3], False),
        ([0, 1, 2, 3, 14], True),
        ([0, 1, 2, 3, 15], False),
        ([0, 10, 20, 30, 40, 50], False),
        ([60, 0, 58, 57, 56, 55], True),
    ],
)
def test_r119_five_soft_bounces_in_a_fortnight_wear_an_address_out(days, worn):
    assert is_worn_out([NOON + timedelta(days=one) for one in days]) is worn


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ((99, 99, 99), None),
        ((100, 4, 0), None),
        ((100, 5, 0), HoldReason.BOUNCES),
        ((1000, 49, 0), None),
        ((1000, 50, 0), HoldReason.BOUNCES),
        ((1000, 0, 1), HoldReason.COMPLAINTS),
        ((1000, 0, 0), None),
        ((999, 0, 2), None),
        ((500, 0, 3), HoldReason.COMPLAINTS),
    ],
)
def test_r110_the_brakes_hold_at_their_figures(figures, why):
    assert judge_rates(*figures) is why


def test_words_of_providers_are_kept_without_addresses():
    said = "550 5.1.1 <Ann@Example.com>:\r\nno such user\x00 ann@example.com"
    assert clean_words(said) == "550 5.1.1 <address>: no such user <address>"
    assert len(clean_words("x" * 2000)) == 500


@pytest.mark.parametrize(
    ("address", "domain"), [("a@Example.COM", "example.com"), ("", ""), ("nobody", "")]
)
def test_a_domain_is_what_stands_behind_the_last_at(address, domain):
    assert find_domain(address) == domain
