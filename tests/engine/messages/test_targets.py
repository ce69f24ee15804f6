"""How targets of calls fare: let alone when they fail, probed, and brought back slowly. Pure."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.base import Receipt, Verdict, WebhookAnswer
from engine.messages.carriers.breaker import REST
from engine.messages.settling import CALL_LIFE, CALL_PAUSES, derive_call_pause
from engine.messages.webhooks.targets import (
    DOUBTFUL_TURN,
    TURN,
    Health,
    Outcome,
    count_allowed,
    find_outcome,
    follow,
    name_target,
)

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SILENT = Receipt(Verdict.UNCERTAIN)
AWAY = Receipt(Verdict.NOT_SENT)
UNTRIED = Receipt(Verdict.NOT_SENT, is_untried=True)


def answered(status, verdict=None, **more):
    if verdict is None:
        verdict = Verdict.ACCEPTED if status < 300 else Verdict.PERMANENT
        verdict = Verdict.TEMPORARY if status >= 500 or status == 429 else verdict
    return Receipt(verdict, code=str(status), answer=WebhookAnswer(status, {}, ""), **more)


GOOD, BUSY = answered(200), answered(503)


@pytest.mark.parametrize(
    ("receipt", "outcome"),
    [
        (GOOD, Outcome.GOOD),
        (answered(422), Outcome.GOOD),  # it is at work: this one call was wrong
        (BUSY, Outcome.BAD),
        (answered(401), Outcome.BAD),
        (answered(404), Outcome.BAD),
        (answered(302), Outcome.BAD),
        (SILENT, Outcome.SILENT),
        (AWAY, Outcome.SILENT),
        (UNTRIED, None),
        (Receipt(Verdict.PERMANENT, code="target_refused"), None),
    ],
)
def test_what_a_try_says_of_its_target(receipt, outcome):
    assert find_outcome(receipt) is outcome


def test_half_of_twenty_within_half_a_minute_is_too_much():
    health = follow(Health(), [GOOD, BUSY] * 9 + [GOOD], NOW)
    assert count_allowed(health, NOW) == TURN
    health = follow(health, [BUSY], NOW + 29 * SECOND)
    assert (
        health.breaker.opened_at == NOW + 29 * SECOND
        and count_allowed(health, NOW + 30 * SECOND) == 0
    )


def test_a_turn_counts_as_a_whole_whatever_came_first():
    assert not follow(Health(), [BUSY] * 10 + [GOOD] * 22, NOW).breaker.is_open
    assert follow(Health(), [GOOD] * 10 + [BUSY] * 10, NOW).breaker.is_open


def test_failures_of_another_half_minute_do_not_count():
    health = follow(Health(), [BUSY] * 19, NOW)
    assert follow(health, [BUSY], NOW + 30 * SECOND).breaker.opened_at is None


def test_silence_five_times_in_a_row_is_too_much_and_fewer_make_it_doubtful():
    health = follow(Health(), [SILENT, AWAY] * 2, NOW)
    assert health.breaker.opened_at is None and count_allowed(health, NOW) == DOUBTFUL_TURN
    assert not follow(health, [GOOD], NOW).is_doubtful
    assert follow(health, [UNTRIED, SILENT], NOW).breaker.opened_at == NOW


def test_while_it_is_let_alone_one_probe_goes_each_half_minute_and_then_it_comes_back_slowly():
    health = follow(Health(), [SILENT] * 5, NOW)
    assert count_allowed(health, NOW + REST - SECOND) == 0
    assert count_allowed(health, NOW + REST) == 1
    later = NOW + REST
    health = follow(health, [SILENT], later)
    assert count_allowed(health, later + 29 * SECOND) == 0
    assert health.breaker.opened_at == NOW == health.failing_since
    back = follow(health, [GOOD], later)
    allowed = [count_allowed(back, later + timedelta(seconds=at)) for at in (0, 30, 59, 60)]
    assert allowed[0] == 3 and allowed == sorted(allowed) and allowed[-1] == TURN
    assert back.failing_since is None


def test_who_names_a_time_is_let_alone_until_then():
    health = follow(Health(), [answered(429, retry_after=timedelta(minutes=3)), UNTRIED], NOW)
    assert count_allowed(health, NOW + timedelta(seconds=179)) == 0
    assert count_allowed(health, NOW + timedelta(minutes=3)) == TURN


def test_ten_tries_take_about_75_hours_and_fit_into_a_calls_life():
    pauses = [derive_call_pause(tried, seed=7) for tried in range(1, 10)]
    total = sum(pauses, timedelta())
    assert len(CALL_PAUSES) == 9 and timedelta(hours=67) < total < CALL_LIFE
    assert sum(CALL_PAUSES, timedelta()) // timedelta(hours=1) == 75
    assert pauses != [derive_call_pause(tried, seed=8) for tried in range(1, 10)]


def test_targets_are_endpoints_and_servers():
    assert name_target({"endpoint": "crm"}) == ("endpoint:crm", "crm")
    assert name_target({"url": "https://A.example/x?y"}) == ("https://a.example:443", None)
    assert name_target({"url": "nonsense"}) == ("none", None)


def test_it_has_failed_since_its_last_good_answer():
    before = Health(failing_since=NOW - timedelta(days=20))
    assert follow(before, [GOOD, BUSY], NOW).failing_since == NOW
    assert follow(before, [BUSY, BUSY], NOW).failing_since == before.failing_since
    assert follow(before, [BUSY, GOOD], NOW).failing_since is None
