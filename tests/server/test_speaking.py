"""Answers in the language that the request asks for."""

from engine.language.say import say
from tests.server.conftest import log_in

UNKNOWN = "/api/v1/journeys/nothing"


def ask(app, **headers):
    return log_in(app, "viewer").get(UNKNOWN, headers=headers)


def test_a_refusal_is_said_in_the_language_of_whoever_asks(app):
    german = ask(app, Accept_Language="de-AT,de;q=0.9,en;q=0.5")
    assert german.json["title"] == "Die Journey 'nothing' gibt es nicht"
    assert german.json["code"] == "not_found"
    assert german.headers["Content-Language"] == "de"
    assert "Accept-Language" in german.headers["Vary"]


def test_english_is_what_others_get(app):
    browser = log_in(app, "viewer")
    for wished in (None, "fr, it;q=0.5", "en, de;q=0.1"):
        answer = browser.get(UNKNOWN, headers={"Accept-Language": wished} if wished else {})
        assert answer.json["title"] == "there is no journey 'nothing'"
        assert answer.headers["Content-Language"] == "en"


def test_tracking_is_answered_in_english(app):
    refused = app.test_client().post("/v1/track", json={}, headers={"Accept-Language": "de"})
    assert refused.status_code == 401
    assert refused.headers["Content-Language"] == "en"


def test_a_request_leaves_no_language_behind(app):
    ask(app, Accept_Language="de")
    assert say("there is no journey {key!r}", key="x") == "there is no journey 'x'"


def test_problems_of_a_draft_are_said_in_german(app):
    document = {
        "format": 1,
        "key": "hello",
        "name": "Hello",
        "trigger": {"kind": "event", "event": "Signed Up"},
        "start": "mail",
        "nodes": {"mail": {"kind": "send_email", "template": "missing-one", "topic": "news"}},
    }
    editor = log_in(app, "editor")
    shown = editor.post(
        "/api/v1/journeys/hello/validate",
        json={"document": document},
        headers={"Accept-Language": "de"},
    ).json
    [problem] = [one for one in shown["problems"] if one["code"] == "template_unknown"]
    assert problem["message"] == "die Vorlage „missing-one“ gibt es nicht: 'mail'."
    assert problem["about"] == "missing-one"
