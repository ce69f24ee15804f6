"""Contacts over HTTP: made, changed, kept from letters; journeys and segments hear of it."""

import threading

import pytest
from sqlalchemy import select

from engine.contacts.suppression import FORGOTTEN, is_suppressed, suppress
from engine.events.by_hand import Edit, change_contact
from engine.models.account import AuditEntry
from engine.models.contact import ConsentProof, Contact, Topic
from engine.models.event import Event
from engine.models.segment import SegmentMember
from engine.segments import membership
from server import lanes
from tests.server import rows
from tests.server.conftest import START, log_in

ROOT = "/api/v1/contacts"


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


@pytest.fixture
def ann(owner):
    body = {
        "external_id": "u-1",
        "attributes": {"name": "Ann", "email": "Ann@example.com", "plan": "free"},
    }
    answer = owner.post(ROOT, json=body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return f"{ROOT}/{answer.json['id']}"


def show(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.json


def list_events(house, name):
    lanes.ingest(house)
    with house.database.reading() as session:
        return list(session.scalars(select(Event).where(Event.name == name).order_by(Event.id)))


def test_a_contact_is_made_and_there_at_once(owner, house, ann):
    shown = show(owner, ann)
    assert (shown["external_id"], shown["email"], shown["email_confirmed"]) == (
        "u-1", "Ann@example.com", True,
    )  # fmt: skip
    assert {one["kind"] for one in shown["identities"]} == {"external", "email"}
    [told] = list_events(house, "Contact Updated")
    assert told.properties["changes"]["plan"] == [None, "free"]
    assert (told.actor, told.context["by"]) == ("user", "user:1")


@pytest.mark.parametrize(
    "body",
    [
        {"external_id": "u-1"},
        {"attributes": {"email": "ANN@EXAMPLE.COM"}},
        {"external_id": "u-7", "attributes": {"email": "ann@example.com"}},
    ],
)
def test_nobody_is_made_twice(owner, ann, body):
    answer = owner.post(ROOT, json=body)
    assert (answer.status_code, "already" in answer.json["title"]) == (409, True)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"external_id": "  "},
        {"attributes": {"name": "Nobody"}},
        {"attributes": {"email": "nonsense"}},
        {"external_id": "u", "attributes": {"phone": "0123"}},
        {"external_id": "u", "attributes": {"timezone": "Mars/Olympus"}},
        {"external_id": "u", "attributes": {"consents": {"news": True}}},
        {"external_id": "u", "attributes": {"tags": ["a", 1]}},
        {"external_id": "u", "attributes": {"": 1}},
        {"external_id": "u", "attributes": {"n": 2**60}},
        {"external_id": "x" * 129},
    ],
)
def test_what_no_contact_can_be_is_refused(owner, body):
    assert owner.post(ROOT, json=body).status_code in {400, 422}
    assert show(owner, ROOT)["items"] == []


def test_an_attribute_is_changed_and_stands_on_the_timeline(owner, house, ann):
    answer = owner.patch(ann, json={"set": {"plan": "pro", "seats": 3}, "add_tags": ["vip"]})
    assert answer.json["changed"] == ["plan", "seats", "tags"]
    shown = show(owner, ann)
    assert shown["attributes"] | {} == {
        "name": "Ann", "email": "Ann@example.com", "plan": "pro", "seats": 3, "tags": ["vip"],
    }  # fmt: skip
    assert set(shown["said_at"]) == set(shown["attributes"])
    list_events(house, "Contact Updated")
    line = show(owner, f"{ann}/timeline?kinds=change")["items"]
    assert line[0]["properties"]["changes"]["plan"] == ["free", "pro"]
    assert line[0]["by"] == "Owner"
    with house.database.reading() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "contact.changed"))
    assert entry.details == {"attributes": ["plan", "seats", "tags"]}


def test_segments_hear_of_it(owner, house, ann):
    pro = {"attribute": "plan", "op": "is", "value": "pro"}
    owner.put("/api/v1/segments/pro", json={"name": "Pro", "condition": pro, "revision": 0}).json  # noqa: B018
    with house.database.transaction() as session:
        membership.refresh(session, "pro", now=house.clock.now(), default_zone="UTC")
    owner.patch(ann, json={"set": {"plan": "pro"}})
    lanes.ingest(house)
    with house.database.reading() as session:
        assert len(list(session.scalars(select(SegmentMember)))) == 1
    assert [one["key"] for one in show(owner, ann)["segments"]] == ["pro"]
    assert show(owner, "/api/v1/segments/pro")["sizes"][-1] == 1


def test_tags_come_and_go_and_an_attribute_can_be_none(owner, ann):
    owner.patch(ann, json={"add_tags": ["vip", "new", "vip"]})
    owner.patch(ann, json={"add_tags": ["old"], "remove_tags": ["vip", "none"]})
    owner.patch(ann, json={"unset": ["plan", "nothing"]})
    attributes = show(owner, ann)["attributes"]
    assert (attributes["tags"], "plan" in attributes) == (["new", "old"], False)


def test_who_edits_what_somebody_else_changed_is_told(owner, ann):
    owner.patch(ann, json={"set": {"plan": "team"}})
    stale = owner.patch(ann, json={"set": {"plan": "pro"}, "seen": {"plan": "free"}})
    assert (stale.status_code, stale.json["code"]) == (409, "lost_update")
    gone = owner.patch(ann, json={"set": {"plan": "pro"}, "seen": {}})
    assert gone.status_code == 409
    other = owner.patch(ann, json={"set": {"city": "Rome"}, "seen": {"plan": "free"}})
    assert other.status_code == 200
    fresh = owner.patch(ann, json={"set": {"plan": "pro"}, "seen": {"plan": "team"}})
    assert fresh.status_code == 200
    assert show(owner, ann)["attributes"]["plan"] == "pro"


def test_changes_at_the_same_moment_are_all_kept(owner, house, ann):
    with house.database.reading() as session:
        contact_id = session.scalar(select(Contact.id))

    def add(number):
        with house.database.transaction() as session:
            edit = Edit(given={f"n{number}": number}, add_tags=(f"t{number}",))
            change_contact(session, contact_id, edit, by="user:1", now=house.clock.now())

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    attributes = show(owner, ann)["attributes"]
    assert sorted(attributes["tags"]) == [f"t{number}" for number in range(8)]
    assert [attributes[f"n{number}"] for number in range(8)] == list(range(8))


def test_an_address_of_another_is_not_taken(owner, ann):
    owner.post(ROOT, json={"external_id": "u-2", "attributes": {"email": "ben@example.com"}})
    answer = owner.patch(ann, json={"set": {"email": "Ben@example.com"}})
    assert (answer.status_code, answer.json["title"]) == (
        409,
        "another contact has this e-mail address",
    )
    assert owner.patch(ann, json={"set": {"email": "ann2@example.com"}}).status_code == 200
    assert owner.patch(ann, json={"set": {"email": None}}).status_code == 200
    assert (show(owner, ann)["email"], len(show(owner, ann)["identities"])) == (None, 1)


@pytest.mark.parametrize(
    "body",
    [
        {"set": {"email": "nonsense"}},
        {"set": {"email_confirmed": True}},
        {"unset": ["role"]},
        {"add_tags": [""]},
        {"set": {"deep": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}},
    ],
)
def test_what_no_attribute_can_be_is_refused(owner, ann, body):
    assert owner.patch(ann, json=body).status_code == 422


def test_a_choice_is_kept_with_how_it_is_known(owner, house, ann):
    with house.database.transaction() as session:
        session.add(Topic(key="news", name="News", created_at=START))
    said = {"topic": "news", "channel": "email", "choice": "subscribed"}
    assert owner.put(f"{ann}/consents", json=said).status_code == 422
    assert owner.put(f"{ann}/consents", json=said | {"note": " "}).status_code == 422
    assert owner.put(f"{ann}/consents", json=said | {"note": "on the phone"}).status_code == 204
    unknown = said | {"topic": "none", "note": "on the phone"}
    assert owner.put(f"{ann}/consents", json=unknown).status_code == 404
    [choice] = show(owner, ann)["consents"]
    assert (choice["topic_name"], choice["choice"]) == ("News", "subscribed")
    with house.database.reading() as session:
        [proof] = session.scalars(select(ConsentProof))
    assert (proof.source, proof.proof) == ("by_hand", {"by": "user:1", "note": "on the phone"})
    assert [one.channel for one in list_events(house, "Subscribed")] == ["email"]
    [entry] = show(owner, f"{ann}/timeline?kinds=consent")["items"]
    assert (entry["state"], entry["by"]) == ("subscribed", "Owner")


def test_an_address_is_suppressed_and_let_go_with_a_reason(owner, house, ann):
    why = {"channel": "email", "note": "asked on the phone"}
    assert owner.post(f"{ann}/suppressions/lift", json=why).status_code == 404
    assert owner.post(f"{ann}/suppressions", json=why).status_code == 204
    [one] = show(owner, ann)["suppressions"]
    assert (one["channel"], one["reason"], one["may_lift"]) == ("email", "by_hand", True)
    assert owner.post(f"{ann}/suppressions/lift", json={"channel": "email"}).status_code == 422
    assert owner.post(f"{ann}/suppressions/lift", json=why).status_code == 204
    assert show(owner, ann)["suppressions"] == []
    assert owner.post(f"{ann}/suppressions", json=why | {"channel": "sms"}).status_code == 404
    [told] = list_events(house, "Address Released")
    assert told.properties == {"note": "asked on the phone"}


def test_r074_what_somebody_forgotten_asked_for_is_not_lifted(owner, house, ann):
    with house.database.transaction() as session:
        suppress(session, "email", "ann@example.com", reason=FORGOTTEN, now=START)
    assert show(owner, ann)["suppressions"][0]["may_lift"] is False
    answer = owner.post(f"{ann}/suppressions/lift", json={"channel": "email", "note": "why not"})
    assert answer.status_code == 409
    with house.database.reading() as session:
        assert is_suppressed(session, "email", "ann@example.com")


def test_r135_changing_is_a_right_of_its_own(app, owner, ann):
    for role, status in (("publisher", 200), ("editor", 403), ("viewer", 403)):
        browser = log_in(app, role)
        assert browser.patch(ann, json={"set": {"n": 1}}).status_code == status
    editor = app.test_client()
    for method, path, body in (
        ("post", ROOT, {"external_id": "x"}),
        ("put", f"{ann}/consents", {}),
        ("post", f"{ann}/suppressions", {}),
        ("post", f"{ann}/suppressions/lift", {}),
    ):
        assert getattr(editor, method)(path, json=body).status_code == 401


def test_who_was_merged_is_changed_as_who_it_is_now(owner, house, ann):
    with house.database.transaction() as session:
        contact = session.scalar(select(Contact))
        lost = rows.add_contact(session, START, merged_into=contact.id)
    answer = owner.patch(f"{ROOT}/{lost.uid}", json={"set": {"city": "Rome"}})
    assert answer.json["id"] == ann.removeprefix(f"{ROOT}/")
