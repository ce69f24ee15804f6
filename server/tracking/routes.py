"""The routes of Segment's HTTP Tracking API, so that its client libraries work unchanged."""

import base64
import math
from typing import Any, Final

import orjson
from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException

from engine.errors import EngineError, TooMuch, Unavailable
from engine.events.json_body import BadItem
from server.auth import public
from server.errors import UNAVAILABLE_RETRY, find_status, name_status
from server.logs import get_logger
from server.tracking.collect import Collected, Collector
from server.tracking.refusing import find_item_status
from server.wiring import get_house

blueprint: Final = Blueprint("tracking", __name__, url_prefix="/v1")
_COLLECTOR: Final = "sojourn.collector"
_WHY: Final = "the key in the request is asked for by the door itself"
_PIXEL: Final = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
KINDS: Final = {kind[0]: kind for kind in ("identify", "track", "page", "screen", "group", "alias")}
"""Segment's library for pages names a call by its first letter."""
_SINGLE: Final = f"/<any({','.join([*KINDS, *KINDS.values()])}):kind>"


def _get_collector() -> Collector:
    collector = current_app.extensions.get(_COLLECTOR)
    if not isinstance(collector, Collector):
        collector = current_app.extensions.setdefault(_COLLECTOR, Collector(get_house()))
    return collector


@blueprint.route(_SINGLE, methods=["POST"])
@public(_WHY)
def one(kind: str) -> Response:
    """Take one call."""
    collected = _get_collector().collect(request, kind=KINDS.get(kind, kind))
    if collected.errors:
        error = collected.errors[0]
        return _refuse(find_item_status(error["code"]), error["code"], error["message"])
    return _write({"success": True}, 200)


@blueprint.route("/<any(batch,b):_name>", methods=["POST"])
@public(_WHY)
def batch(_name: str) -> Response:
    """Take several calls; each is judged by itself."""
    return _answer(_get_collector().collect(request, kind=None))


@blueprint.route("/import", methods=["POST"])
@public(_WHY)
def take_history() -> Response:
    """Take several calls as old news: original times, counted, and nobody enters a journey."""
    return _answer(_get_collector().collect(request, kind=None, is_history=True))


@blueprint.route("/pixel", methods=["GET"])
@public(_WHY)
def pixel() -> Response:
    """Take the call that stands in the address, and show a picture of one clear dot."""
    collected = _get_collector().collect_pixel(request)
    if collected.errors:
        error = collected.errors[0]
        return _refuse(find_item_status(error["code"]), error["code"], error["message"])
    response = Response(_PIXEL, mimetype="image/gif")
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(collected: Collected) -> Response:
    """Say what became of a batch: 400 only if not one was taken, so that nobody repeats it all.

    Segment's libraries take 200 alone for success, and would send a 207 again and again.
    """
    errors = collected.errors
    if not errors:
        return _write({"success": True}, 200)
    count = len(errors)
    message = f"{count} of {count + collected.accepted} calls were not taken; the first: "
    return _refuse(
        200 if collected.accepted else 400,
        errors[0]["code"],
        f"{message}{errors[0]['message']}",
        accepted=collected.accepted,
        errors=errors,
    )


def _refuse(
    status: int,
    code: str,
    message: str,
    *,
    accepted: int = 0,
    errors: list[dict[str, Any]] | None = None,
) -> Response:
    """Answer that something was not taken; client libraries read `code` and `message`."""
    body = {
        "success": False,
        "accepted": accepted,
        "errors": errors or [],
        "code": code,
        "message": message,
    }
    return _write(body, status)


def _write(body: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(body), status=status, mimetype="application/json")


@blueprint.errorhandler(EngineError)
def answer_error(error: EngineError) -> Response:
    """Answer a request of which nothing was taken."""
    if isinstance(error, BadItem):
        return _refuse(find_item_status(error.item_code), error.item_code, str(error))
    status, pause = find_status(error), None
    if isinstance(error, Unavailable):
        get_logger().warning("tracking_unavailable", reason=str(error))
        pause, error = UNAVAILABLE_RETRY, Unavailable("nothing can be stored now; send it again")
    elif isinstance(error, TooMuch):
        pause = error.retry_after
    response = _refuse(status, error.code, str(error))
    if pause is not None:
        response.headers["Retry-After"] = str(max(1, math.ceil(pause.total_seconds())))
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="sojourn"'
    return response


@blueprint.errorhandler(HTTPException)
def answer_http_error(error: HTTPException) -> Response:
    """Answer what the web framework refuses, such as a body that is too large."""
    response = _refuse(error.code or 500, name_status(error), error.name.lower())
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


@blueprint.after_request
def allow_pages(response: Response) -> Response:
    """Let pages of any origin send, and read the answer; which a key is for is asked by the door.

    A browser asks with OPTIONS first, which the framework answers.
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Expose-Headers"] = "retry-after"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
