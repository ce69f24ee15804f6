"""The builder's files, its page for every address of its own, and the headers of all answers."""

import re

import pytest

from server import pages
from server.app import create_app

HTML = {"Accept": "text/html,*/*"}


@pytest.fixture
def built(tmp_path, monkeypatch):
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(
        '<!doctype html><meta name="style-nonce" content="__STYLE_NONCE__"><div id="root"></div>'
    )
    (folder / "assets" / "app-1a2b.js").write_text("export {}")
    (folder / "visual.html").write_text('<!doctype html><div id="root"></div>')
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("canary")
    monkeypatch.setattr(pages, "find_resource", lambda _: folder)
    return folder


@pytest.fixture
def client(one_house):
    return create_app(one_house).test_client()


@pytest.mark.parametrize("address", ["/", "/journeys", "/journeys/welcome/edit", "/setup"])
def test_every_address_of_the_builder_is_its_one_page(client, built, address):
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200
    assert '<div id="root">' in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_files_are_served_and_those_with_a_name_of_their_own_for_ever(client, built):
    with client.get("/assets/app-1a2b.js") as script:
        assert script.status_code == 200
        assert script.mimetype == "text/javascript"
        assert "immutable" in script.headers["Cache-Control"]
    with client.get("/icon.svg") as icon:
        assert "immutable" not in icon.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/nothing",
        "/v1/nothing",
        "/hooks/nothing",
        "/u/",
        "/assets/gone.js",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "//secret.txt",
    ],
)
def test_what_is_no_page_is_absent(client, built, address):
    answer = client.get(address, headers=HTML)
    assert answer.status_code in {308, 404}
    assert "canary" not in answer.text


def test_a_program_that_wants_no_page_gets_none(client, built):
    assert client.get("/journeys", headers={"Accept": "application/json"}).status_code == 404


def test_without_the_builder_the_page_says_how_to_build_it(client, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "find_resource", lambda _: tmp_path / "nothing")
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 404
    assert "dev.py setup" in answer.text


def test_the_page_runs_our_own_scripts_alone(client, built):
    answer = client.get("/", headers=HTML)
    policy = dict(
        each.strip().split(" ", 1) for each in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)
    nonce = re.search('content="([^"]+)"', answer.text).group(1)
    assert policy["style-src"] == f"'self' 'nonce-{nonce}'"
    assert nonce not in client.get("/", headers=HTML).text


def read_policy(answer):
    parts = answer.headers["Content-Security-Policy"].split(";")
    return dict(each.strip().split(" ", 1) for each in parts)


def test_the_visual_editor_may_write_styles_and_ask_nobody(client, built):
    with client.get("/visual.html", headers=HTML) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"
        policy = read_policy(answer)
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'self'"
    assert read_policy(client.get("/", headers=HTML))["frame-src"] == "'self' blob:"


def test_only_the_visual_editor_may(client, built):
    for address in ("/", "/visual", "/assets/app-1a2b.js"):
        with client.get(address, headers=HTML) as answer:
            assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_a_page_without_a_place_for_a_nonce_gets_none(client, built):
    (built / "index.html").write_text("<!doctype html>")
    policy = client.get("/", headers=HTML).headers["Content-Security-Policy"]
    assert "style-src 'self';" in policy


@pytest.mark.parametrize("address", ["/", "/healthz", "/api/v1/session", "/api/v1/nothing"])
def test_every_answer_tells_browsers_to_be_careful(client, built, address):
    headers = client.get(address, headers=HTML).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin"
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


def test_answers_of_the_api_are_not_kept(client):
    assert client.get("/api/v1/session").headers["Cache-Control"] == "no-store"
