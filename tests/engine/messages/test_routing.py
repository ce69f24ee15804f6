from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from channels.accounts import Account
from engine.messages.carriers.breaker import Breaker, note_results
from engine.messages.carriers.routing import (
    AIM,
    AccountState,
    Wait,
    choose_account,
    count_together,
    find_ceiling,
    find_room,
    reserve,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAVY = Account("heavy", "smtp://a", weight=3)
LIGHT = Account("light", "smtp://b", weight=1)
MARKETING = Account("bulk", "smtp://c", serves=frozenset({"marketing"}))


def choose(accounts, states=None, *, n=0, message_class="marketing"):
    return choose_account(
        accounts, states or {}, uid=UUID(int=n), message_class=message_class, now=NOW
    )


def test_shares_follow_the_weights():
    shares = Counter(choose([HEAVY, LIGHT], n=n).name for n in range(4000))
    # Three standard errors of a share of 3/4 among 4,000 are 82.
    assert abs(shares["heavy"] - 3000) < 82


def test_a_message_finds_the_same_account_again_whatever_the_order_of_the_setting():
    for n in range(50):
        assert choose([HEAVY, LIGHT], n=n) is choose([LIGHT, HEAVY], n=n)


@pytest.mark.parametrize(
    "state",
    [
        AccountState(is_paused=True),
        AccountState(breaker=Breaker(closed_until=NOW + timedelta(seconds=9))),
    ],
)
def test_an_account_that_takes_nothing_is_passed_over_and_the_others_keep_their_own(state):
    before = [choose([HEAVY, LIGHT, MARKETING], n=n).name for n in range(200)]
    after = [choose([HEAVY, LIGHT, MARKETING], {"heavy": state}, n=n).name for n in range(200)]
    assert "heavy" in before and "heavy" not in after
    kept = [(b, a) for b, a in zip(before, after, strict=True) if b != "heavy"]
    assert all(b == a for b, a in kept)


def test_an_account_carries_only_the_classes_it_serves():
    names = {choose([MARKETING, LIGHT], n=n, message_class="transactional").name for n in range(50)}
    assert names == {"light"}


def test_where_no_account_is_well_a_message_waits_for_the_first_that_will_be():
    until = NOW + timedelta(seconds=9)
    states = {
        "heavy": AccountState(is_paused=True),
        "light": AccountState(breaker=Breaker(closed_until=until)),
    }
    assert choose([HEAVY, LIGHT], states) == Wait(until)


def test_an_account_warms_up_by_doubling_each_day():
    fresh = Account("fresh", "smtp://d", warm_up=100)
    assert find_ceiling(fresh, AccountState(), now=NOW) == 100
    begun = AccountState(first_on=NOW.date() - timedelta(days=3))
    assert find_ceiling(fresh, begun, now=NOW) == 800
    full = AccountState(first_on=NOW.date(), day=NOW.date(), carried=100)
    assert choose([fresh], {"fresh": full}) == Wait(datetime(2026, 3, 2, tzinfo=UTC))
    assert find_ceiling(LIGHT, begun, now=NOW) is None


def test_r093_reservations_one_after_another_keep_to_the_rate():
    slow = Account("slow", "smtp://e", rate=14)
    next_at, moments = NOW, []
    for _ in range(100):
        leaves_at, next_at = reserve(slow, next_at, 1, now=NOW)
        moments.append(leaves_at)
    for n, begins in enumerate(moments):
        within = [one for one in moments[n:] if one < begins + timedelta(seconds=1)]
        assert len(within) <= 14 * 1.05
    assert moments[-1] - moments[0] == pytest.approx(
        timedelta(seconds=99 / (14 * AIM)), abs=timedelta(milliseconds=1)
    )
    assert 0.9 < AIM < 1


def test_a_rate_that_was_not_used_up_is_not_saved():
    slow = Account("slow", "smtp://e", rate=10)
    leaves_at, next_at = reserve(slow, NOW - timedelta(hours=1), 1, now=NOW)
    assert leaves_at == NOW
    assert next_at == NOW + timedelta(seconds=1 / (10 * AIM))


@pytest.mark.parametrize(
    ("rate", "n"), [(None, 16), (1, 1), (14, 1), (50, 2), (200, 10), (1000, 16)]
)
def test_so_many_leave_at_one_moment(rate, n):
    assert count_together(Account("a", "smtp://a", rate=rate), most=16) == n


def test_no_more_are_leased_than_leave_soon():
    slow = Account("slow", "smtp://e", rate=14)
    assert find_room([slow], {}, most=64, now=NOW) == 28
    busy = AccountState(next_at=NOW + timedelta(seconds=1.5))
    assert find_room([slow], {"slow": busy}, most=64, now=NOW) == 7
    behind = AccountState(next_at=NOW + timedelta(minutes=1))
    assert find_room([slow], {"slow": behind}, most=64, now=NOW) == 0
    assert find_room([slow, LIGHT], {"slow": behind}, most=64, now=NOW) == 64
    assert find_room([LIGHT], {"light": AccountState(is_paused=True)}, most=64, now=NOW) == 0
    fresh = Account("fresh", "smtp://d", warm_up=10)
    assert (
        find_room([fresh], {"fresh": AccountState(day=NOW.date(), carried=4)}, most=64, now=NOW)
        == 6
    )


def test_an_account_that_comes_back_is_given_one_then_a_tenth_then_more():
    opened = note_results(Breaker(), tries=20, failures=20, now=NOW - timedelta(seconds=30))
    assert find_room([LIGHT], {"light": AccountState(breaker=opened)}, most=64, now=NOW) == 1
    back = note_results(opened, tries=1, failures=0, now=NOW)
    assert find_room([LIGHT], {"light": AccountState(breaker=back)}, most=64, now=NOW) == 7
    later = NOW + timedelta(seconds=30)
    assert find_room([LIGHT], {"light": AccountState(breaker=back)}, most=64, now=later) == 36
