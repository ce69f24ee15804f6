"""Figures add up against the rows: by version, all together, and by day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func

from engine.errors import NotFound
from engine.journeys.by_key import get_journey
from engine.journeys.reporting.reports import choose_versions, list_day_figures, report
from engine.journeys.reporting.whereabouts import Asked, list_people
from engine.journeys.running.tallies import Days
from engine.models.journey import Enrollment, GoalReached, Tally, TallyDay
from engine.models.message import Message
from tests.shop import NOON, SEND

TRIGGER = {"trigger": {"kind": "event", "event": "Signed Up"}}
BOUGHT = {"event": "Order Completed", "value": "properties.total", "name": "bought"}
RETURNED = {"event": "Returned"}
NODES = {
    "hello": {**SEND, "next": "wait"},
    "wait": {"kind": "wait", "for": "P2D", "next": "more"},
    "more": {
        "kind": "wait_for",
        "paths": [{"label": "came", "event": "Came Back", "next": "later"}],
        "timeout": {"after": "P3D", "next": None},
    },
    "later": {"kind": "send_email", "template": "later", "class": "transactional"},
}
EXITS = [{"event": "Returned", "reason": "returned"}]
PEOPLE = ("ann", "bea", "cid", "dan")


@pytest.fixture
def lived(shop):
    """Four enter in a first version, one of them twice over three days, and two in a second."""
    publish(shop)
    for one in PEOPLE:
        come(shop, one)
    shop.deliver()
    shop.pass_time(days=1)
    buy(shop, "ann", 20)
    shop.say(event="Returned", userId="bea")
    shop.work()
    publish(shop, extra={"end": {"kind": "leave", "reason": "done"}}, after="end")
    come(shop, "eve")
    come(shop, "fay")
    shop.pass_time(days=1)
    buy(shop, "eve", 5.5)
    buy(shop, "cid", 4)
    shop.say(event="Came Back", userId="cid")
    shop.work()
    shop.deliver()
    shop.pass_time(days=1)
    return shop


def publish(shop, extra=None, after=None):
    nodes = {**NODES, "later": {**NODES["later"], "next": after}, **(extra or {})}
    shop.publish(**TRIGGER, start="hello", nodes=nodes, goals=[BOUGHT], exits=EXITS)


def come(shop, person):
    shop.say("identify", userId=person, traits={"email": f"{person}@example.com", "name": person})
    shop.say(event="Signed Up", userId=person)
    shop.work()


def buy(shop, person, total):
    shop.say(event="Order Completed", userId=person, properties={"total": total})
    shop.work()


def ask(shop, chosen=None, days=None):
    with shop.database.reading() as session:
        return report(session, get_journey(session, "j"), chosen, days)


def list_days_of(shop, chosen=None, days=None):
    with shop.database.reading() as session:
        reported = choose_versions(session, get_journey(session, "j"), chosen)
        return list_day_figures(session, reported, days)


def find(shop, chosen="all", before=None, limit=50, **asked):
    with shop.database.reading() as session:
        reported = choose_versions(session, get_journey(session, "j"), chosen)
        return list_people(session, reported, Asked(**asked), before=before, limit=limit)


def test_r127_figures_of_all_versions_agree_with_the_rows(lived):
    figures = ask(lived, "all")
    rows = lived.ask(Enrollment.status, Enrollment.reason)
    statuses = Counter(status for status, _ in rows)
    assert figures["entered"] == len(rows) == 6
    assert figures["active"] == statuses[0] + statuses[1]
    assert figures["completed"] == statuses[2]
    assert figures["exited"] == Counter(reason for status, reason in rows if status == 3)
    assert sum(node["waiting"] for node in figures["nodes"].values()) == figures["active"]
    for node in figures["nodes"].values():
        gone = sum(node["paths"].values()) + sum(node["exited"].values())
        assert node["entered"] + node["moved_in"] == gone + node["waiting"] + node["set_aside"]
    assert (figures["version"], figures["elsewhere"]) == (None, 0)


def test_a_version_counts_its_own_and_says_how_many_are_elsewhere(lived):
    first, second, whole = ask(lived, 1), ask(lived), ask(lived, "all")
    assert (first["version"], second["version"]) == (1, 2)
    assert (first["entered"], second["entered"]) == (4, 2)
    for name in ("entered", "active", "completed"):
        assert first[name] + second[name] == whole[name]
    assert first["elsewhere"] == second["active"]
    assert "end" not in first["nodes"]
    assert whole["nodes"]["hello"]["entered"] == 6


def test_a_version_that_is_not_there_is_not_reported(lived):
    with pytest.raises(NotFound, match="no version 3"):
        ask(lived, 3)


def test_goals_are_counted_and_their_values_summed(lived):
    assert ask(lived, "all")["goals"] == {"bought": {"reached": 3, "value": "29.5"}}
    assert ask(lived, 1)["goals"] == {"bought": {"reached": 2, "value": "24"}}
    days = Days(date(2026, 3, 27), date(2026, 3, 27))
    assert ask(lived, "all", days)["goals"] == {"bought": {"reached": 2, "value": "9.5"}}
    assert len(lived.ask(GoalReached.goal)) == 3


def test_messages_are_counted_by_node_and_fate(lived):
    messages = ask(lived, "all")["messages"]
    states = Counter(lived.ask(Message.node, Message.state))
    assert messages["hello"]["sent"] == states["hello", 2] == 6
    assert messages["later"]["sent"] == states["later", 2] == 1
    assert messages["hello"]["channel"] == "email"
    assert messages["hello"]["reasons"] == {}


def test_skipped_messages_say_why(shop):
    publish(shop)
    come(shop, "ann")
    with shop.database.transaction() as session:
        session.query(Message).update({"state": 3, "reason": "suppressed"})
    messages = ask(shop)["messages"]
    assert messages["hello"]["reasons"] == {"skipped": {"suppressed": 1}}
    assert (messages["hello"]["skipped"], messages["hello"]["queued"]) == (1, 0)


def test_the_sum_of_the_days_is_the_total(lived):
    totals = {
        tuple(key): n for *key, n in lived.ask(Tally.version_id, Tally.node, Tally.label, Tally.n)
    }
    days = Counter()
    for *key, n in lived.ask(TallyDay.version_id, TallyDay.node, TallyDay.label, TallyDay.n):
        days[tuple(key)] += n
    assert days == totals
    assert lived.ask(func.count(TallyDay.day.distinct())) == [(4,)]


@pytest.mark.parametrize("chosen", [None, 1, "all"])
def test_days_add_up_to_the_report_of_their_time(lived, chosen):
    first, last = NOON.date(), NOON.date() + timedelta(days=3)
    shown = list_days_of(lived, chosen)
    whole = ask(lived, chosen)
    assert sum(one["entered"] for one in shown) == whole["entered"]
    assert sum(one["completed"] for one in shown) == whole["completed"]
    assert sum(one["exited"] for one in shown) == sum(whole["exited"].values())
    assert (
        sum(one["goals"].get("bought", 0) for one in shown) == whole["goals"]["bought"]["reached"]
    )
    ranged = ask(lived, chosen, Days(first, last))
    for name in ("entered", "completed", "exited", "refused", "goals", "messages", "nodes"):
        assert ranged[name] == whole[name]


def test_a_day_counts_what_it_added_and_shows_who_is_there_now(lived):
    day = NOON.date() + timedelta(days=1)
    shown = ask(lived, "all", Days(day, day))
    assert (shown["entered"], shown["exited"]) == (2, {"returned": 1})
    assert shown["nodes"]["hello"]["entered"] == 2
    assert shown["messages"]["hello"]["sent"] == 2
    assert shown["active"] == ask(lived, "all")["active"]
    only = list_days_of(lived, "all", Days(day, day))
    assert [(one["day"], one["entered"], one["exited"]) for one in only] == [(day, 2, 1)]


def test_people_are_found_at_a_node_with_what_they_wait_for(lived):
    there = find(lived, node="more", status="inside")
    assert {one.name for one in there} == {"ann", "dan", "eve", "fay"}
    assert len(there) == ask(lived, "all")["nodes"]["more"]["waiting"]
    assert {(one.expects, one.may_skip) for one in there} == {(("Came Back",), True)}
    by_name = {one.name: one for one in there}
    assert by_name["dan"].until == NOON + timedelta(days=5)
    assert by_name["dan"].since == NOON + timedelta(days=2)
    assert by_name["dan"].email == "dan@example.com"
    assert by_name["dan"].external_id == "dan"
    assert (by_name["dan"].version, by_name["eve"].version) == (1, 2)


def test_people_are_found_by_what_became_of_them(lived):
    assert [one.name for one in find(lived, status="exited", reason="returned")] == ["bea"]
    assert [one.name for one in find(lived, status="completed")] == ["cid"]
    assert {one.name for one in find(lived, goal="bought")} == {"ann", "eve", "cid"}
    assert [one.name for one in find(lived, goal="bought", chosen=2)] == ["eve"]
    assert [one.message_node for one in find(lived, message="sent", node="later")] == ["later"]
    assert find(lived, message="failed") == []
    assert find(lived, message="opened") == []
    with pytest.raises(NotFound):
        find(lived, node="nowhere")


def test_people_are_listed_page_by_page(lived):
    everybody = find(lived)
    pages, before = [], None
    while page := find(lived, before=before, limit=2):
        pages.append(page)
        before = page[-1].cursor
    assert [len(page) for page in pages] == [2, 2, 2]
    assert [one.enrollment for page in pages for one in page] == [
        one.enrollment for one in everybody
    ]
    assert [one.enrollment for one in everybody] == sorted(
        (one.enrollment for one in everybody), reverse=True
    )
