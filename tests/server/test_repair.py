"""What is stuck is found by whoever looks, and `sojourn repair` mends it (rules 132 and 133)."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from engine.journeys.deciding.states import EnrollmentStatus
from engine.journeys.definition.journey import parse_journey
from engine.journeys.publishing.publish import publish, save_draft
from engine.journeys.reporting import stuck
from engine.journeys.running import runner
from engine.models.account import AuditEntry
from engine.models.journey import Enrollment, Journey, JourneyVersion
from server.cli import app as command
from server.commands import repair
from server.commands.doctor import examine
from tests.server import rows
from tests.server.api.test_why import JOURNEY
from tests.server.conftest import log_in
from tests.server.test_health import read_metrics

LATE = timedelta(minutes=20)


@pytest.fixture
def ids(house):
    """Three that are stuck: late, without a wake, and nowhere."""
    now = house.clock.now()
    ailing = ({"wake_at": now - LATE}, {"wake_at": None}, {"node": 7, "wake_at": now - LATE})
    with house.database.transaction() as session:
        save_draft(session, parse_journey(JOURNEY), now=now)
        publish(session, "welcome", by="test", now=now)
        journey, version = session.query(Journey).one(), session.query(JourneyVersion).one()
        return [
            rows.add_enrollment(
                session, now - LATE, journey, version, rows.add_contact(session, now), **values
            ).id
            for values in ailing
        ]


def list_found(house):
    with house.database.reading() as session:
        return stuck.list_stuck(session, now=house.clock.now())


def read_statuses(house, ids):
    with house.database.reading() as session:
        return [session.get_one(Enrollment, one).status for one in ids]


def test_r132_what_is_stuck_shows_in_the_figures_on_the_page_and_to_the_doctor(
    app, client, house, ids
):
    figures = read_metrics(client.get("/metrics"))
    assert figures['sojourn_enrollments_stuck{ailment="overdue"}'] == 1
    assert figures['sojourn_enrollments_stuck{ailment="no_wake"}'] == 1
    assert figures['sojourn_enrollments_stuck{ailment="no_node"}'] == 1
    assert figures['sojourn_due_lag_seconds{quantile="1"}'] == LATE.total_seconds()
    page = log_in(app).get("/api/v1/queues").json["enrollments"]
    assert page == {
        "due": 2,
        "lag_p50": 1200,
        "lag_p95": 1200,
        "lag_max": 1200,
        "stuck": {"no_node": 1, "no_wake": 1, "overdue": 1},
    }
    (told,) = [one for one in examine(house) if one.words.startswith("enrollments:")]
    assert not told.is_well
    assert "3 stuck" in told.words


def test_r133_repair_mends_each_in_its_way_and_once(house, ids):
    assert repair.repair_enrollments(house, list_found(house)) == (2, 1)
    assert list_found(house) == []
    assert read_statuses(house, ids)[2] == EnrollmentStatus.FAILED
    assert repair.repair_enrollments(house, list_found(house)) == (0, 0)
    with house.database.reading() as session:
        assert session.query(AuditEntry).filter_by(action="enrollments.repaired").count() == 2
    (told,) = [one for one in examine(house) if one.words.startswith("enrollments:")]
    assert told.is_well


def test_r133_one_that_breaks_its_pass_keeps_no_other_from_moving(house, ids, monkeypatch):
    walk = runner.walk

    def break_one(traveller, asker):
        if traveller.enrollment_id == ids[0]:
            raise KeyError("secret")
        return walk(traveller, asker)

    monkeypatch.setattr(runner, "walk", break_one)
    assert repair.repair_enrollments(house, list_found(house)) == (1, 2)
    with house.database.reading() as session:
        assert session.get_one(Enrollment, ids[0]).reason == "broken: KeyError"


def test_r133_a_dry_run_lists_and_changes_nothing(house, ids, monkeypatch):
    class Opened:
        def __init__(self, data):
            pass

        def __enter__(self):
            return house

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(repair, "opened", Opened)
    before = read_statuses(house, ids)
    shown = CliRunner().invoke(command, ["repair", "enrollments", "--dry-run"])
    assert shown.exit_code == 0
    assert f"enrollment:{ids[0]} in welcome: overdue" in shown.output
    assert "3 stuck: 1 no_node, 1 no_wake, 1 overdue; nothing was changed." in shown.output
    assert read_statuses(house, ids) == before
    done = CliRunner().invoke(command, ["repair", "enrollments"])
    assert "3 stuck, 2 mended, 1 set aside." in done.output
    again = CliRunner().invoke(command, ["repair", "enrollments"])
    assert "0 stuck." in again.output
