"""The shop's pages, what its own server does, and the link by which the owner comes in."""

import pytest

from engine.accounts.instance import IDENTITY
from server.app import create_app
from server.demo.routes import FOLDER, build_blueprint
from server.tracking.presented import sign_identity
from tests.server.conftest import OWN, add_user

TOKEN = "of-this-start"


@pytest.fixture
def shop(one_house):
    blueprint = build_blueprint("bk_public", entrance_token=TOKEN)
    return create_app(one_house, blueprints=[blueprint]).test_client()


@pytest.mark.parametrize("name", ["", *sorted(path.name for path in FOLDER.iterdir())])
def test_its_files_are_served_and_may_ask_nobody_else(shop, name):
    address = {"": "/shop", "index.html": "/shop", "survey.html": "/shop/survey"}.get(
        name, f"/shop/{name}"
    )
    with shop.get(address) as answer:
        assert answer.status_code == 200
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
        assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in answer.text


@pytest.mark.parametrize("name", ["routes.py", "../routes.py", "%2e%2e/run.py"])
def test_no_other_file_is_served(shop, name):
    assert "Blueprint" not in shop.get(f"/shop/{name}").text


def test_the_page_learns_its_public_key(shop):
    assert shop.get("/shop/api/shop").json == {"browser_key": "bk_public"}


def test_the_shop_vouches_for_its_visitor(shop, one_house):
    answer = shop.post("/shop/api/signature", json={"user_id": "ann@example.com"}, headers=OWN)
    assert answer.status_code == 200
    expected = sign_identity(one_house.get_secret(IDENTITY), "ann@example.com")
    assert answer.json == {"signature": expected}


@pytest.mark.parametrize("body", [{}, {"user_id": ""}, {"user_id": "x" * 129}, {"user_id": 7}])
def test_nobody_is_vouched_for_without_an_id(shop, body):
    answer = shop.post("/shop/api/signature", json=body, headers=OWN)
    assert answer.status_code in {400, 422}
    assert "user_id" in answer.text


def test_the_link_of_this_start_logs_the_owner_in(shop, one_house):
    add_user(one_house, "owner")
    answer = shop.get(f"/shop/enter?token={TOKEN}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert shop.get("/api/v1/session", headers=OWN).json["user"]["role"] == "owner"


@pytest.mark.parametrize("token", ["", "of-another-start", "ö"])
def test_no_other_link_logs_anybody_in(shop, one_house, token):
    add_user(one_house, "owner")
    answer = shop.get("/shop/enter", query_string={"token": token})
    assert answer.status_code in {400, 401, 403}
    assert "Set-Cookie" not in answer.headers
