from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from engine.messages.carriers.breaker import (
    COLUMNS,
    FIRST,
    FIRST_REST,
    RAMP,
    REST,
    WELL,
    WINDOW,
    begin_probe,
    find_share,
    is_probe_due,
    note_results,
    note_taken,
    read_breaker,
    rest_shortly,
    rest_until,
    write_breaker,
)
from engine.models.call import CallTarget
from engine.models.provider import ProviderAccount

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def fail(breaker, n=20, *, at=NOW):
    return note_results(breaker, tries=n, failures=n, now=at)


def test_as_long_as_all_goes_well_nothing_changes():
    assert note_results(WELL, tries=1000, failures=0, now=NOW) is WELL


def test_it_opens_at_half_of_twenty():
    assert find_share(fail(WELL, 19), now=NOW) == 1
    half = note_results(WELL, tries=20, failures=10, now=NOW)
    assert find_share(half, now=NOW) == 0
    less = note_results(WELL, tries=20, failures=9, now=NOW)
    assert find_share(less, now=NOW) == 1
    assert find_share(note_results(less, tries=2, failures=2, now=NOW + SECOND), now=NOW) == 0


def test_failures_of_an_earlier_window_count_no_more():
    late = fail(fail(WELL, 19), 1, at=NOW + WINDOW)
    assert find_share(late, now=NOW + WINDOW) == 1
    calm = note_results(fail(WELL, 19), tries=5, failures=0, now=NOW + WINDOW)
    assert note_results(calm, tries=5, failures=0, now=NOW + WINDOW) is calm


def test_one_probe_goes_after_the_rest_and_no_second_beside_it():
    opened = fail(WELL)
    assert not is_probe_due(opened, now=NOW + REST - SECOND)
    assert is_probe_due(opened, now=NOW + REST)
    probing = begin_probe(opened, now=NOW + REST)
    assert not is_probe_due(probing, now=NOW + REST + SECOND)
    failed = fail(probing, 1, at=NOW + REST + SECOND)
    assert not is_probe_due(failed, now=NOW + REST + REST)
    assert is_probe_due(failed, now=NOW + REST + SECOND + REST)


def test_a_probe_that_succeeds_lets_a_tenth_through_and_all_within_a_minute():
    back = note_results(begin_probe(fail(WELL), now=NOW), tries=1, failures=0, now=NOW)
    assert find_share(back, now=NOW) == FIRST
    assert 0.5 < find_share(back, now=NOW + RAMP / 2) < 0.6
    assert find_share(back, now=NOW + RAMP) == 1
    assert note_results(back, tries=1, failures=0, now=NOW + RAMP) is WELL


def test_it_opens_again_when_the_target_fails_while_it_recovers():
    back = note_results(begin_probe(fail(WELL), now=NOW), tries=1, failures=0, now=NOW)
    assert find_share(fail(back, at=NOW + SECOND), now=NOW + SECOND) == 0


def test_a_target_may_ask_for_time_and_needs_no_probe_after_it():
    asked = rest_until(WELL, NOW + SECOND * 7)
    assert find_share(asked, now=NOW + SECOND * 6) == 0
    assert find_share(asked, now=NOW + SECOND * 7) == 1
    assert not is_probe_due(asked, now=NOW + SECOND * 7)
    assert rest_until(asked, NOW + SECOND) is asked


def throttle(breaker, at, *, taken=0):
    noted = before = note_results(breaker, tries=1 + taken, failures=0, now=at)
    if taken:
        noted = before = note_taken(noted, now=at)
    return rest_shortly(noted, before if taken else breaker, now=at)


def test_a_target_that_takes_no_more_and_names_no_time_rests_ever_longer():
    breaker, at, rests = WELL, NOW, []
    for _ in range(12):
        breaker = throttle(breaker, at)
        rests.append((breaker.closed_until - at) // SECOND)
        assert find_share(breaker, now=at) == 0 and not breaker.is_open
        at = breaker.closed_until
    assert rests == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    calm = throttle(breaker, at + WINDOW)  # not right after the rest
    assert calm.closed_until == at + WINDOW + FIRST_REST


def test_what_it_takes_ends_its_rests():
    breaker = throttle(throttle(WELL, NOW), NOW + SECOND)
    at = breaker.closed_until
    assert throttle(breaker, at, taken=3).closed_until == at + FIRST_REST
    back = note_taken(note_results(breaker, tries=5, failures=0, now=at), now=at)
    assert throttle(back, at + SECOND).closed_until == at + SECOND + FIRST_REST
    assert note_taken(breaker, now=NOW + SECOND) is breaker  # not over yet: said of others
    calm = note_taken(note_results(back, tries=5, failures=0, now=at + WINDOW), now=at + WINDOW)
    assert calm == WELL  # nothing is to be written any more


def test_one_that_is_away_keeps_to_its_probes():
    opened = fail(WELL)
    assert rest_shortly(opened, WELL, now=NOW) is opened
    assert note_taken(opened, now=NOW + REST) is opened


def test_it_says_since_when_it_is_open_however_many_probes_fail():
    failed = fail(begin_probe(fail(WELL), now=NOW + REST), 1, at=NOW + REST + SECOND)
    assert failed.is_open and failed.opened_at == NOW


def test_a_row_holds_all_of_it():
    row = SimpleNamespace()
    opened = fail(WELL)
    write_breaker(row, opened)
    assert read_breaker(row) == opened and set(vars(row)) == set(COLUMNS)
    for table in (CallTarget, ProviderAccount):
        assert set(COLUMNS) <= set(table.__table__.columns.keys())
