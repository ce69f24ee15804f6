"""Arms compared: who gets which, when one wins, and what an edit ends."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from engine.journeys.by_key import get_journey
from engine.journeys.reporting.reports import report
from engine.journeys.running.experiments import decide_due
from engine.models.contact import Contact
from engine.models.journey import Assignment, Enrollment, Experiment
from tests.scenarios.test_concurrency import at_once

SALT = "j/half"
WINNER = {
    "goal": "bought",
    "after": "P7D",
    "at_least": 5,
}  # by chance, fewer of forty: 1 in 5 million
ARMS = [
    {"label": "old", "weight": 50, "control": True, "next": "to-old"},
    {"label": "new", "weight": 50, "next": "to-new"},
]


def describe(**split):
    half = {"kind": "split", "paths": ARMS, "winner": WINNER} | split
    return {
        "trigger": {"kind": "event", "event": "Came"},
        "entry": {"reentry": {"mode": "after_exit"}},
        "goals": [{"name": "bought", "event": "Bought", "within": "P30D"}],
        "start": "half",
        "nodes": {
            "half": half,
            "to-old": {"kind": "tag", "add": ["old"]},
            "to-new": {"kind": "tag", "add": ["new"]},
        },
    }


def come(shop, *users):
    for user in users:
        shop.say(event="Came", userId=user)
    shop.work()


def users(count, prefix="u"):
    return [f"{prefix}{number}" for number in range(count)]


def buy(shop, label, people):
    """Let everybody who holds this arm buy."""
    holders = {contact for (contact,) in shop.ask(Assignment.contact_id, label=label)}
    ids = sorted(contact for (contact,) in shop.ask(Contact.id))
    for user, contact in zip(people, ids, strict=True):
        if contact in holders:
            shop.say(event="Bought", userId=user)
    shop.work()


def look(shop):
    with shop.database.transaction() as session:
        return decide_due(session, now=shop.now)


def winner(shop):
    return shop.ask(Experiment.winner, Experiment.decided_at)


def arms(shop):
    return Counter(label for (label,) in shop.ask(Assignment.label))


def show(shop):
    with shop.database.reading() as session:
        return report(session, get_journey(session, "j"))["experiments"]["half"]


@pytest.fixture
def forty(shop):
    """A shop whose new arm made all of its people buy, and the old one nobody."""
    shop.publish(**describe())
    people = users(40)
    come(shop, *people)
    shop.pass_time(days=1)
    buy(shop, "new", people)
    look(shop)
    return shop


def test_r064_the_winner_is_chosen_once_at_the_end_of_the_window(forty):
    forty.pass_time(days=5, hours=23)
    assert look(forty) == 0
    assert winner(forty) == [(None, None)]
    forty.pass_time(hours=1)
    ended_at = forty.now
    assert look(forty) == 1
    forty.pass_time(days=1)
    assert look(forty) == 0
    assert winner(forty) == [("new", ended_at)]


def test_r064_after_it_new_arrivals_go_to_the_winner_and_earlier_people_stay(forty):
    before = arms(forty)
    forty.pass_time(days=6)
    look(forty)
    come(forty, *users(15, "late"))
    assert arms(forty) == before + Counter(new=15)
    come(forty, *users(40))
    ways = Counter(tuple(kept["tags"]) for (kept,) in forty.ask(Contact.attributes))
    assert ways == {("old",): before["old"], ("new",): before["new"] + 15}
    assert arms(forty) == before + Counter(new=15)


def test_r064_below_the_sample_the_fallback_is_taken(shop):
    shop.publish(**describe(winner=WINNER | {"at_least": 100, "fallback": "old"}))
    people = users(20)
    come(shop, *people)
    buy(shop, "new", people)
    shop.pass_time(days=7)
    look(shop)
    look(shop)
    assert winner(shop) == [("old", shop.now)]
    assert show(shop)["test"]["reason"] == "too_few"


def test_r064_without_a_winner_everybody_is_divided_as_before(shop):
    shop.publish(**describe())
    come(shop, *users(30))
    shop.pass_time(days=7)
    assert look(shop) == 1
    assert winner(shop) == [(None, shop.now)]
    come(shop, *users(30, "late"))
    assert min(arms(shop).values()) > 10


def test_r064_success_after_the_window_does_not_count(shop):
    shop.publish(**describe())
    people = users(40)
    come(shop, *people)
    look(shop)
    shop.pass_time(days=8)
    buy(shop, "new", people)
    look(shop)
    assert show(shop)["test"]["reason"] == "no_difference"


def test_r064_many_looks_at_once_decide_once(forty):
    forty.now += timedelta(days=6)
    counts = []
    at_once(*([lambda: counts.append(look(forty))] * 4))
    assert sum(counts) == 1


def test_r065_an_unrelated_edit_does_not_end_the_experiment(forty):
    before = forty.ask(Experiment.design, Experiment.began_at, Experiment.first_at)
    forty.pass_time(days=2)
    changed = describe()
    changed["nodes"]["to-old"]["add"] = ["old", "more"]
    published = forty.publish(**changed)
    assert (published.is_new, published.warnings) == (True, ())
    assert forty.ask(Experiment.design, Experiment.began_at, Experiment.first_at) == before
    forty.pass_time(days=4)
    assert look(forty) == 1
    assert winner(forty) == [("new", forty.now)]


def test_r065_touching_its_arms_ends_it_with_a_warning(forty):
    forty.pass_time(days=6)
    look(forty)
    before = arms(forty)
    weights = [ARMS[0] | {"weight": 90}, ARMS[1] | {"weight": 10}]
    published = forty.publish(**describe(paths=weights))
    assert [(one.code.value, one.severity, one.node) for one in published.warnings] == [
        ("experiment_ends", "warning", "half")
    ]
    assert forty.ask(Experiment.winner, Experiment.began_at) == [(None, forty.now)]
    come(forty, *users(40))
    assert arms(forty) == before  # whoever holds an arm keeps it (rule 60)
    come(forty, *users(40, "late"))
    assert (arms(forty) - before)["old"] > 25
    assert sum(arm["people"] for arm in show(forty)["arms"].values()) == 40


def test_r065_a_split_that_is_taken_away_is_no_experiment_any_more(forty):
    changed = describe()
    del changed["nodes"]["half"]
    changed |= {"start": "to-old"}
    del changed["nodes"]["to-new"]
    assert [one.code.value for one in forty.publish(**changed).warnings] == ["experiment_ends"]
    assert forty.ask(Experiment.node) == []


def test_r060_a_removed_arm_is_replaced_when_its_holder_comes_again_and_that_is_counted(forty):
    before = arms(forty)
    three = [ARMS[0], ARMS[1] | {"label": "newer"}]
    forty.publish(**describe(paths=three))
    assert arms(forty) == before
    come(forty, "u0", "u1", "u2")
    gone = before["new"] - arms(forty)["new"]
    come(forty, *users(40))
    again = arms(forty)
    assert again["new"] == 0
    assert again["old"] + again["newer"] == 40
    assert again["old"] >= before["old"]
    assert 0 <= gone <= 3
    assert show(forty)["reassigned"] == {"new": before["new"]}
    times = {at for (at,) in forty.ask(Assignment.assigned_at, label="newer")}
    assert times == {forty.now}


def test_r062_coming_again_keeps_the_arm(shop):
    shop.publish(**describe())
    for _ in range(3):
        come(shop, *users(10))
        shop.pass_time(days=1)
    assert all(len(kept["tags"]) == 1 for (kept,) in shop.ask(Contact.attributes))
    assert len(shop.ask(Enrollment.id)) == 30


def test_r062_unless_each_run_is_to_draw_again(shop):
    changed = describe(rerandomize="each_run")
    del changed["nodes"]["half"]["winner"]
    shop.publish(**changed)
    for _ in range(8):
        come(shop, *users(10))
        shop.pass_time(days=1)
    assert any(len(kept["tags"]) == 2 for (kept,) in shop.ask(Contact.attributes))
    assert shop.ask(Assignment.label) == []


def test_the_report_shows_the_people_and_successes_of_each_arm(forty):
    counts = arms(forty)
    shown = show(forty)
    assert shown["arms"] == {
        "old": {"control": True, "people": counts["old"], "goals": {"bought": 0}},
        "new": {"control": False, "people": counts["new"], "goals": {"bought": counts["new"]}},
    }
    assert (shown["winner"], shown["began_at"]) == (None, datetime(2026, 3, 25, 12, tzinfo=UTC))
    assert shown["ends_at"] == datetime(2026, 4, 1, 12, tzinfo=UTC)
