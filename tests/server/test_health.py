"""Alive, able to work, and how the lanes stand."""

import re
from pathlib import Path

import pytest

from engine.db import Database
from engine.models.coupon import CouponPool
from engine.models.operation import Process
from engine.tasks import Lane
from server import queues
from server.app import create_app
from tests.server.conftest import START, bearer, build_house, make_key
from tests.server.test_broker import free_port
from tests.server.test_queues import set_things_aside

FAR = {"REMOTE_ADDR": "203.0.113.7"}


def read_metrics(answer):
    assert answer.status_code == 200
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in answer.text.splitlines()
        if line and not line.startswith("#")
    }


def test_a_process_that_can_work_is_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_process_that_ends_lives_but_is_not_ready(client, house):
    house.closing.set()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "shutting down\n")


def test_without_a_database_a_process_lives_but_is_not_ready(tmp_path):
    database = Database(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    client = create_app(build_house(database, tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert client.get("/metrics").status_code == 503


def test_without_our_schema_a_process_is_not_ready(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    client = create_app(build_house(database, tmp_path)).test_client()
    assert client.get("/readyz").status_code == 503
    database.close()


def test_the_figures_are_those_of_the_rows(client, house):
    set_things_aside(house.database)
    with house.database.transaction() as session:
        queues.count_minute(session, Lane.EMAIL, done=7, failed=2, wall=START)
        for role in ("web+worker+scheduler", "worker"):
            process = Process(id=role, role=role, started_at=START, details={})
            queues.note_process(session, process, wall=START)
    figures = read_metrics(client.get("/metrics"))
    assert figures['sojourn_lane_done_24h{lane="email"}'] == 7
    assert figures['sojourn_lane_failed_24h{lane="email"}'] == 2
    assert figures['sojourn_lane_set_aside{lane="ingest"}'] == 1
    assert figures['sojourn_lane_depth{lane="advance"}'] == 0
    assert figures['sojourn_processes_alive{role="worker"}'] == 2
    assert figures['sojourn_processes_alive{role="web"}'] == 1
    for lane in Lane:
        assert f'sojourn_lane_oldest_seconds{{lane="{lane}"}}' in figures


@pytest.mark.parametrize(
    ("environ", "headers"),
    [
        (FAR, {}),
        ({}, {"X-Forwarded-For": "203.0.113.7"}),
        ({}, {"Forwarded": "for=203.0.113.7"}),
        ({"REMOTE_ADDR": ""}, {}),
        (FAR, {"Authorization": "Bearer sk_nothing"}),
        (FAR, {"Authorization": "Basic c2s6"}),
    ],
)
def test_figures_are_kept_from_strangers(client, environ, headers):
    answer = client.get("/metrics", environ_overrides=environ, headers=headers)
    assert answer.status_code == 401
    assert "sojourn_lane" not in answer.text


def test_the_machine_itself_needs_no_key(client):
    for address in ("127.0.0.1", "127.9.9.9", "::1"):
        read_metrics(client.get("/metrics", environ_overrides={"REMOTE_ADDR": address}))


def test_a_server_key_for_operations_opens_the_figures_from_afar(client, house):
    key = make_key(house, scopes=["operations:read"])
    read_metrics(client.get("/metrics", environ_overrides=FAR, headers=bearer(key)))
    for wrong in (make_key(house, scopes=["contacts:read"]), make_key(house, "write")):
        answer = client.get("/metrics", environ_overrides=FAR, headers=bearer(wrong))
        assert answer.status_code == 401


def test_only_as_many_proxies_as_are_named_are_believed(database, tmp_path):
    house = build_house(database, tmp_path, trusted_proxies=1)
    client = create_app(house).test_client()
    forged = {"X-Forwarded-For": "127.0.0.1, 203.0.113.7"}
    assert client.get("/metrics", headers=forged).status_code == 401


def test_the_figures_written_down_are_those_that_are_shown(client, house):
    with house.database.transaction() as session:
        process = Process(id="a", role="worker", started_at=START, details={})
        queues.note_process(session, process, wall=START)
        session.add(CouponPool(name="spring", low_water=0, per_contact=False, created_at=START))
    shown = {name.partition("{")[0] for name in read_metrics(client.get("/metrics"))}
    page = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()
    assert set(re.findall(r"`(sojourn_[a-z0-9_]+)", page)) == shown
