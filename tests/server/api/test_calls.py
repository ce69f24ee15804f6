"""The calls of an endpoint over HTTP, made for real to a server on loopback."""

import threading
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from engine.messages.handover import outbox
from engine.messages.handover.outbox import Draft
from engine.messages.states import MessageState
from engine.messages.webhooks import calls
from engine.models.call import CallTarget
from engine.models.message import Endpoint, Message
from server.app import create_app
from server.delivering import deliver_calls
from tests.channels.servers import Response, http_server
from tests.server import rows
from tests.server.conftest import build_house, log_in

ROOT = "/api/v1/endpoints"
JOURNEY = {
    "format": 1,
    "key": "welcome",
    "name": "Welcome",
    "trigger": {"kind": "manual"},
    "start": "tell",
    "nodes": {"tell": {"kind": "webhook", "endpoint": "other"}},
}
SCRIPT = b'<script>alert(1)</script>{"a": '


class Near:
    """A house whose calls may go to this machine, with a contact in a journey."""

    def __init__(self, house):
        self.house, self.visit = house, 0
        self.app = create_app(house)
        self.owner = log_in(self.app, "owner")
        now = house.clock.now()
        with house.database.transaction() as session:
            contact = rows.add_contact(session, now)
            journey, version = rows.add_journey(session, now)
            journey.draft = version.document = JOURNEY
            enrollment = rows.add_enrollment(session, now, journey, version, contact)
            self.draft = {
                "contact_id": contact.id, "journey_id": journey.id, "version_id": version.id,
                "enrollment_id": enrollment.id, "node": "tell", "channel": "webhook",
                "waits": True,
            }  # fmt: skip

    def make(self, key, url):
        answer = self.owner.post(f"{ROOT}/{key}", json={"url": url, "headers": {"X-Key": "no"}})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return answer.json["secret"]

    def call(self, key, count=1, **data):
        drafts = []
        for _ in range(count):
            self.visit += 1
            asked = {"endpoint": key, "body": {"n": self.visit}, "timeout": 5} | data
            drafts.append(Draft(**self.draft, visit=self.visit, data=asked))
        with self.house.database.transaction() as session:
            outbox.intend(session, drafts, now=self.house.clock.now())

    def get(self, path):
        answer = self.owner.get(f"{ROOT}/{path}".rstrip("/"))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.json

    def states(self):
        with self.house.database.reading() as session:
            return [MessageState(one.state).name for one in session.query(Message)]


@pytest.fixture
def near(database, tmp_path, wall):
    house = build_house(database, tmp_path, wall=wall, webhook_allow="127.0.0.1")
    yield Near(house)
    house.outgoing.close()


def test_a_call_that_failed_is_in_the_log_and_is_made_again(near):
    answers = [Response(422, SCRIPT * 200), Response()]
    with http_server(lambda _: answers.pop(0)) as (base, requests):
        secret = near.make("crm", f"{base}/hook")
        near.call("crm", headers={"X-Shop": "7"})
        assert deliver_calls(near.house) == 1
        (item,) = near.get("crm/calls")["items"]
        assert (item["status"], item["verdict"], item["attempt"], item["of"]) == (
            422, "permanent", 1, 10)  # fmt: skip
        assert (item["next_at"], item["can_replay"]) == (None, True)
        shown = near.get(f"crm/calls/{item['id']}")
        assert shown["body"] == '{"n":1}' and shown["url"] == f"{base}/hook"
        assert len(shown["answer"]) == calls.MOST_SHOWN
        headers = dict(shown["headers"])
        assert headers["X-Key"] == calls.HIDDEN and headers["X-Shop"] == "7"
        sent = requests[0].headers
        assert headers["webhook-signature"] == sent["webhook-signature"]
        (endpoint,) = near.get("")["items"]
        assert (endpoint["failed"], endpoint["waiting"]) == (1, 0)

        replayed = near.owner.post(f"{ROOT}/crm/replay", json={"message": item["message"]})
        assert replayed.json == {"replayed": 1, "is_more": False}
        assert near.get("")["items"][0]["waiting"] == 1
        assert deliver_calls(near.house) == 1
    assert near.states() == ["SENT"]
    assert [one.headers["webhook-id"] for one in requests] == [item["message"]] * 2
    assert Webhook(secret)
    assert [one["status"] for one in near.get("crm/calls")["items"]] == [200, 422]
    assert [one["status"] for one in near.get("crm/calls?fate=failed")["items"]] == [422]
    assert [one["status"] for one in near.get("crm/calls?fate=succeeded")["items"]] == [200]
    again = near.owner.post(f"{ROOT}/crm/replay", json={"message": item["message"]})
    assert again.status_code == 409


def test_r094_one_that_hangs_keeps_nobody_elses_calls_waiting(near):
    def hang(_):
        near_done.wait(5)
        return Response()

    near_done = threading.Event()
    with http_server(hang) as (dead, _), http_server(lambda _: Response()) as (well, told):
        near.make("dead", dead)
        near.make("well", well)
        near.call("dead", 5, timeout=0.5)
        near.call("well", 5)
        assert deliver_calls(near.house) == 10
        assert near.states().count("SENT") == 5 == len(told)
        near.house.wall.advance(timedelta(minutes=6))
        near.call("well", 3)
        assert deliver_calls(near.house) == 3  # and nobody waits with the one that hangs
        near_done.set()
        assert 1 <= deliver_calls(near.house) <= 2
    with near.house.database.reading() as session:
        assert session.get_one(CallTarget, "endpoint:dead").silences == 0


def test_410_disables_it(near):
    with http_server(lambda _: Response(410)) as (base, requests):
        near.make("crm", base)
        near.call("crm", 4)
        deliver_calls(near.house)
        near.house.wall.advance(timedelta(hours=1))
        assert deliver_calls(near.house) == 0 and len(requests) <= 2
    (shown,) = near.get("")["items"]
    assert (shown["state"], shown["disabled_for"], shown["waiting"]) == ("disabled", "gone", 4)


def test_all_that_failed_since_a_time_is_made_again(near):
    with http_server(lambda _: Response(400)) as (base, _):
        near.make("crm", base)
        near.call("crm", 3)
        deliver_calls(near.house)
    since = (near.house.clock.now() + timedelta(seconds=1)).isoformat()
    later = near.owner.post(f"{ROOT}/crm/replay", json={"since": since})
    assert later.json["replayed"] == 0
    told = near.owner.post(f"{ROOT}/crm/replay", json={})
    assert told.json == {"replayed": 3, "is_more": False}
    assert near.states() == ["QUEUED"] * 3


def test_the_log_comes_in_pages(near, monkeypatch):
    monkeypatch.setattr("server.api.calls.PAGE", 2)
    near.make("crm", None)
    near.call("crm", 3)
    deliver_calls(near.house)
    first = near.get("crm/calls")
    assert len(first["items"]) == 2
    second = near.get(f"crm/calls?before={first['next']}")
    assert len(second["items"]) == 1 and second["next"] is None


def test_answers_and_bodies_are_for_who_may_see_contacts(near):
    near.make("crm", None)
    editor, publisher = log_in(near.app, "editor"), log_in(near.app, "publisher")
    assert editor.get(f"{ROOT}/crm/calls").status_code == 403
    assert editor.post(f"{ROOT}/crm/replay", json={}).status_code == 403
    assert publisher.get(f"{ROOT}/crm/calls").status_code == 200
    assert publisher.get(f"{ROOT}/crm/calls/1").status_code == 404
    with near.house.database.reading() as session:
        assert session.get_one(Endpoint, "crm").secret_at is not None
