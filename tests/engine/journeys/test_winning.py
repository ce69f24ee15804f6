from datetime import timedelta
from random import Random

import pytest

from engine.actions.split import Winner
from engine.journeys.running.winning import Arm, compare, judge


def rules(**fields):
    given = {"goal": "bought", "after": timedelta(days=7), "at_least": 100}
    return Winner(**(given | fields))


def arms(*counts, control=None):
    return [
        Arm(f"arm {place}", people, successes, is_control=place == control)
        for place, (people, successes) in enumerate(counts)
    ]


def chi_square(a, b, c, d):
    """Pearson's statistic of a table of two by two, whose root is z."""
    total = a + b + c + d
    return total * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d))


@pytest.mark.parametrize(
    ("one", "other"), [((1000, 200), (1000, 150)), ((400, 30), (900, 81)), ((50, 1), (70, 69))]
)
def test_z_is_the_root_of_pearsons_chi_square(one, other):
    found = compare(Arm("a", *one), Arm("b", *other))
    expected = chi_square(one[1], one[0] - one[1], other[1], other[0] - other[1])
    assert found.z**2 == pytest.approx(expected)
    assert (found.z > 0) is (one[1] / one[0] > other[1] / other[0])


def test_a_known_p_value():
    found = compare(Arm("a", 1000, 200), Arm("b", 1000, 150))
    assert found.z == pytest.approx(2.9424, abs=1e-4)
    assert found.p == pytest.approx(0.00326, abs=1e-5)


@pytest.mark.parametrize("successes", [0, 100])
def test_where_nobody_or_everybody_succeeds_there_is_no_difference(successes):
    found = compare(Arm("a", 100, successes), Arm("b", 100, successes))
    assert (found.z, found.p) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("counts", "control", "fields", "winner", "reason"),
    [
        (((1000, 150), (1000, 200)), 0, {}, "arm 1", "better"),
        (((1000, 200), (1000, 150)), 0, {}, "arm 0", "better"),
        (((1000, 150), (1000, 200)), None, {}, "arm 1", "better"),
        (((1000, 150), (1000, 200)), 0, {"confidence": 0.999}, None, "no_difference"),
        (((1000, 150), (1000, 160)), 0, {}, None, "no_difference"),
        (((1000, 150), (1000, 160)), 0, {"fallback": "arm 0"}, "arm 0", "no_difference"),
        (((1000, 150), (99, 99)), 0, {}, None, "too_few"),
        (((1000, 150), (99, 99)), 0, {"fallback": "arm 1"}, "arm 1", "too_few"),
        (((1000, 150), (0, 0)), 0, {}, None, "too_few"),
        # Surely better than the control is enough, where there is one.
        (((1000, 150), (1000, 205), (1000, 200)), 0, {}, "arm 1", "better"),
        (((1000, 150), (1000, 205), (1000, 200)), None, {}, None, "no_difference"),
        # Sure enough for one comparison (p = 0.03), not for the best of three.
        (((1000, 150), (1000, 186)), 0, {}, "arm 1", "better"),
        (((1000, 150), (1000, 186), (1000, 150)), 0, {}, None, "no_difference"),
        (((1000, 150),), None, {}, None, "no_difference"),
        (((1000, 0), (1000, 0)), 0, {}, None, "no_difference"),
    ],
)
def test_r064_an_arm_wins_only_when_it_is_better_for_sure(counts, control, fields, winner, reason):
    ruling = judge(arms(*counts, control=control), rules(**fields))
    assert (ruling.winner, ruling.reason) == (winner, reason)


def test_r064_equal_arms_seldom_win():
    random = Random(7)
    rounds, people = 1000, 400
    wins = sum(
        judge(
            arms(*((people, sum(random.random() < 0.2 for _ in range(people))) for _ in range(3))),
            rules(),
        ).winner
        is not None
        for _ in range(rounds)
    )
    assert wins / rounds <= 0.05


def test_the_ruling_shows_its_figures():
    shown = judge(arms((1000, 150), (1000, 200), control=0), rules()).describe()
    assert shown["reason"] == "better"
    assert shown["test"].startswith("two-proportion z-test")
    [compared] = shown["compared"]
    assert compared["with"] == "arm 0"
    assert compared["p"] == pytest.approx(0.00326, abs=1e-5)
