"""The first page over HTTP: what happened lately, what waits, and what to do first."""

from datetime import timedelta

import pytest

from engine.events.days import Counted, add_to_day, count_by_day
from engine.journeys.reporting.overview import build_course
from engine.messages.states import FailReason, MessageState
from engine.models.journey import GoalReached, TallyDay
from engine.models.message import Template
from server.presence import Presence
from tests.server import rows
from tests.server.conftest import HOUR, START, bearer, log_in, make_key

ROOT = "/api/v1/overview"
DAY = timedelta(days=1)
EPOCH_DAY = (START.date() - START.date().replace(year=1970, month=1, day=1)).days


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


@pytest.fixture
def worker(house):
    presence = Presence(house, "web+worker+scheduler")
    presence.beat()


def list_waiting(browser):
    found = browser.get(ROOT).json["waiting"]
    return {one["kind"]: (one["count"], one["key"] or one["lane"]) for one in found}


def test_a_course_is_held_against_as_many_days_before():
    by_day = {START.date(): 5, START.date() - DAY: 4, START.date() - 2 * DAY: 3}
    by_day[START.date() - 5 * DAY] = 2
    course = build_course(by_day, START.date(), 2)
    assert (list(course.days), course.before) == ([4, 5], 3)


def test_what_happened_is_counted_by_day_and_summed_over_workers(house):
    with house.database.transaction() as session:
        for shard in (0, 1, 17):
            add_to_day(session, Counted.EMAIL, 2, now=START, shard=shard)
        add_to_day(session, Counted.EMAIL, 0, now=START - DAY)
    with house.database.reading() as session:
        found = count_by_day(session, START.date() - DAY, START.date())
    assert found[Counted.EMAIL] == {START.date(): 6}


def test_an_empty_instance_shows_zeros_and_no_step_done(owner, worker):
    shown = owner.get(ROOT).json
    assert shown["days"] == 14
    for name in ("events", "entries", "messages", "goals"):
        assert shown[name] == {"days": [0] * 14, "before": 0}
    assert not any(shown["first_steps"].values())
    assert shown["waiting"] == []


def test_what_happened_today_and_before_is_shown(client, house):
    key = bearer(make_key(house, "server", ["journeys:read"]))
    with house.database.transaction() as session:
        add_to_day(session, Counted.EVENTS, 7, now=START)
        add_to_day(session, Counted.EVENTS, 3, now=START - 20 * DAY)
        add_to_day(session, Counted.EMAIL, 2, now=START)
        add_to_day(session, Counted.SMS, 1, now=START - DAY)
        contact = rows.add_contact(session, START)
        journey, version = rows.add_journey(session, START)
        inside = rows.add_enrollment(session, START, journey, version, contact)
        day = {"version_id": version.id, "node": -1, "label": "entered"}
        session.add(TallyDay(day=EPOCH_DAY, n=4, **day))
        for name, at in (("bought", START), ("paid", START - 13 * DAY), ("old", START - 14 * DAY)):
            session.add(GoalReached(enrollment_id=inside.id, goal=name, at=at))
    fortnight, month = (client.get(f"{ROOT}?days={days}", headers=key).json for days in (14, 30))
    assert (fortnight["events"]["days"][-1], fortnight["events"]["before"]) == (7, 3)
    assert (sum(month["events"]["days"]), month["events"]["before"]) == (10, 0)
    assert fortnight["messages"]["days"][-2:] == [1, 2]
    assert fortnight["entries"]["days"][-1] == 4
    assert (sum(fortnight["goals"]["days"]), fortnight["goals"]["before"]) == (2, 1)
    assert (fortnight["live"], fortnight["inside"]) == (1, 1)
    assert client.get(f"{ROOT}?days=15", headers=key).status_code == 422


def test_first_steps_are_read_off_what_is_there(owner, house):
    make_key(house, "write")
    with house.database.transaction() as session:
        add_to_day(session, Counted.EVENTS, 1, now=START)
        add_to_day(session, Counted.EMAIL, 1, now=START)
        session.add(Template(key="hello", channel="email", name="Hello", created_at=START))
        rows.add_journey(session, START)
    assert all(owner.get(ROOT).json["first_steps"].values())


def test_a_server_s_key_is_no_key_for_tracking(owner, house):
    make_key(house, "server")
    assert owner.get(ROOT).json["first_steps"]["has_key"] is False


def test_what_stands_still_or_broke_waits_for_somebody(owner, house, worker):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        braked, _ = rows.add_journey(session, START, "braked")
        braked.state, braked.paused_for, braked.paused_at = "paused", "brake", START
        quiet, _ = rows.add_journey(session, START, "quiet")
        quiet.sends_paused = True
        changed, version = rows.add_journey(session, START, "changed")
        changed.version_id, changed.draft = version.id, {"name": "another"}
        rows.add_message(session, START, contact, state=MessageState.FAILED, reason="refused")
        rows.add_message(session, START, contact, state=MessageState.UNCERTAIN)
        held = {"channel": "sms", "due_at": START + HOUR, "reason": FailReason.ACCOUNT}
        rows.add_message(session, START, contact, **held)
    assert list_waiting(owner) == {
        "braked": (1, "braked"),
        "sends_paused": (1, "quiet"),
        "unpublished": (1, "changed"),
        "set_aside": (2, "email"),
        "provider": (1, "sms"),
    }


def test_nobody_at_work_and_old_work_are_told(owner, house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        rows.add_message(session, START, contact, due_at=START - HOUR)
    waiting = list_waiting(owner)
    assert waiting["no_worker"] == (1, None)
    assert waiting["slow"] == (1, "email")


def test_who_may_not_see_operations_is_not_told_of_them(client, house):
    key = make_key(house, "server", ["journeys:read"])
    assert client.get(ROOT, headers=bearer(key)).json["waiting"] == []


def test_who_may_not_see_all_that_was_done_sees_what_was_done_to_journeys(app, owner, house):
    owner.put("/api/v1/topics/news", json={"name": "News", "opt_in": "explicit", "revision": 0})
    with house.database.transaction() as session:
        rows.add_journey(session, START)
    owner.post("/api/v1/journeys/welcome/pause", json={"what": "entries"})
    seen = [one["action"] for one in owner.get(ROOT).json["recent"]]
    assert seen == ["journey.paused", "topic.saved"]
    viewer = log_in(app, "viewer")
    assert [one["action"] for one in viewer.get(ROOT).json["recent"]] == ["journey.paused"]
