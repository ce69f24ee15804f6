"""What the tracking door refuses: too many calls, too much in one, or when nothing can be stored."""

import gzip
import json

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import SessionTransaction

from engine.db import Database
from engine.errors import Unavailable
from engine.events.incoming import MOST_BYTES, MOST_ITEMS
from tests.server.conftest import build_house
from tests.server.tracking.door import Door, track

SUCCESS = {"success": True}


def limited(house_database, tmp_path, **settings):
    return Door(build_house(house_database, tmp_path, **settings))


def test_one_key_and_one_address_have_so_many_calls_a_minute(sqlite_database, tmp_path):
    door = limited(sqlite_database, tmp_path, requests_per_minute=3)
    assert [door.send("/v1/track", track()).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = door.send("/v1/track", track(), key=door.browser)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json["code"] == "too_much"


def test_a14_under_a_public_key_every_call_of_a_batch_counts(sqlite_database, tmp_path):
    door = limited(sqlite_database, tmp_path, requests_per_minute=100)
    victims = {"batch": [track(userId=f"victim{n}") for n in range(90)]}
    answers = [door.send("/v1/batch", victims, key=door.browser).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_under_a_secret_key_a_batch_counts_as_one(sqlite_database, tmp_path):
    door = limited(sqlite_database, tmp_path, requests_per_minute=100)
    many = {"batch": [track() for _ in range(90)]}
    assert [door.send("/v1/batch", many).status_code for _ in range(4)] == [200] * 4


def test_a_backlog_is_429_with_a_time_to_come_back(sqlite_database, tmp_path):
    door = limited(sqlite_database, tmp_path, backlog=2)
    answers = [door.send("/v1/track", track()) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    door.ingest()
    assert door.send("/v1/track", track()).status_code == 200


def test_r010_when_nothing_can_be_stored_it_is_503_and_never_200(door, monkeypatch):
    door.send("/v1/track", track())
    door.ingest()

    def fail(_self):
        msg = "the database is not available: disk full"
        raise Unavailable(msg)

    monkeypatch.setattr(Database, "transaction", fail)
    answer = door.send("/v1/track", track())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert "disk" not in answer.text
    monkeypatch.undo()
    assert door.count_stored() == 0


def test_a_commit_that_fails_is_no_success(door, monkeypatch):
    door.send("/v1/track", track())
    door.ingest()

    def fail(*_, **__):
        raise OperationalError("COMMIT", None, Exception("disk I/O error"))

    monkeypatch.setattr(SessionTransaction, "commit", fail)
    answer = door.send("/v1/track", track())
    monkeypatch.undo()
    assert answer.status_code == 503
    assert door.count_stored() == 0


def test_a2_more_than_a_megabyte_is_413(door):
    item = track(properties={"a": "x" * 30_000})
    raw = json.dumps({"batch": [item] * 40}).encode()
    assert len(raw) > MOST_BYTES
    for body in (raw, gzip.compress(raw)):
        answer = door.send("/v1/batch", raw=body)
        assert (answer.status_code, answer.json["success"]) == (413, False)
    assert door.count_stored() == 0


def test_a11_more_calls_than_a_batch_may_hold_are_413(door):
    answer = door.send("/v1/batch", {"batch": [track()] * (MOST_ITEMS + 1)})
    assert (answer.status_code, door.count_stored()) == (413, 0)
    assert str(MOST_ITEMS) in answer.json["message"]


def test_a_context_around_a_batch_is_kept_with_each_call_and_so_is_small(door):
    context = {"page": {"url": "/x"}, "ip": "192.0.2.1"}
    assert door.send("/v1/batch", {"batch": [track()], "context": context}).json == SUCCESS
    assert [one.context for one in door.ingest()] == [{"page": {"url": "/x"}}]
    large = {"batch": [track()] * 500, "context": {"page": {"url": "x" * 30_000}}}
    assert door.send("/v1/batch", large).status_code == 413


@pytest.mark.parametrize(("said", "kept"), [("2", {"hops": 2}), ("two", None), ("-1", None)])
def test_b20_the_door_keeps_through_how_many_webhooks_an_event_came(door, said, kept):
    headers = {"Sojourn-Hops": said}
    assert door.send("/v1/track", track(), headers=headers).status_code == 200
    assert [one.context or None for one in door.ingest()] == [kept]


def test_nothing_is_told_and_nothing_is_deleted_here(door):
    assert door.client.get("/v1/track").status_code == 404
    for method in ("put", "delete", "patch"):
        assert getattr(door.client, method)("/v1/track").status_code == 405
