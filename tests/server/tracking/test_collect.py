"""The tracking door: what is taken, what is answered, and that it is on disk by then."""

import base64
import gzip
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.accounts import keys
from engine.accounts.instance import IDENTITY
from engine.accounts.keys import KeyKind
from engine.models.event import EventBatch
from engine.tasks import Lane
from server.tracking.presented import sign_identity
from tests.server.tracking.door import ORIGIN, track

SUCCESS = {"success": True}


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("identify", {"traits": {"plan": "pro"}}, "Contact Identified"),
        ("track", {"event": "Bought"}, "Bought"),
        ("page", {"name": "Home"}, "Page Viewed"),
        ("screen", {"name": "Home"}, "Screen Viewed"),
        ("group", {"groupId": "g"}, "Group Joined"),
        ("alias", {"previousId": "old"}, "Contact Aliased"),
        ("i", {}, "Contact Identified"),
        ("t", {"event": "Bought"}, "Bought"),
        ("p", {}, "Page Viewed"),
        ("s", {}, "Screen Viewed"),
        ("g", {}, "Group Joined"),
        ("a", {"previousId": "old"}, "Contact Aliased"),
    ],
)
def test_every_call_of_segments_api_is_taken(door, path, body, name):
    answer = door.send(f"/v1/{path}", body | {"userId": "ann"})
    assert (answer.status_code, answer.json) == (200, SUCCESS)
    assert [one.name for one in door.ingest()] == [name]


@pytest.mark.parametrize("path", ["batch", "b"])
def test_p1_what_is_answered_as_accepted_is_on_disk(both_doors, path):
    answer = both_doors.send(f"/v1/{path}", {"batch": [track(), track(event="Paid")]})
    assert (answer.status_code, answer.json) == (200, SUCCESS)
    assert both_doors.count_stored() == 2
    assert both_doors.house.bell.rung == [Lane.INGEST]
    assert [one.name for one in both_doors.ingest()] == ["Bought", "Paid"]


def test_a_request_is_one_insert_whoever_it_speaks_of(door):
    signature = sign_identity(door.house.get_secret(IDENTITY), "ann")
    signed = track(context={"identity": {"signature": signature}})
    door.send(
        "/v1/batch", {"batch": [track(event="1"), signed, track(event="3")]}, key=door.browser
    )
    with door.house.database.reading() as session:
        assert session.scalars(select(EventBatch.items)).all() == [3]
    assert [one.name for one in door.ingest()] == ["1", "Bought", "3"]


def test_an_empty_batch_is_no_mistake_and_nothing_is_stored(door):
    assert door.send("/v1/batch", {"batch": []}).json == SUCCESS
    with door.house.database.reading() as session:
        assert session.scalars(select(EventBatch.id)).all() == []


def test_a11_of_a_partly_bad_batch_the_good_are_stored_and_the_bad_are_named(door):
    items = [track() for _ in range(100)]
    items[7] = {"type": "track", "userId": "ann"}
    items[42] = track(properties={"a": "x\0"})
    answer = door.send("/v1/batch", {"batch": items})
    assert answer.status_code == 200
    assert (answer.json["success"], answer.json["accepted"]) == (False, 98)
    assert [(one["index"], one["code"]) for one in answer.json["errors"]] == [
        (7, "missing_event"),
        (42, "bad_string"),
    ]
    assert answer.json["code"] == "missing_event"
    assert "2 of 100" in answer.json["message"]
    assert door.count_stored() == 98


@pytest.mark.parametrize(
    "broken",
    [b'"\\ud83d"', b"NaN", b"9" * 5_000, b'{"x": 1, "x": 2}', b"1e400", b'"\\u0000"'],
)
def test_what_only_one_call_has_wrong_costs_that_call_alone(door, broken):
    good = json.dumps(track()).encode()
    bad = good.replace(b'"Bought"', b'"Bought", "properties": {"p": ' + broken + b"}")
    answer = door.send("/v1/batch", raw=b'{"batch": [' + good + b"," + bad + b"," + good + b"]}")
    assert (answer.status_code, answer.json["accepted"]) == (200, 2)
    assert [one["index"] for one in answer.json["errors"]] == [1]


def test_a_batch_of_nothing_but_mistakes_is_400_so_that_nobody_sends_it_again(door):
    answer = door.send("/v1/batch", {"batch": [{}, {}]})
    assert (answer.status_code, answer.json["accepted"]) == (400, 0)
    assert len(answer.json["errors"]) == 2


def test_a_single_bad_call_says_what_is_wrong(door):
    answer = door.send("/v1/track", {"userId": "ann"})
    assert answer.status_code == 400
    assert answer.json == {
        "success": False,
        "accepted": 0,
        "errors": [],
        "code": "missing_event",
        "message": "track needs the event's name",
    }


def basic(key):
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


@pytest.mark.parametrize("kind", ["write", "browser"])
def test_a_key_comes_as_basic_as_bearer_or_in_the_body(door, kind):
    key = getattr(door, kind)
    for header in (basic(key), f"Bearer {key}", f"bearer {key}"):
        assert door.send("/v1/track", track(), headers={"Authorization": header}).status_code == 200
    assert door.send("/v1/track", track(writeKey=key), key=False).status_code == 200
    assert (
        door.send("/v1/batch", {"batch": [track()], "writeKey": key}, key=False).status_code == 200
    )
    assert door.send("/v1/track", track(writeKey=key), key=key).status_code == 200


def test_a15_no_key_and_wrong_keys_are_401(door):
    revoked = door.make_key(KeyKind.WRITE)
    with door.house.database.transaction() as session:
        keys.revoke(session, revoked[3:15], now=door.house.wall.now())
    for key in ("x", "wk_" + "x" * 61, door.write[:-1], door.write.lower(), revoked):
        answer = door.send("/v1/track", track(), key=key)
        assert (answer.status_code, answer.json["code"]) == (401, "wrong_credentials")
        assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert door.send("/v1/track", track(), key=False).status_code == 401
    assert door.send(f"/v1/track?writeKey={door.write}", track(), key=False).status_code == 401
    assert door.count_stored() == 0


def test_a_revoked_key_is_refused_within_seconds(door, monkeypatch):
    monkeypatch.setattr("server.tracking.presented.REMEMBERED_SECONDS", 0)
    assert door.send("/v1/track", track()).status_code == 200
    with door.house.database.transaction() as session:
        keys.revoke(session, door.write[3:15], now=door.house.wall.now())
    assert door.send("/v1/track", track()).status_code == 401


def test_a15_two_keys_that_differ_are_400(door):
    answer = door.send("/v1/track", track(writeKey=door.browser))
    assert answer.status_code == 400


@pytest.mark.parametrize("header", ["Basic !!!", "Basic /w==", "Basic"])
def test_an_unreadable_header_is_said_to_be_one(door, header):
    answer = door.send("/v1/track", track(), headers={"Authorization": header})
    assert answer.status_code in (400, 401)


def test_a_server_key_tracks_if_it_has_the_scope(door):
    may = door.make_key(KeyKind.SERVER, scopes=["events:write"])
    may_not = door.make_key(KeyKind.SERVER, scopes=["contacts:read"])
    assert door.send("/v1/track", track(), key=may).status_code == 200
    assert door.send("/v1/track", track(), key=may_not).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [(ORIGIN, 200), ("https://evil.example", 403), ("null", 403), (None, 403)],
)
def test_a16_a_browser_key_is_for_the_pages_it_lists(door, origin, status):
    key = door.make_key(KeyKind.BROWSER, origins=[ORIGIN])
    headers = {} if origin is None else {"Origin": origin}
    assert door.send("/v1/track", track(), key=key, headers=headers).status_code == status


def test_a_browser_key_that_lists_no_pages_is_for_all(door):
    for headers in ({}, {"Origin": "https://any.example"}):
        answer = door.send("/v1/track", track(), key=door.browser, headers=headers)
        assert answer.status_code == 200


def test_a_secret_key_in_a_page_is_refused_with_what_to_do(door):
    answer = door.send("/v1/track", track(), headers={"Origin": ORIGIN})
    assert answer.status_code == 403
    assert "browser key" in answer.json["message"]


def test_pages_may_ask_before_they_send_and_read_the_answer(door):
    asked = door.client.options(
        "/v1/track",
        headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST",
                 "Access-Control-Request-Headers": "authorization,content-type"},
    )  # fmt: skip
    assert asked.status_code == 200
    for answer in (
        asked,
        door.send("/v1/track", track(), key=door.browser, headers={"Origin": ORIGIN}),
        door.send("/v1/track", track(), key="wrong"),
        door.send("/v1/track", raw=b"{"),
    ):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded",
     "application/octet-stream", ""],
)  # fmt: skip
@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("label", [None, "gzip"])
def test_a_body_is_judged_by_what_it_is_not_by_its_label(door, content_type, zipped, label):
    raw = json.dumps({"batch": [track()]}).encode()
    headers = {} if label is None else {"Content-Encoding": label}
    answer = door.send(
        "/v1/batch",
        raw=gzip.compress(raw) if zipped else raw,
        content_type=content_type,
        headers=headers,
    )
    assert answer.json == SUCCESS


def test_history_keeps_its_times_and_lets_nobody_in(door):
    batch = {"batch": [track(timestamp="2024-02-03T04:05:06Z")], "sentAt": "2024-02-03T05:00:00Z"}
    assert door.send("/v1/import", batch).json == SUCCESS
    (arrived,) = door.ingest()
    assert (arrived.mode, arrived.may_trigger) == ("history", False)
    assert arrived.occurred_at.isoformat() == "2024-02-03T04:05:06+00:00"


def test_a_browser_key_imports_nothing(door):
    answer = door.send("/v1/import", {"batch": [track()]}, key=door.browser)
    assert (answer.status_code, door.count_stored()) == (403, 0)


def test_a_wrong_clock_is_put_right_by_sent_at(door):
    now = door.house.clock.now()
    wrong = now + timedelta(days=3)
    item = track(timestamp=(wrong - timedelta(minutes=10)).isoformat())
    door.send("/v1/batch", {"batch": [item], "sentAt": wrong.isoformat()})
    assert [one.occurred_at for one in door.ingest()] == [now - timedelta(minutes=10)]


# Signed identity


def identify(door, signature=None, *, field="context", user="ann", **traits):
    body = {"type": "identify", "userId": user, "traits": traits}
    if signature is not None:
        where = {"context": {"context": {"identity": {"signature": signature}}},
                 "userHash": {"userHash": signature}}  # fmt: skip
        body |= where[field]
    assert door.send("/v1/identify", body, key=door.browser).status_code == 200
    door.ingest()
    return next(one for one in door.contacts() if one.attributes)


@pytest.mark.parametrize("field", ["context", "userHash"])
def test_a_page_whose_visitor_the_site_vouches_for_sets_an_address_to_write_to(door, field):
    signature = sign_identity(door.house.get_secret(IDENTITY), "ann")
    ann = identify(door, signature.upper(), field=field, email="ann@example.com")
    assert (ann.email, ann.email_confirmed) == ("ann@example.com", True)


@pytest.mark.parametrize("user", ["ann", 7])
def test_a_signature_is_of_one_user_alone(door, user):
    other = sign_identity(door.house.get_secret(IDENTITY), "bob")
    right = sign_identity(door.house.get_secret(IDENTITY), str(user))
    assert not identify(door, other, user=user, email="ann@example.com").email_confirmed
    assert identify(door, right, user=user, email="ann@example.com").email_confirmed


@pytest.mark.parametrize("signature", ["", "x", "é" * 64, "0" * 64, 7, None, ["x"], {}])
def test_a14_what_a_page_says_alone_is_written_to_by_nobody(door, signature):
    ann = identify(door, signature, email="ann@example.com", consents={"news": True})
    assert (ann.email, ann.email_confirmed) == ("ann@example.com", False)


def test_a12_a_page_changes_no_address_and_the_event_says_what_was_not_taken(door):
    door.send("/v1/identify", {"userId": "ann", "traits": {"email": "ann@example.com"}})
    door.ingest()
    ann = identify(door, email="eve@example.com", plan="pro", role="admin")
    assert (ann.email, ann.attributes["plan"], "role" in ann.attributes) == (
        "ann@example.com",
        "pro",
        False,
    )
    event = door.events()[-1]
    assert event.properties["email"] == "eve@example.com"
    assert event.context["ignored"] == ["email", "role"]


# Pixel


def test_a_pixel_is_a_picture_and_an_event(door):
    answer = door.client.get(
        "/v1/pixel",
        query_string={
            "writeKey": door.browser,
            "event": "Brochure Opened",
            "userId": "ann",
            "page": "2",
        },
        headers={"Referer": "https://shop.example/brochure"},
    )
    assert (answer.status_code, answer.mimetype) == (200, "image/gif")
    assert answer.data.startswith(b"GIF89a")
    assert answer.headers["Cache-Control"] == "no-store"
    (arrived,) = door.ingest()
    assert (arrived.name, arrived.properties) == ("Brochure Opened", {"page": "2"})
    assert arrived.context == {"page": {"url": "https://shop.example/brochure"}}


def test_a_pixel_without_an_event_is_a_page_seen(door):
    query = {"writeKey": door.browser, "anonymousId": "a", "name": "Home"}
    assert door.client.get("/v1/pixel", query_string=query).status_code == 200
    assert [(one.name, one.properties) for one in door.ingest()] == [
        ("Page Viewed", {"name": "Home"})
    ]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"writeKey": "write", "userId": "u"}, 403),
        ({"writeKey": "nothing", "userId": "u"}, 401),
        ({"userId": "u"}, 401),
        ({"writeKey": "browser"}, 400),
        ({"writeKey": "browser", "userId": "u", "event": "x" * 200}, 422),
    ],
)
def test_a_pixel_that_cannot_be_taken_says_why(door, given, status):
    query = given | (
        {"writeKey": getattr(door, given["writeKey"], "x")} if "writeKey" in given else {}
    )
    answer = door.client.get("/v1/pixel", query_string=query)
    assert (answer.status_code, answer.json["success"]) == (status, False)
    assert door.count_stored() == 0


def test_a_pixel_names_its_page_as_referrer(door):
    key = door.make_key(KeyKind.BROWSER, origins=[ORIGIN])
    query = {"writeKey": key, "userId": "u"}
    for referrer, status in ((f"{ORIGIN}/x", 200), ("https://evil.example/", 403), (None, 403)):
        headers = {} if referrer is None else {"Referer": referrer}
        assert (
            door.client.get("/v1/pixel", query_string=query, headers=headers).status_code == status
        )
