"""The routes of Segment's HTTP Tracking API, so that its client libraries work unchanged."""

from typing import Final

import orjson
from flask import Blueprint, Response, current_app, request

from engine.errors import Invalid
from server.auth import public
from server.errors import Malformed
from server.tracking.collect import Collected, Collector
from server.wiring import get_house

blueprint: Final = Blueprint("tracking", __name__, url_prefix="/v1")
_COLLECTOR: Final = "sojourn.collector"
_WHY: Final = "the key in the request is asked for by the door itself"


def _get_collector() -> Collector:
    extensions = current_app.extensions
    if _COLLECTOR not in extensions:
        extensions[_COLLECTOR] = Collector(get_house())
    collector = extensions[_COLLECTOR]
    if not isinstance(collector, Collector):
        raise TypeError(_COLLECTOR)
    return collector


@blueprint.route("/<any(identify,track,page,screen,group,alias):kind>", methods=["POST"])
@public(_WHY)
def one(kind: str) -> Response:
    """Take one call."""
    return _answer(_collect(kind=kind))


@blueprint.route("/<any(batch,b):_name>", methods=["POST"])
@public(_WHY)
def batch(_name: str) -> Response:
    """Take several calls; each is judged by itself."""
    return _answer(_collect(kind=None), is_batch=True)


@blueprint.route("/import", methods=["POST"])
@public(_WHY)
def take_history() -> Response:
    """Take several calls as old news: original times, counted, and nobody enters a journey."""
    return _answer(_collect(kind=None, is_history=True), is_batch=True)


@blueprint.route("/<any(identify,track,page,screen,group,alias,batch,b,import):_name>",
                 methods=["OPTIONS"])  # fmt: skip
@public("a page asks before it sends; the answer says nothing")
def preflight(_name: str) -> Response:
    """Tell a page's browser that it may send here."""
    return Response(status=204)


def _collect(*, kind: str | None, is_history: bool = False) -> Collected:
    try:
        return _get_collector().collect(request, kind=kind, is_history=is_history)
    except Invalid as error:
        raise Malformed(str(error)) from None


def _answer(collected: Collected, *, is_batch: bool = False) -> Response:
    """Say what became of the items: 400 only if not one was taken, so that nobody repeats it all."""
    if not collected.errors:
        return _write({"success": True}, 200)
    body = {
        "success": False,
        "accepted": collected.accepted,
        "errors": collected.errors,
        "title": collected.errors[0]["message"],
        "code": collected.errors[0]["code"],
    }
    return _write(body, 200 if is_batch and collected.accepted else 400)


def _write(body: dict[str, object], status: int) -> Response:
    return Response(orjson.dumps(body), status=status, mimetype="application/json")


@blueprint.after_request
def allow_pages(response: Response) -> Response:
    """Let pages of any origin read the answer; which of them a key is for is asked by the door."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
