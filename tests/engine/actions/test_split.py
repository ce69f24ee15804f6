from collections import Counter
from datetime import timedelta
from math import sqrt
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import ValidationError

from engine.actions.split import derive_bucket, get_salt
from engine.decision import Advance, AssignArm
from tests.engine.actions.making import ANN, NOW, decide, facts_of, node_of

VECTORS = [
    ("abandoned-cart/offer", "018f6f8e-1c1e-7000-8000-000000000001", 8625),
    ("abandoned-cart/offer", "018f6f8e-1c1e-7000-8000-000000000002", 3247),
    ("onboarding-pace-1", "018f6f8e-1c1e-7000-8000-000000000001", 4944),
    ("x", "", 1744),
    ("größe", "ö", 1262),
]
"""Published in docs/journeys.md: other languages reach the same buckets."""


def split(*weights, **fields):
    arms = [{"label": f"arm {n}", "weight": weight} for n, weight in enumerate(weights)]
    return node_of("split", paths=arms, **fields)


def people(count):
    return [str(UUID(int=number)) for number in range(count)]


@pytest.mark.parametrize(("salt", "contact", "bucket"), VECTORS)
def test_r059_a_bucket_is_the_same_in_any_process_and_language(salt, contact, bucket):
    assert derive_bucket(salt, contact) == bucket


def test_r059_the_vectors_are_published():
    text = (Path(__file__).parents[3] / "docs" / "journeys.md").read_text(encoding="utf-8")
    for salt, contact, bucket in VECTORS:
        assert f"| `{salt}` | {f'`{contact}`' if contact else '(empty)'} | {bucket} |" in text


def test_the_salt_is_the_nodes_own_or_its_place():
    assert get_salt(split(100, salt="mine"), journey="j", key="n") == "mine"
    assert get_salt(split(100), journey="j", key="n") == "j/n"


def test_r060_the_first_visit_remembers_the_arm():
    decision = decide(split(50, 50, salt="x"), facts_of())
    [effect] = decision.effects
    assert decision.outcome == Advance(effect.label)
    assert effect == AssignArm("x", effect.label)
    assert (derive_bucket("x", ANN) < 5_000) is (effect.label == "arm 0")


def test_r060_an_arm_that_is_held_is_kept_whatever_the_weights_say_now():
    decision = decide(split(0, 100, salt="x"), facts_of(arms={"x": "arm 0"}))
    assert (decision.outcome, decision.effects) == (Advance("arm 0"), ())


def test_r060_the_holder_of_an_arm_that_is_gone_gets_another():
    decision = decide(split(100, salt="x"), facts_of(arms={"x": "arm 7"}))
    assert decision.effects == (AssignArm("x", "arm 0", instead_of="arm 7"),)


def test_an_arm_of_another_split_does_not_count():
    assert decide(split(100, salt="x"), facts_of(arms={"y": "arm 3"})).effects != ()


def test_r061_two_hundred_thousand_fall_as_the_weights_say():
    count, weights = 200_000, (50, 40, 10)
    ends = (5_000, 9_000, 10_000)
    drawn = Counter(
        next(arm for arm, end in enumerate(ends) if bucket < end)
        for bucket in (derive_bucket("three", contact) for contact in people(count))
    )
    for arm, weight in enumerate(weights):
        share = weight / 100
        assert abs(drawn[arm] - count * share) <= 3 * sqrt(count * share * (1 - share))


def test_r061_two_splits_with_salts_of_their_own_are_independent():
    count = 200_000
    both = sum(
        (derive_bucket("one", contact) < 5_000) is (derive_bucket("two", contact) < 5_000)
        for contact in people(count)
    )
    assert abs(both - count / 2) <= 3 * sqrt(count / 4)


WINNER = {"goal": "bought", "after": "P7D"}


def test_r064_new_arrivals_take_the_winner_and_holders_keep_what_they_have():
    node = split(50, 50, salt="x", winner=WINNER)
    for label in ("arm 0", "arm 1"):
        new = decide(node, facts_of(winners={"here": label}))
        assert (new.outcome, new.effects) == (Advance(label), (AssignArm("x", label),))
    kept = decide(node, facts_of(winners={"here": "arm 1"}, arms={"x": "arm 0"}))
    assert (kept.outcome, kept.effects) == (Advance("arm 0"), ())


@pytest.mark.parametrize("winners", [{"here": "arm 9"}, {"elsewhere": "arm 1"}, {}])
def test_a_winner_that_is_no_arm_of_this_split_does_not_count(winners):
    drawn = decide(split(100, 0, salt="x", winner=WINNER), facts_of(winners=winners))
    assert drawn.outcome == Advance("arm 0")


def test_a_split_that_asks_for_no_winner_has_none():
    drawn = decide(split(100, 0, salt="x"), facts_of(winners={"here": "arm 1"}))
    assert drawn.outcome == Advance("arm 0")


@pytest.mark.parametrize(
    "wrong",
    [
        {"winner": WINNER, "rerandomize": "each_run"},
        {"winner": WINNER | {"after": "PT0S"}},
        {"winner": WINNER | {"confidence": 1.0}},
        {"winner": WINNER | {"at_least": 0}},
        {"salt": "holdout:j"},
        {"paths": [{"label": name, "weight": 50, "control": True} for name in "ab"]},
    ],
)
def test_what_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValidationError):
        node_of("split", **({"paths": [{"label": "a", "weight": 100}]} | wrong))


def test_the_arms_drawn_are_those_of_the_buckets():
    node = split(30, 70, salt="x")
    for contact in people(50):
        expected = "arm 0" if derive_bucket("x", contact) < 3_000 else "arm 1"
        assert decide(node, facts_of(contact_uid=contact)).outcome == Advance(expected)


def test_r062_another_run_may_draw_another_arm_only_where_that_is_asked_for():
    runs = [NOW + timedelta(minutes=number) for number in range(40)]
    again = split(50, 50, rerandomize="each_run")
    drawn = {decide(again, facts_of(entered_at=entered_at)).outcome for entered_at in runs}
    assert drawn == {Advance("arm 0"), Advance("arm 1")}
    kept = {decide(split(50, 50), facts_of(entered_at=run)).outcome for run in runs}
    assert len(kept) == 1


def test_within_one_run_the_same_arm_is_drawn_again_and_nothing_is_remembered():
    node = split(50, 50, rerandomize="each_run")
    decisions = [
        decide(node, facts_of(visit=visit, arms={"welcome/here": "arm 9"})) for visit in (1, 2)
    ]
    assert decisions[0] == decisions[1]
    assert decisions[0].effects == ()
