"""From errors to answers: every error has a status, and no answer says too much."""

import inspect
from datetime import timedelta

import pytest
from flask import Blueprint

from engine import errors
from engine.db import Database
from engine.errors import EngineError
from server.app import create_app
from server.auth import public
from server.errors import STATUSES, Malformed, WrongMediaType, find_status
from tests.server.conftest import build_house
from tests.server.test_broker import free_port

ALL = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, EngineError) and each is not EngineError
]
CANARY = "ann@example.com"


def make(kind):
    if kind is errors.InvalidTransition:
        return kind("draft", "stopped")
    if kind is errors.InvalidJourney:
        return kind("cannot work", [{"code": "x", "node": "hello", "message": "no"}])
    if kind is errors.Unmapped:
        return kind("nobody has said", [{"version": 1, "node": "hello", "people": 2}])
    return kind("cannot work")


@pytest.mark.parametrize("kind", ALL)
def test_every_error_has_its_status(kind):
    assert any(ancestor in STATUSES for ancestor in kind.__mro__)
    assert find_status(make(kind)) < 504


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("x"), 404),
        (errors.Conflict("x"), 409),
        (errors.LostUpdate("x"), 409),
        (errors.Invalid("x"), 422),
        (errors.InvalidTime("x"), 422),
        (errors.Denied("x"), 403),
        (errors.WrongCredentials("x"), 401),
        (errors.TooMuch("x"), 413),
        (errors.TooMuch("x", retry_after=timedelta(seconds=3)), 429),
        (errors.Unavailable("x"), 503),
        (Malformed("x"), 400),
        (WrongMediaType("x"), 415),
        (EngineError("x"), 500),
    ],
)
def test_an_error_answers_with_its_status(error, status):
    assert find_status(error) == status


@pytest.fixture
def failing(one_house):
    """An application with a route that fails as it is told."""
    raised = []
    blueprint = Blueprint("failing", __name__)

    @blueprint.get("/fail")
    @public("a test")
    def fail():
        raise raised[-1]

    client = create_app(one_house, blueprints=[blueprint]).test_client()

    def call(error):
        raised.append(error)
        return client.get("/fail")

    return call


def test_an_answer_is_a_problem_document(failing):
    answer = failing(errors.Conflict("stop it first"))
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": "about:blank",
        "title": "stop it first",
        "status": 409,
        "code": "conflict",
    }


def test_a_journeys_problems_come_along(failing):
    answer = failing(make(errors.InvalidJourney))
    assert answer.json["problems"] == [{"code": "x", "node": "hello", "message": "no"}]


def test_what_is_unavailable_says_when_to_try_again_and_not_why(failing):
    answer = failing(errors.Unavailable(f"connection to db.internal as {CANARY} failed"))
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert CANARY not in answer.text


def test_too_much_says_when_to_try_again(failing):
    answer = failing(errors.TooMuch("slowly", retry_after=timedelta(milliseconds=1500)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")


def test_a_mistake_of_ours_shows_neither_trace_nor_data(failing, monkeypatch):
    from server import errors as door

    logged = []

    class Logger:
        def error(self, event, **words):
            logged.append((event, words))

    monkeypatch.setattr(door, "get_logger", Logger)
    answer = failing(ValueError(CANARY))
    assert answer.status_code == 500
    assert CANARY not in answer.text
    assert "Traceback" not in answer.text
    ((event, words),) = logged
    assert (event, words["endpoint"], words["error"]) == (
        "request_failed",
        "failing.fail",
        "ValueError",
    )
    assert CANARY not in str(words)


def test_a_database_that_is_away_is_not_a_mistake_of_ours(tmp_path):
    database = Database(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    answer = create_app(build_house(database, tmp_path)).test_client().get("/api/v1/session")
    assert answer.status_code == 503
    assert "127.0.0.1" not in answer.text
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/favicon.ico", 404),
        ("DELETE", "/api/v1/session", 405),
        ("POST", "/healthz", 405),
    ],
)
def test_what_the_framework_refuses_is_a_problem_document_too(one_house, method, address, status):
    answer = create_app(one_house).test_client().open(address, method=method)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert address not in answer.text
