"""How many a draft may expect to enter, over HTTP: counted from what was."""

from datetime import timedelta

import pytest

from engine.journeys import estimate
from engine.models.segment import Segment
from tests.server import rows
from tests.server.conftest import START, log_in

DAY = timedelta(days=1)
AUDIENCE = {"attribute": "plan", "op": "is", "value": "pro"}


@pytest.fixture
def ask(app, house):
    browser = log_in(app, "editor")

    def post(trigger):
        document = {"format": 1, "key": "j", "name": "J", "trigger": trigger, "nodes": {}}
        saved = browser.put("/api/v1/journeys/j", json={"document": document})
        assert saved.status_code == 200, saved.get_data(as_text=True)
        return browser.post("/api/v1/journeys/j/estimate").json

    return post


@pytest.fixture
def people(house):
    with house.database.transaction() as session:
        found = [rows.add_contact(session, START, attributes={"plan": "pro"}) for _ in range(3)]
        for days in (1, 2, 29, 31):
            rows.add_event(session, found[0], "Came", START - days * DAY)
        rows.add_event(session, found[1], "Came", START - DAY)
        rows.add_event(session, found[2], "Left", START - DAY)
        session.add(
            Segment(
                key="vip",
                name="VIP",
                condition=AUDIENCE,
                created_at=START,
                updated_at=START,
                size=7,
            )
        )


@pytest.mark.parametrize(
    ("trigger", "basis", "times", "people_"),
    [
        ({"kind": "event", "event": "Came"}, "events", 4, 2),
        (
            {
                "kind": "absence",
                "after": {"event": "Came"},
                "without": {"event": "Left"},
                "within": "PT1H",
            },
            "events",
            4,
            2,
        ),
        ({"kind": "segment", "segment": "vip", "change": "entered"}, "segment", None, 7),
        ({"kind": "segment", "segment": "gone", "change": "entered"}, "none", None, None),
        (
            {"kind": "schedule", "cron": "0 9 * * 1", "audience": AUDIENCE},
            "audience",
            None,
            3,
        ),
        ({"kind": "manual"}, "none", None, None),
    ],
)
def test_each_kind_of_trigger_is_counted_by_what_it_goes_by(
    ask, people, trigger, basis, times, people_
):
    told = ask(trigger)
    assert (told["basis"], told["times"], told["people"]) == (basis, times, people_)
    assert (told["days"], told["is_more"]) == (estimate.DAYS, False)


def test_what_happened_too_often_is_counted_up_to_a_bound(ask, people, monkeypatch):
    monkeypatch.setattr(estimate, "MOST", 3)
    told = ask({"kind": "event", "event": "Came"})
    assert (told["times"], told["is_more"]) == (3, True)
