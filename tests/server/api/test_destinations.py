"""Where requests go that people name, at each door that keeps such a thing."""

import pytest

from engine.models.fetching import FetchSource
from engine.models.message import Endpoint
from tests.server.conftest import log_in

KEPT = {"/api/v1/endpoints/one": Endpoint, "/api/v1/fetch-sources/one": FetchSource}
URL = "https://api.example.com/now"
HEADERS = {"Authorization": "Bearer xyz"}


@pytest.fixture(params=KEPT)
def path(request):
    return request.param


@pytest.fixture
def owner(app):
    return log_in(app, "owner")


def give(browser, path, status, *, revision=None, url=URL, headers=None):
    ask = browser.post if revision is None else browser.put
    edited = {} if revision is None else {"revision": revision}
    answer = ask(path, json={"url": url, "headers": headers or {}, **edited})
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.json


def read(house, path):
    with house.database.reading() as session:
        return session.get_one(KEPT[path], "one").headers


def test_values_of_headers_are_never_shown_and_stay_with_their_server(owner, house, path):
    assert give(owner, path, 201, headers=HEADERS)["headers"] == ["Authorization"]
    assert "xyz" not in owner.get(path.removesuffix("/one")).get_data(as_text=True)
    kept = {"Authorization": None}
    give(owner, path, 200, revision=1, url=f"{URL}?units=c", headers=kept)
    assert read(house, path) == HEADERS
    for other in (
        "https://evil.example.net/",
        "http://api.example.com/",
        "https://api.example.com:8443/now",
    ):
        give(owner, path, 422, revision=2, url=other, headers=kept)
    give(owner, path, 422, revision=2, headers={"Tenant": None})
    give(owner, path, 422, revision=2, headers={"Host": "evil.example.net"})
    assert read(house, path) == HEADERS
    other = {"Authorization": "Bearer new"}
    give(owner, path, 200, revision=2, url="https://other.example.net/", headers=other)
    assert read(house, path) == other


def test_what_somebody_else_changed_is_not_overwritten(owner, path):
    give(owner, path, 201)
    give(owner, path, 200, revision=1, url="https://one.example.com/")
    told = give(owner, path, 409, revision=1, url="https://two.example.com/")
    assert (told["code"], told["title"]) == (
        "lost_update",
        "it is at revision 2, and 1 was edited",
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "https://api.example.com:25/",
        "https://user:secret@api.example.com/",
        "ftp://api.example.com/",
        "nonsense",
    ],
)
def test_where_nothing_may_be_sent_is_not_kept(owner, path, url):
    give(owner, path, 422, url=url)
    give(owner, path, 201)
    give(owner, path, 422, revision=1, url=url)
