"""Sending limits: windows, free instants, and who goes first. Pure."""

import dataclasses
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.messages.gates.limits import (
    TURN,
    Allowances,
    Bid,
    Capped,
    Limit,
    Use,
    find_free,
    find_window,
    read_bid_gates,
)
from engine.when.zones import get_zone

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)  # a Wednesday
BERLIN = get_zone("Europe/Berlin")
HOUR = timedelta(hours=1)
DAILY = Limit("daily", 3, timedelta(days=1))
ANN = Bid(1, 7, "email", "marketing", "news", 1, NOON, BERLIN)


def ago(*hours):
    return [NOON - HOUR * one for one in hours]


def find(limit, times, now=NOON):
    return find_free(limit, times, now=now, zone=BERLIN)


def with_(bid=ANN, **changed):
    return dataclasses.replace(bid, **changed)


def use(id_, at=NOON - HOUR, *, transactional=False, channel="email", topic="news"):
    return Use(id_, channel, topic, transactional, at)


def test_r088_a_rolling_window_is_free_when_fewer_than_n_count():
    assert find(DAILY, ago(1, 2)) == NOON
    assert find(DAILY, ago(1, 2, 23)) == NOON + HOUR
    assert find(DAILY, ago(1, 2, 24)) == NOON  # (now - W, now]: what is a whole W ago is out
    assert find(DAILY, ago(1, 2, 3, 4, 5)) == NOON + HOUR * 21  # the third from the end goes out


@given(
    st.lists(st.integers(0, 200), max_size=12),
    st.integers(1, 5),
    st.integers(1, 60),
)
def test_r088_the_free_instant_is_the_first(hours, most, length):
    limit = Limit("l", most, HOUR * length)
    times = [NOON - HOUR * one for one in hours]
    free = find(limit, times)

    def count(at):
        return sum(at - limit.window < one <= at for one in times)

    assert count(free) < most
    walked = NOON
    while walked < free:
        assert count(walked) >= most
        walked += HOUR
    assert walked == free


def test_r088_a_calendar_window_begins_anew_at_the_recipients_midnight():
    daily = Limit("daily", 1, "day")
    eleven = datetime(2026, 3, 25, 22, tzinfo=UTC)  # 23:00 in Berlin
    half_past_midnight = datetime(2026, 3, 25, 23, 30, tzinfo=UTC)  # 00:30 the day after
    midnight = datetime(2026, 3, 25, 23, tzinfo=UTC)
    assert find(daily, [NOON], eleven) == midnight
    assert find(daily, [NOON, eleven], half_past_midnight) == half_past_midnight
    assert find(daily, [midnight], half_past_midnight) == midnight + timedelta(days=1)


def test_r088_a_week_is_from_monday_and_a_day_in_spring_has_23_hours():
    begins, ends = find_window("week", now=NOON, zone=BERLIN)
    assert begins == datetime(2026, 3, 22, 23, tzinfo=UTC)
    assert ends == datetime(2026, 3, 29, 22, tzinfo=UTC)
    sunday = datetime(2026, 3, 29, 12, tzinfo=UTC)
    begins, ends = find_window("day", now=sunday, zone=BERLIN)
    assert ends - begins == HOUR * 23


def test_r090_zero_is_never_and_not_soon():
    never = Limit("never", 0, timedelta(days=1), policy="hold")
    assert find(never, []) is None
    assert Allowances([never]).find_capped(ANN, now=NOON) == Capped(
        "never", None, NOON + timedelta(days=7)
    )
    assert not Allowances([never]).find_capped(ANN, now=NOON).is_held


def test_a_limit_is_about_its_channel_and_topic_alone():
    limits = [Limit("sms", 0, "day", channel="sms"), Limit("tips", 0, "day", topic="tips")]
    allowances = Allowances(limits)
    assert allowances.find_capped(ANN, now=NOON) is None
    assert allowances.find_capped(with_(channel="sms"), now=NOON).by == "sms"
    assert allowances.find_capped(with_(topic="tips"), now=NOON).by == "tips"
    assert allowances.find_capped(with_(channel="webhook"), now=NOON) is None


def test_of_several_limits_the_last_to_be_free_decides_and_skip_before_hold():
    held = [
        Limit("daily", 1, timedelta(days=1), policy="hold", hold_for=timedelta(days=3)),
        Limit("weekly", 1, timedelta(days=7), policy="hold"),
    ]
    uses = {7: [use(9)]}
    capped = Allowances(held, uses).find_capped(ANN, now=NOON)
    free = NOON - HOUR + timedelta(days=7)
    assert capped == Capped("weekly", free, NOON + timedelta(days=3))
    assert not capped.is_held
    daily = Allowances(held[:1], uses).find_capped(ANN, now=NOON)
    assert daily.is_held
    one_skips = [held[0], dataclasses.replace(held[1], policy="skip")]
    assert Allowances(one_skips, uses).find_capped(ANN, now=NOON).holds_until is None


def test_r092_a_node_has_the_last_word():
    skips, holds = DAILY, dataclasses.replace(DAILY, policy="hold")
    uses = {7: [use(n) for n in (2, 3, 4)]}

    def hold(limit, **said):
        return Allowances([limit], uses).find_capped(with_(**said), now=NOON).holds_until

    assert hold(skips, on_cap="hold", hold_for=HOUR) == NOON + HOUR
    assert hold(holds, on_cap="skip") is None
    assert hold(holds, on_cap="exit") is None
    since = NOON - HOUR
    assert hold(skips, on_cap="hold", hold_for=HOUR * 3, held_since=since) == since + HOUR * 3


def test_r091_what_is_transactional_is_not_limited_and_counts_only_when_flagged():
    order = with_(message_class="transactional", id=5)
    for flagged, expected in ((False, None), (True, "one")):
        limit = Limit("one", 1, "day", counts_transactional=flagged)
        allowances = Allowances([limit])
        for _ in range(2):
            assert allowances.find_capped(order, now=NOON) is None
            allowances.take(order, now=NOON)
        capped = allowances.find_capped(ANN, now=NOON)
        assert (capped and capped.by) == expected
        assert len(allowances.taken) == (2 if flagged else 0)


def test_what_is_tried_again_does_not_stand_in_its_own_way():
    limit = Limit("one", 1, "day")
    assert Allowances([limit], {7: [use(ANN.id)]}).find_capped(ANN, now=NOON) is None


def test_r089_a_better_message_that_is_due_goes_first():
    limit = Limit("two", 2, timedelta(days=1))
    high = with_(id=50, rank=0, came_due=NOON + HOUR)
    earlier = with_(id=60, came_due=NOON - HOUR)
    worse = with_(id=70, rank=2, came_due=NOON - HOUR)
    yields = Capped("two", NOON + TURN, NOON + TURN)
    for rivals, expected in (
        ([worse], None),
        ([high, worse], None),  # there is room for two
        ([high, earlier], yields),
        ([high, with_(high, id=51, topic="tips")], yields),
    ):
        allowances = Allowances([limit], {}, {7: rivals})
        assert allowances.find_capped(ANN, now=NOON) == expected
    assert yields.is_held
    same = sorted([ANN, high, earlier, worse, with_(id=0)], key=lambda bid: bid.place)
    assert [bid.id for bid in same] == [50, 60, 0, 1, 70]


def test_r084_of_one_kind_only_the_first_of_a_group_goes():
    first = with_(journey_id=1, node="hello", template="a")
    for once, like, other in (
        ("node", {"template": "b"}, {"node": "more"}),
        ("journey", {"node": "more"}, {"journey_id": 2}),
        ("template", {"journey_id": 2, "node": "more"}, {"template": "b"}),
    ):
        allowances = Allowances()
        allowances.take(first, now=NOON)
        assert allowances.is_repeated(with_(first, id=2, once=once, **like))
        assert not allowances.is_repeated(with_(first, id=2, once=once, **other))
        assert not allowances.is_repeated(with_(first, id=2, once=once, contact_id=8))
        assert not allowances.is_repeated(with_(first, id=2))


def test_what_a_row_says_is_read():
    assert read_bid_gates({}) == {"rank": 1, "on_cap": None, "hold_for": None, "once": None}
    said = {"priority": "high", "on_cap": "hold", "hold_for": "PT6H", "once_per": "node"}
    assert read_bid_gates(said) == {
        "rank": 0,
        "on_cap": "hold",
        "hold_for": HOUR * 6,
        "once": "node",
    }
