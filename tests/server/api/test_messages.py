"""Messages over HTTP: found again, and one of them with everything that became of it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from engine.messages.states import MessageState
from engine.models.message import Message, Template, TemplateVersion
from engine.models.touch import Touch
from server.api.messages import PAGE
from tests.server import rows
from tests.server.conftest import HOUR, START, log_in

ROOT = "/api/v1/messages"


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


@pytest.fixture
def shop(house):
    """A letter to Ann, a text to Ben that failed, a letter that Ben was not sent, and a reply."""
    with house.database.transaction() as session:
        ann = rows.add_contact(
            session, START, email="ann@example.com", email_confirmed=True,
            attributes={"first_name": "Ann", "last_name": "Lee"},
            name_key="ann lee", surname_key="lee",
        )  # fmt: skip
        ben = rows.add_contact(session, START, email="ben@example.org", phone="+15550100")
        journey, version = rows.add_journey(session, START)
        version.document = {"nodes": {"hello": {"kind": "send_email", "template": "welcome"}}}
        inside = rows.add_enrollment(session, START, journey, version, ann)
        cause = rows.add_event(session, ann, "Signed Up", START)
        letter = rows.add_letter(
            session, START, ann, journey_id=journey.id, version_id=version.id, attempts=1,
            enrollment_id=inside.id, cause_id=cause.id, opened_at=START + HOUR,
            provider_id="<1@x>", details="250 ok",
        )  # fmt: skip
        failed = rows.add_message(
            session, START + HOUR, ben, channel="sms", template="ping", message_class="transactional",
            state=MessageState.FAILED, reason="refused", details="30003 unreachable", attempts=2,
        )  # fmt: skip
        skipped = rows.add_message(
            session, START + 2 * HOUR, ben, state=MessageState.SKIPPED, reason="no_consent"
        )
        reply = rows.add_message(
            session, START + 3 * HOUR, ann, direction="in", state=MessageState.SENT, template=None,
            node=None, topic=None, data={"in_reply_to": str(letter.uid)},
        )  # fmt: skip
        named = {"letter": letter, "failed": failed, "skipped": skipped, "reply": reply, "ann": ann}
        return {name: str(row.uid) for name, row in named.items()}


def find(browser, status=200, **query):
    answer = browser.get(ROOT, query_string=query)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def read(browser, uid):
    answer = browser.get(f"{ROOT}/{uid}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["reply", "skipped", "failed", "letter"]),
        ({"search": "ann@"}, ["reply", "letter"]),
        ({"search": "lee"}, ["reply", "letter"]),
        ({"search": "nobody@"}, []),
        ({"journey": "welcome"}, ["letter"]),
        ({"journey": "nothing"}, []),
        ({"template": "ping"}, ["failed"]),
        ({"channel": "sms"}, ["failed"]),
        ({"class": "transactional"}, ["failed"]),
        ({"node": "hello", "state": "sent"}, ["letter"]),
        ({"state": "failed,skipped"}, ["skipped", "failed"]),
        ({"state": "received"}, ["reply"]),
        ({"state": "received,sent"}, ["reply", "letter"]),
        ({"reason": "no_consent"}, ["skipped"]),
        (
            {"since": (START + HOUR).isoformat(), "until": (START + 2 * HOUR).isoformat()},
            ["failed"],
        ),
    ],
)
def test_messages_are_found_by_what_is_known_of_them(owner, shop, query, found):
    names = {uid: name for name, uid in shop.items()}
    assert [names[one["id"]] for one in find(owner, **query)["items"]] == found


def test_one_is_found_by_its_own_id_and_by_whom_it_is_for(owner, shop):
    assert [one["id"] for one in find(owner, search=shop["failed"])["items"]] == [shop["failed"]]
    of_ann = find(owner, contact=shop["ann"], state="sent")["items"]
    assert [one["id"] for one in of_ann] == [shop["letter"]]
    find(owner, contact=str(uuid4()), status=404)


@pytest.mark.parametrize("query", [{"state": "lost"}, {"channel": "fax"}, {"since": "2026-03-01"}])
def test_what_is_no_filter_is_refused(owner, query):
    find(owner, status=422, **query)


def test_pages_follow_one_another_without_a_gap(owner, house):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START)
        for place in range(PAGE + 3):
            rows.add_message(session, START + timedelta(seconds=place), ann)
    first = find(owner)
    second = find(owner, before=first["next"])
    assert (len(first["items"]), len(second["items"]), second["next"]) == (PAGE, 3, None)
    times = [one["created_at"] for one in [*first["items"], *second["items"]]]
    assert times == sorted(times, reverse=True)


def test_a_letter_is_shown_with_everything_that_became_of_it(owner, shop):
    shown = read(owner, shop["letter"])
    assert (shown["state"], shown["to"], shown["subject"]) == ("sent", "ann@example.com", "Hello")
    assert shown["contact"]["name"] == "Ann Lee"
    assert shown["words"]["headers"] == [["List-Unsubscribe", "<https://example.com/u/x>"]]
    assert (shown["words"]["text"], shown["words"]["from"]) == ("Hello", "Shop <hello@example.com>")
    of_texts = {"opted_out", "legal_hours"}
    assert {one["said"] for one in shown["gates"] if one["gate"] not in of_texts} == {"passed"}
    assert (shown["provider"], shown["provider_id"], shown["details"]) == (
        "mailbox",
        "<1@x>",
        "250 ok",
    )
    assert (shown["journey"], shown["version"], shown["step"]["kind"]) == (
        "welcome",
        1,
        "send_email",
    )
    assert shown["cause"]["name"] == "Signed Up"
    assert (list(shown["marks"]), shown["attempts"], shown["queue_id"]) == (["opened"], 1, None)
    page = owner.get(f"{ROOT}/{shop['letter']}/html")
    assert page.get_data(as_text=True) == "<p>Hello</p>"
    assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_what_was_refused_says_why_and_is_put_back(owner, shop):
    shown = read(owner, shop["failed"])
    assert (shown["state"], shown["reason"], shown["details"]) == (
        "failed", "refused", "30003 unreachable",
    )  # fmt: skip
    assert (shown["words"], shown["to"]) == (None, "+15550100")
    assert owner.get(f"{ROOT}/{shop['failed']}/html").status_code == 404
    put_back = owner.post("/api/v1/queues/replay", json={"ids": [shown["queue_id"]]})
    assert put_back.json == {"replayed": 1}
    assert read(owner, shop["failed"])["state"] == "queued"


def test_what_waits_says_what_its_gates_would_say_now(owner, house):
    with house.database.transaction() as session:
        ann = rows.add_contact(session, START, email="ann@example.com", email_confirmed=True)
        quiet = {"from": "08:00", "to": "20:00", "policy": "hold"}
        data = {"data": {}, "gates": {"quiet": quiet}}
        uid = rows.add_message(session, START, ann, message_class="transactional", data=data).uid
        other = rows.add_message(session, START, ann, data=data).uid
    assert {one["said"] for one in read(owner, uid)["gates"]} == {"passed", "not_concerned"}
    said = {one["gate"]: one["said"] for one in read(owner, other)["gates"]}
    assert (said["suppressed"], said["no_consent"]) == ("not_asked", "refused")


def test_one_that_came_in_names_what_it_answers(owner, shop):
    shown = read(owner, shop["reply"])
    assert (shown["state"], shown["answers"], shown["gates"]) == ("received", shop["letter"], [])


def test_opens_and_clicks_are_told_with_who_made_them(owner, house, shop):
    with house.database.transaction() as session:
        letter = session.scalars(select(Message).where(Message.uid == UUID(shop["letter"]))).one()
        version = TemplateVersion(
            template_id=rows.add(
                session, Template(key="w", channel="email", name="W", created_at=START)
            ).id,
            number=1, source="", digest="", created_at=START, created_by="test",
            compiled={"links": [{"id": "a", "target": "https://shop.example/", "is_dynamic": False, "has_dynamic_host": False}]},
        )  # fmt: skip
        letter.template_version_id = rows.add(session, version).id
        common = {"message_id": letter.id, "agent": "A", "network": "192.0.2.0/24", "hints": 0}
        for place, (kind, link, made_by, why) in enumerate(
            [("open", None, "machine", "proxy"), ("click", "a", "human", None), ("click", "b", None, None)]
        ):  # fmt: skip
            at = START + place * HOUR
            session.add(Touch(kind=kind, link=link, at=at, made_by=made_by, why=why, **common))
    told = [
        (one["kind"], one["url"], one["made_by"], one["why"])
        for one in read(owner, shop["letter"])["touches"]
    ]
    assert told == [
        ("click", None, None, None),
        ("click", "https://shop.example/", "human", None),
        ("open", None, "machine", "proxy"),
    ]
    copy = owner.get(f"/api/v1/contacts/{shop['ann']}/export").json
    assert [one["network"] for one in copy["opens_and_clicks"]] == ["192.0.2.0/24"] * 3


def test_a_timeline_leads_to_its_messages(owner, shop):
    line = owner.get(f"/api/v1/contacts/{shop['ann']}/timeline?kinds=message").json["items"]
    assert [one["message"] for one in line] == [shop["reply"], shop["letter"]]


def test_nobody_without_the_right_to_see_contacts_reads_them(app, shop):
    editor = log_in(app, "editor")
    for path in (ROOT, f"{ROOT}/{shop['letter']}", f"{ROOT}/{shop['letter']}/html"):
        assert editor.get(path).status_code == 403
    assert log_in(app, "owner").get(f"{ROOT}/{uuid4()}").status_code == 404
