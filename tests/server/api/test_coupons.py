"""Coupons over HTTP: pools, codes brought in as lines or made up, and who has which."""

from datetime import timedelta

import pytest

from engine.ids import new_id
from engine.messages.lookups.coupons import codes as kept
from engine.messages.lookups.coupons.drawing import Wish, draw
from server.api import coupons
from tests.server import rows
from tests.server.conftest import START, bearer, log_in, make_key

ROOT = "/api/v1/coupon-pools"


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def make(browser, name="summer", status=201, **body):
    answer = browser.post(f"{ROOT}/{name}", json=body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def send_file(browser, text, kind="text/csv", status=200, **more):
    answer = browser.post(f"{ROOT}/summer/codes/file", data=text, content_type=kind, **more)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def test_a_pool_is_made_shown_changed_and_taken_away(owner):
    end = START + timedelta(days=1)
    made = make(owner, low_water=3, expires_at=end.isoformat(), common_code="ALL")
    assert (made["left"], made["is_low"], made["is_expired"]) == (0, True, False)
    make(owner, status=409)
    make(owner, name="No Name", status=422)
    make(owner, name="b", status=422, expires_at="2026-05-01T00:00:00")
    make(owner, name="b", status=422, common_code="a b")
    changed = {"low_water": 5, "revision": 1, "per_contact": True}
    assert owner.put(f"{ROOT}/summer", json=changed).json["per_contact"] is True
    assert owner.put(f"{ROOT}/summer", json=changed).status_code == 409
    assert [one["name"] for one in owner.get(ROOT).json["items"]] == ["summer"]
    assert owner.delete(f"{ROOT}/summer").status_code == 204
    assert owner.get(f"{ROOT}/summer").status_code == 404


def test_codes_come_as_a_list_or_as_lines_and_doubles_are_told(owner):
    make(owner)
    first = owner.post(f"{ROOT}/summer/codes", json={"codes": ["A1", "A2", "A1"]}).json
    assert (first["added"], first["doubled"], first["doubles"]) == (2, 1, ["A1"])
    told = send_file(owner, "\ufeffCode,Note\r\nB1,x\r\nA2,y\r\n\r\nb 2,z\r\n".encode())
    assert (told["added"], told["doubled"], told["refused"]) == (1, 1, 1)
    assert told["flaws"] == [
        {"code": "b 2", "why": "a code has no blanks and no control characters"}
    ]
    assert owner.get(f"{ROOT}/summer").json["left"] == 3
    send_file(owner, b"\xff\xfe", status=422)
    send_file(owner, b"{}", kind="application/json", status=415)


@pytest.mark.parametrize(
    "file",
    [
        "Gutscheincode;bis\r\nK1;31.12.\r\nK2;\r\n",
        "K1\tx\nK2\ty",
        '"Code";"a"\n"K1";"b;c"\n"K2";"d"',
    ],
)
def test_of_columns_with_other_signs_between_them_the_first_counts(owner, file):
    make(owner)
    assert send_file(owner, file.encode())["added"] == 2
    codes = owner.get(f"{ROOT}/summer/codes").json["items"]
    assert sorted(one["code"] for one in codes) == ["K1", "K2"]


def test_a_file_is_taken_in_parts_and_cut_at_its_limit(owner, monkeypatch):
    monkeypatch.setattr(coupons, "CHUNK", 4)
    monkeypatch.setattr(coupons, "MOST_AT_ONCE", 10)
    make(owner)
    lines = "\n".join(f"N{number}" for number in range(12))
    told = send_file(owner, lines.encode(), kind="text/plain")
    assert (told["added"], told["is_cut"]) == (10, True)
    told = send_file(owner, lines.encode()[:-8], kind="text/plain")
    assert (told["doubled"], told["is_cut"]) == (10, False)


def test_codes_are_made_up_unless_they_could_be_guessed(owner, monkeypatch):
    monkeypatch.setattr(coupons, "CHUNK", 8)
    make(owner)
    url = f"{ROOT}/summer/codes/generate"
    assert owner.post(url, json={"pattern": "S-####", "count": 20}).status_code == 422
    assert owner.post(url, json={"pattern": "S-########", "count": 20}).json == {"count": 20}
    assert owner.get(f"{ROOT}/summer").json["left"] == 20
    assert owner.delete(f"{ROOT}/summer/codes").json == {"count": 20}


def test_who_has_which_code_is_shown_page_by_page(app, owner, house, monkeypatch):
    monkeypatch.setattr(coupons, "PAGE", 2)
    make(owner)
    owner.post(f"{ROOT}/summer/codes", json={"codes": [f"C{number}" for number in range(5)]})
    with house.database.transaction() as session:
        contact = rows.add_contact(session, START, attributes={"name": "Ann"})
        wish = Wish("summer", new_id(), contact.id)
        assert draw(session, [wish], now=START) == {wish: "C0"}
        uid = contact.uid
    first = owner.get(f"{ROOT}/summer/codes").json
    assert [one["code"] for one in first["items"]] == ["C4", "C3"]
    second = owner.get(f"{ROOT}/summer/codes?before={first['next']}").json
    assert [one["code"] for one in second["items"]] == ["C2", "C1"]
    (drawn,) = owner.get(f"{ROOT}/summer/codes?state=drawn").json["items"]
    assert (drawn["contact"], drawn["contact_name"], drawn["state"]) == (str(uid), "Ann", "drawn")
    assert owner.get(f"{ROOT}/summer/codes?code=C3").json["items"][0]["state"] == "left"
    editor = log_in(app, "editor")
    assert editor.get(f"{ROOT}/summer/codes").status_code == 403


@pytest.mark.parametrize("call", ["'summer'", "default='x', pool='summer'", "pool = 'summer'"])
def test_a_pool_that_a_letter_names_stays(owner, call):
    make(owner)
    words = {"channel": "sms", "source": f"Take {{{{ coupon ({call}) }}}}", "edits": 0}
    assert owner.put("/api/v1/templates/sale", json=words).status_code < 300
    (shown,) = owner.get(ROOT).json["items"]
    assert shown["used_by"] == [{"key": "sale", "name": "Sale", "is_partial": False}]
    assert owner.delete(f"{ROOT}/summer").status_code == 409


def test_a_server_key_brings_codes_in(owner, house, client):
    make(owner)
    key = make_key(house, scopes=["journeys:publish"])
    told = send_file(client, b"K1\nK2\n", kind="text/plain", headers=bearer(key))
    assert told["added"] == 2


def test_how_many_are_left_is_measured(owner, client):
    make(owner)
    owner.post(f"{ROOT}/summer/codes", json={"codes": ["A", "B"]})
    text = client.get("/metrics").get_data(as_text=True)
    assert 'sojourn_coupons_left{pool="summer"} 2.0' in text


def test_the_limits_are_what_the_documentation_says():
    assert (kept.MOST_AT_ONCE, kept.LONGEST_CODE) == (100_000, 64)
