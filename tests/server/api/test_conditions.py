"""For how many contacts a condition is true, over HTTP."""

from datetime import timedelta

import pytest

from engine.rules.conditions import parse_condition
from engine.segments.counting import count_contacts
from tests.server import rows
from tests.server.conftest import START, log_in

PATH = "/api/v1/conditions/count"
PRO = {"attribute": "plan", "op": "is", "value": "pro"}


@pytest.fixture
def people(house):
    with house.database.transaction() as session:
        for number in range(25):
            rows.add_contact(
                session,
                START,
                email=f"c{number}@example.com",
                attributes={"plan": "pro" if number % 2 else "free", "name": f"C {number}"},
            )
        rows.add_contact(session, START, attributes={"plan": "pro"}, erased_at=START)


def ask(app, condition, role="publisher"):
    return log_in(app, role).post(PATH, json={"condition": condition})


def test_contacts_are_counted_and_the_newest_shown(app, people):
    counted = ask(app, PRO).json
    assert (counted["count"], counted["exact"], counted["of"]) == (12, True, 25)
    assert (counted["looked_at"], counted["cannot"], counted["private"]) == (None, None, [])
    assert len(counted["sample"]) == 10
    assert counted["sample"][0]["name"] == "C 23"
    assert counted["sample"][0]["email"] == "c23@example.com"


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ({"all": [PRO, {"attribute": "plan", "op": "is", "value": "free"}]}, 0),
        ({"none": [PRO]}, 13),
        ({"event": "Order", "op": "not_done", "within": "P30D"}, 25),
        ({"segment": "nowhere", "op": "member"}, 0),
        ({"consent": "news", "channel": "email", "op": "unanswered"}, 25),
        ({"template": "hello", "op": "not_clicked"}, 25),
    ],
)
def test_every_kind_of_question_about_contacts_is_counted(app, people, condition, count):
    assert ask(app, condition).json["count"] == count


def test_who_may_not_see_contacts_sees_how_many_alone(app, people):
    counted = ask(app, PRO, role="editor").json
    assert (counted["count"], counted["sample"]) == (12, [])


def test_what_only_an_enrollment_knows_cannot_be_counted(app):
    condition = {
        "any": [
            PRO,
            {"trigger": "properties.total", "op": "gte", "value": 100},
            {"message": "nudge", "op": "clicked"},
        ]
    }
    counted = ask(app, condition).json
    assert (counted["count"], counted["private"]) == (None, ["trigger", "message"])
    assert "trigger, message" in counted["cannot"]


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"all": []},
        {"attribute": "plan", "op": "is"},
        {"attribute": "plan", "op": "gt", "value": "5"},
        {"attribute": "plan", "op": "loves", "value": "5"},
        {
            "none": [
                {
                    "none": [
                        {
                            "none": [
                                {
                                    "none": [
                                        {
                                            "none": [
                                                {
                                                    "none": [
                                                        {
                                                            "none": [
                                                                {
                                                                    "none": [
                                                                        {
                                                                            "none": [
                                                                                {
                                                                                    "none": [
                                                                                        {
                                                                                            "none": [
                                                                                                PRO
                                                                                            ]
                                                                                        }
                                                                                    ]
                                                                                }
                                                                            ]
                                                                        }
                                                                    ]
                                                                }
                                                            ]
                                                        }
                                                    ]
                                                }
                                            ]
                                        }
                                    ]
                                }
                            ]
                        }
                    ]
                }
            ]
        },
    ],
)
def test_a_condition_that_is_none_is_refused_with_what_is_wrong(app, condition):
    answer = ask(app, condition)
    assert answer.status_code == 422
    assert answer.json.get("problems") or "groups deep" in answer.json["title"]


def test_where_everybody_takes_too_long_the_newest_are_asked_about(house, people, monkeypatch):
    stop = never_at_once(monkeypatch)
    monkeypatch.setattr("engine.segments.counting.SLICE", 10)
    monkeypatch.setattr("engine.segments.counting.SLICES", 2)
    with house.database.reading() as session:
        counted = count(session)
    assert (counted.count, counted.exact, counted.looked_at) == (10, False, 20)
    assert len(counted.sample) == 10
    assert stop == [True]


def test_slices_that_reach_the_end_have_asked_about_everybody(house, people, monkeypatch):
    never_at_once(monkeypatch)
    monkeypatch.setattr("engine.segments.counting.SLICE", 10)
    with house.database.reading() as session:
        counted = count(session)
    assert (counted.count, counted.exact, counted.looked_at) == (12, True, None)


def count(session):
    return count_contacts(session, parse_condition(PRO), now=START, default_zone="UTC")


def never_at_once(monkeypatch):
    """Stop the question about everybody as a database does, once."""
    from engine.db import OutOfTime
    from engine.segments import counting

    asked, ask_ = [], counting._Asking.ask

    def stopped(self, only=None):
        if only is None:
            asked.append(True)
            raise OutOfTime
        return ask_(self, only)

    monkeypatch.setattr(counting._Asking, "ask", stopped)
    return asked


def test_a_statement_that_takes_longer_is_stopped_and_the_reading_goes_on(house, people):
    from sqlalchemy import text

    from engine.db import OutOfTime, limited

    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"  # fmt: skip
    with house.database.reading() as session:
        with pytest.raises(OutOfTime), limited(session, timedelta(seconds=0.1)):
            session.execute(text(endless))
        assert count(session).count == 12
