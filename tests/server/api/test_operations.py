"""Queues, keys, the clock and the mailbox, over HTTP."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from engine.models.account import AuditEntry
from engine.models.message import Message
from engine.tasks import Lane
from server.app import create_app
from tests.server import rows
from tests.server.conftest import OWN, START, bearer, build_house, log_in
from tests.server.test_queues import set_things_aside


@pytest.fixture
def owner(app):
    return log_in(app)


def read_audit(house):
    with house.database.reading() as session:
        return [(each.action, each.target) for each in session.query(AuditEntry).all()]


def test_the_queues_page_shows_lanes_and_what_is_set_aside(owner, house):
    batch, _, _ = set_things_aside(house.database)
    page = owner.get("/api/v1/queues").json
    assert [each["lane"] for each in page["lanes"]] == [lane.value for lane in Lane]
    assert page["set_aside_count"] == 5
    (shown,) = [each for each in page["set_aside"] if each["lane"] == "ingest"]
    assert shown == {
        "id": f"batch:{batch}",
        "lane": "ingest",
        "what": "3 tracked calls",
        "reason": "ValueError",
        "at": "2026-03-01T12:00:00Z",
        "message": None,
    }


def test_the_replay_button_puts_back_rings_and_is_on_record(owner, house):
    batch, _, messages = set_things_aside(house.database)
    ids = [f"batch:{batch}", f"message:{messages[0]}", "batch:999"]
    answer = owner.post("/api/v1/queues/replay", json={"ids": ids})
    assert answer.json == {"replayed": 2}
    assert owner.get("/api/v1/queues").json["set_aside_count"] == 3
    assert ("queues.replayed", "2 of 3") in read_audit(house)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": []},
        {"ids": "batch:1"},
        {"ids": [1]},
        {"ids": ["batch:1"] * 1001},
        {"ids": ["x" * 41]},
        {"ids": ["user:1"]},
        {"ids": ["batch:1"], "all": True},
    ],
)
def test_a_replay_of_nothing_known_is_refused(owner, body):
    answer = owner.post("/api/v1/queues/replay", json=body)
    assert answer.status_code == 422


def test_a_key_is_shown_once_works_and_can_be_revoked(owner, app, house):
    made = owner.post("/api/v1/keys", json={"kind": "server", "name": "backend"})
    assert made.status_code == 201
    key = made.json["key"]
    assert key.startswith("sk_")
    assert app.test_client().get("/api/v1/queues", headers=bearer(key)).status_code == 200
    listed = owner.get("/api/v1/keys")
    assert key not in listed.text
    (shown,) = listed.json["keys"]
    assert (shown["name"], shown["last_four"]) == ("backend", key[54:58])
    assert shown["used_at"] == "2026-03-01T12:00:00Z"
    id_ = shown["id"]
    assert owner.delete(f"/api/v1/keys/{id_}").status_code == 204
    assert app.test_client().get("/api/v1/queues", headers=bearer(key)).status_code == 401
    assert owner.delete("/api/v1/keys/nobody").status_code == 404
    actions = [action for action, _ in read_audit(house)]
    assert actions == ["key.created", "key.revoked"]
    with house.database.reading() as session:
        assert key not in str([each.details for each in session.query(AuditEntry).all()])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "write", "name": "shop"}, 201),
        ({"kind": "browser", "name": "page", "origins": ["https://shop.example"]}, 201),
        ({"kind": "server", "name": "x", "scopes": ["contacts:read"]}, 201),
        ({"kind": "server", "name": "x", "scopes": ["events:write"]}, 201),
        ({"kind": "server", "name": "x", "scopes": ["keys:manage"]}, 422),
        ({"kind": "server", "name": "x", "scopes": ["nothing:known"]}, 403),
        ({"kind": "write", "name": "x", "scopes": ["contacts:read"]}, 422),
        ({"kind": "browser", "name": "x", "origins": ["shop"]}, 422),
        ({"kind": "admin", "name": "x"}, 422),
        ({"kind": "write", "name": ""}, 422),
        ({"kind": "write"}, 422),
        ({"kind": "write", "name": "x", "public_id": "mine"}, 422),
    ],
)
def test_a_key_is_made_only_as_one_can_be(owner, body, status):
    assert owner.post("/api/v1/keys", json=body).status_code == status


def test_the_clock_tells_the_machines_time_and_stands_firm(owner):
    assert owner.get("/api/v1/clock").json == {
        "now": "2026-03-01T12:00:00Z",
        "is_virtual": False,
        "timezone": "UTC",
    }
    assert owner.post("/api/v1/clock/advance", json={"by": "PT1H"}).status_code == 409


@pytest.fixture
def virtual(database, tmp_path, wall):
    return build_house(database, tmp_path, wall=wall, virtual_clock=True)


def test_a_virtual_clock_moves_ahead_for_all_and_every_lane_is_looked_at(virtual, wall):
    owner = log_in(create_app(virtual))
    assert owner.get("/api/v1/session").json["instance"] == {"virtual_clock": True, "demo": False}
    answer = owner.post("/api/v1/clock/advance", json={"by": "P2DT1H"})
    assert answer.json == {"now": "2026-03-03T13:00:00Z"}
    assert sorted(virtual.bell.rung) == sorted(Lane)
    wall.advance(timedelta(minutes=5))
    assert owner.get("/api/v1/clock").json == {
        "now": "2026-03-03T13:05:00Z",
        "is_virtual": True,
        "timezone": "UTC",
    }
    assert virtual.clock.now() - virtual.wall.now() == timedelta(days=2, hours=1)
    assert read_audit(virtual) == [("clock.advanced", "clock")]


def test_moving_the_clock_a_week_logs_nobody_out(virtual):
    owner = log_in(create_app(virtual))
    owner.post("/api/v1/clock/advance", json={"by": "P30D"})
    assert owner.get("/api/v1/queues").status_code == 200


@pytest.mark.parametrize(
    "by", ["", "PT0S", "-PT1H", "P2Y", "tomorrow", "PT1H ", 3600, None, "P1E9D"]
)
def test_a_step_that_cannot_be_is_refused(virtual, by):
    owner = log_in(create_app(virtual))
    assert owner.post("/api/v1/clock/advance", json={"by": by}).status_code == 422


def test_only_an_owner_moves_the_clock(virtual):
    for role in ("admin", "publisher", "editor", "analyst", "viewer"):
        browser = log_in(create_app(virtual), role)
        assert browser.post("/api/v1/clock/advance", json={"by": "PT1H"}).status_code == 403


@pytest.fixture
def letters(house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        journey, _ = rows.add_journey(session, START)
        first = rows.add_letter(session, START, contact, journey_id=journey.id)
        text = rows.add_letter(session, START, contact, channel="sms", html=None)
        rows.add_letter(session, START, contact, provider="smtp")
        return first.id, text.id


def read_uid(house, id_):
    with house.database.reading() as session:
        return str(session.get_one(Message, id_).uid)


def test_the_mailbox_lists_what_was_kept_and_not_what_left(owner, house, letters):
    page = owner.get("/api/v1/mailbox").json
    assert page == {
        "items": [
            {
                "id": letters[1],
                "message": read_uid(house, letters[1]),
                "is_test": False,
                "channel": "sms",
                "to": "ann@example.com",
                "subject": "Hello",
                "at": "2026-03-01T12:00:00Z",
                "journey": None,
                "journey_name": None,
                "node": "hello",
                "class": "marketing",
            },
            {
                "id": letters[0],
                "message": read_uid(house, letters[0]),
                "is_test": False,
                "channel": "email",
                "to": "ann@example.com",
                "subject": "Hello",
                "at": "2026-03-01T12:00:00Z",
                "journey": "welcome",
                "journey_name": "welcome",
                "node": "hello",
                "class": "marketing",
            },
        ],
        "next": None,
    }
    assert [each["id"] for each in owner.get("/api/v1/mailbox?channel=sms").json["items"]] == [
        letters[1]
    ]


def test_the_mailbox_is_read_page_by_page(owner, house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        ids = [rows.add_letter(session, START, contact).id for _ in range(120)]
    found, before = [], ""
    while before is not None:
        page = owner.get(f"/api/v1/mailbox{before}").json
        found += [each["id"] for each in page["items"]]
        before = None if page["next"] is None else f"?before={page['next']}"
    assert found == ids[::-1]


def test_a_letter_is_shown_word_for_word(owner, letters):
    letter = owner.get(f"/api/v1/mailbox/{letters[0]}").json
    assert letter["from"] == "Shop <hello@example.com>"
    assert letter["text"] == "Hello"
    assert letter["headers"] == [["List-Unsubscribe", "<https://example.com/u/x>"]]
    assert letter["has_html"] is True
    assert owner.get(f"/api/v1/mailbox/{letters[1]}").json["has_html"] is False


def test_a_letters_page_may_do_nothing_in_the_browser(owner, house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        html = b"<script>alert(1)</script><p>Hi</p>"
        letter = rows.add_letter(session, START, contact, html=html)
        id_ = letter.id
    answer = owner.get(f"/api/v1/mailbox/{id_}/html")
    assert answer.get_data() == html
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; ")
    assert "allow-scripts" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_link_in_a_letter_never_takes_the_place_of_the_letter(owner, house):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        html = (
            b'<html><head lang="en"><title>Hi</title></head><a href="/u/x">Unsubscribe</a></html>'
        )
        letter = rows.add_letter(session, START, contact, html=html)
        id_, uid = letter.id, letter.uid
    for page in (f"/api/v1/mailbox/{id_}/html", f"/api/v1/messages/{uid}/html"):
        shown = owner.get(page).text
        assert '<head lang="en"><base target="_blank"><title>' in shown


def test_a_letter_that_left_for_nobody_can_be_opened_as_its_reader(owner, app, letters):
    view = owner.get(f"/api/v1/mailbox/{letters[0]}").json["view"]
    page = app.test_client().get(urlsplit(view).path)
    assert (page.status_code, page.text) == (200, "<p>Hello</p>")
    assert "allow-popups" in page.headers["Content-Security-Policy"]
    assert owner.get(f"/api/v1/mailbox/{letters[1]}").json["view"] is None


def test_letters_that_left_or_never_were_are_not_there(owner, house, letters):
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START)
        left = rows.add_letter(session, START, contact, provider="smtp").id
    absent = [owner.get(f"/api/v1/mailbox/{id_}") for id_ in (left, 999_999, 2**63 - 1)]
    assert {answer.status_code for answer in absent} == {404}
    assert len({answer.text for answer in absent}) == 1
    assert owner.get(f"/api/v1/mailbox/{letters[1]}/html").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("before=0", 422),
        ("before=x", 422),
        ("before=1e1", 422),
        ("before=99999999999999999999", 422),
        ("before=1&before=2", 400),
        ("channel=fax", 422),
        ("channel=", 422),
        ("id=1", 422),
        ("before[]=1", 422),
        ("channel=%00", 400),
        ("before=-1", 422),
    ],
)
def test_a_query_that_cannot_be_is_refused(owner, query, status):
    assert owner.get(f"/api/v1/mailbox?{query}").status_code == status


@pytest.mark.parametrize("id_", ["0x1", "-1", "1.0", "99999999999999999999", "1%00", "%F0"])
def test_an_id_that_cannot_be_is_not_found(owner, id_):
    assert owner.get(f"/api/v1/mailbox/{id_}").status_code in {400, 404}


def test_an_editor_sees_no_letters(app):
    assert log_in(app, "editor").get("/api/v1/mailbox").status_code == 403


def test_changes_need_our_own_header_even_with_a_cookie(owner):
    owner.environ_base.pop("HTTP_X_SOJOURN_APP")
    assert owner.post("/api/v1/keys", json={"kind": "write", "name": "x"}).status_code == 403
    assert (
        owner.post("/api/v1/keys", json={"kind": "write", "name": "x"}, headers=OWN).status_code
        == 201
    )
