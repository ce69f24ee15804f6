"""From errors to answers: the one table of codes and statuses, and RFC 9457 problem documents."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import orjson
from flask import Flask, Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from engine.errors import (
    Conflict,
    Denied,
    EngineError,
    Invalid,
    InvalidJourney,
    NotFound,
    TooMuch,
    Unavailable,
    Unmapped,
    WrongCredentials,
)
from server.logs import describe_failure, get_logger

MEDIA_TYPE: Final = "application/problem+json"
UNAVAILABLE_RETRY: Final = timedelta(seconds=5)

STATUSES: Final[Mapping[type[EngineError], int]] = {
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    Denied: 403,
    WrongCredentials: 401,
    TooMuch: 429,
    Unavailable: 503,
}
"""What each error is over HTTP; a subclass answers as the nearest of its ancestors here."""


class Malformed(EngineError):
    """The request can not be read: no JSON, a name twice, a character nobody stores."""

    code = "malformed"


class WrongMediaType(EngineError):
    """The body is not of the kind this address takes."""

    code = "wrong_media_type"


_OWN: Final[Mapping[type[EngineError], int]] = {Malformed: 400, WrongMediaType: 415}


def find_status(error: EngineError) -> int:
    """Return the HTTP status of an error. One that will be refused for ever by size is 413."""
    if isinstance(error, TooMuch) and error.retry_after is None:
        return 413
    table = {**STATUSES, **_OWN}
    for kind in type(error).__mro__:
        if kind in table:
            return table[kind]
    return 500


def build_problem(
    status: int,
    code: str,
    title: str,
    *,
    problems: list[dict[str, Any]] | None = None,
    retry_after: timedelta | None = None,
) -> Response:
    """Return a problem document.

    Args:
        status: of HTTP.
        code: for programs.
        title: for people: what is wrong and what to do, never what the caller sent.
        problems: one by one, where there are several, such as the fields of a body.
        retry_after: when trying again makes sense.
    """
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
    }
    if problems:
        document["problems"] = problems
    response = Response(orjson.dumps(document), status=status, content_type=MEDIA_TYPE)
    if retry_after is not None:
        response.headers["Retry-After"] = str(max(1, math.ceil(retry_after.total_seconds())))
    if status == WRONG_CREDENTIALS:
        response.headers["WWW-Authenticate"] = 'Bearer realm="sojourn"'
    return response


WRONG_CREDENTIALS: Final = 401


def answer_engine_error(error: EngineError) -> Response:
    """Return the answer to what the engine refuses to do."""
    status = find_status(error)
    if isinstance(error, Unavailable):
        get_logger().warning("answer_unavailable", reason=str(error))
        return build_problem(
            status,
            error.code,
            "this cannot be done just now; try again in a moment",
            retry_after=UNAVAILABLE_RETRY,
        )
    return build_problem(
        status,
        error.code,
        str(error),
        problems=error.problems if isinstance(error, InvalidJourney | Unmapped) else None,
        retry_after=error.retry_after if isinstance(error, TooMuch) else None,
    )


def answer_validation_error(error: ValidationError) -> Response:
    """Return the answer to a body or query that does not have the right shape."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    problems = [
        {"path": "/".join(str(part) for part in each["loc"]), "message": each["msg"]}
        for each in found[:100]
    ]
    return build_problem(422, Invalid.code, "the input has mistakes", problems=problems)


def answer_http_error(error: HTTPException) -> Response:
    """Return the answer to what the web framework refuses: no such address, too large."""
    status = error.code or 500
    response = build_problem(status, name_status(error), error.name.lower())
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def answer_unexpected(error: Exception) -> Response:
    """Return the answer to a mistake of ours; what it was stands in the log alone."""
    get_logger().error("request_failed", endpoint=request.endpoint, **describe_failure(error))
    return build_problem(500, "failed", "this went wrong on our side, and has been logged")


def register_errors(app: Flask) -> None:
    """Make the application answer every error as a problem document."""
    app.register_error_handler(EngineError, answer_engine_error)
    app.register_error_handler(ValidationError, answer_validation_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_unexpected)


def name_status(error: HTTPException) -> str:
    """Return the code for programs of what the web framework refuses."""
    return {404: NotFound.code, 413: TooMuch.code}.get(
        error.code or 500, error.name.lower().replace(" ", "_")
    )
