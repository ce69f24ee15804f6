"""Where pages say that their browser takes pushes; and the scripts with which they ask for it."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson
from flask import Blueprint, Response, current_app, request, send_from_directory

from channels.base import BadAddress
from channels.push.encryption import BadSubscription, check_keys
from channels.push.services import PushServices
from channels.push.vapid import show_public_key
from channels.target import TargetRefused
from engine.accounts.instance import PUSH
from engine.accounts.keys import KeyInfo, KeyKind
from engine.contacts.agents import name_agent
from engine.contacts.push_devices import Came
from engine.errors import EngineError
from engine.events.incoming import LONGEST_ID, parse_body
from engine.events.json_body import BadItem
from engine.events.push_doors import end_subscription, take_subscription
from server.auth import public
from server.headers import use_policy
from server.tracking.bodies import read_body
from server.tracking.limits import Buckets, name_address
from server.tracking.presented import KnownKeys, check_key, choose_key, is_signed, read_key_header
from server.tracking.refusing import Heard, Refusals
from server.tracking.routes import allow_pages, answer_error, answer_http_error
from server.wiring import House, get_house

SCRIPTS: Final = Path(__file__).resolve().parent / "scripts"
PER_MINUTE: Final = 600
"""Calls of one address: a browser says it once a day."""
MOST_TOPICS: Final = 20
WORKER_POLICY: Final = "default-src 'none'; script-src 'self'; connect-src *; img-src *"
_DOOR: Final = "sojourn.push_door"
_WHY: Final = "the key in the request is asked for by the door itself"

blueprint: Final = Blueprint("push", __name__)
blueprint.register_error_handler(EngineError, answer_error)
blueprint.after_request(allow_pages)


class PushDoor:
    """One process's door for browsers, with what it remembers from call to call."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._keys, self._refusals = KnownKeys(), Refusals()
        self._buckets = Buckets(PER_MINUTE)
        self._services = _open_services(house)

    def subscribe(self) -> list[str]:
        """Keep the browser that a page speaks of; answer the topics that its yes was taken for.

        Raises:
            EngineError: it was not taken.
        """
        body, key, heard = self._hear()
        try:
            came = self._read(body, key)
            topics = _read_topics(body)
        except EngineError as error:
            self._refusals.note_error(self._house, heard, error, now=time.monotonic())
            raise
        shown = {"key": key.id, "page": (request.headers.get("Origin") or "")[:200]}
        with self._house.database.transaction() as session:
            return take_subscription(
                session, came, topics, shown=shown, now=self._house.clock.now()
            )

    def unsubscribe(self) -> None:
        """Forget a browser, whose endpoint nobody else knows.

        Raises:
            EngineError: nothing names it.
        """
        body, _, _ = self._hear()
        endpoint = _take_text(body, "endpoint", 1_000)
        with self._house.database.transaction() as session:
            end_subscription(session, endpoint, now=self._house.clock.now())

    def _hear(self) -> tuple[Mapping[str, Any], KeyInfo, Heard]:
        heard = Heard(request.path, self._house.clock.now(), request.headers.get("Origin"))
        try:
            self._buckets.take(name_address(request.remote_addr), now=time.monotonic())
            body = parse_body(read_body(request))
            if not isinstance(body, Mapping):
                raise BadItem("not_an_object", "the body is an object")
            heard.calls = [body]
            heard.key = key = self._keys.find(
                self._house, choose_key(read_key_header(request), body)
            )
            check_key(key, origin=heard.origin, is_history=False)
        except EngineError as error:
            self._refusals.note_error(self._house, heard, error, now=time.monotonic())
            raise
        return body, key, heard

    def _read(self, body: Mapping[str, Any], key: KeyInfo) -> Came:
        given = body.get("subscription")
        keys = given.get("keys") if isinstance(given, Mapping) else None
        if not isinstance(given, Mapping) or not isinstance(keys, Mapping):
            raise BadItem("missing_subscription", "subscription is what the browser gave, as JSON")
        endpoint = _take_text(given, "endpoint", 1_000)
        p256dh, auth = _take_text(keys, "p256dh", 100), _take_text(keys, "auth", 40)
        try:
            self._services.check(endpoint)
            check_keys(p256dh, auth)
        except (TargetRefused, BadSubscription) as refused:
            raise BadItem(refused.code, str(refused)) from None
        external, anonymous = _read_id(body, "userId"), _read_id(body, "anonymousId")
        if external is None and anonymous is None:
            raise BadItem("missing_id", "userId or anonymousId says who is at the browser")
        return Came(
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            external=external,
            anonymous=anonymous,
            is_signed=key.kind is not KeyKind.BROWSER or is_signed(self._house, body),
            agent=name_agent(request.headers.get("User-Agent", "")),
            replaces=_take_text(body, "replaces", 1_000) if body.get("replaces") else None,
        )


def _open_services(house: House) -> PushServices:
    try:
        return PushServices(house.settings.push_services)
    except BadAddress:
        return PushServices()  # `sojourn doctor` and the accounts say what is wrong with it


def _get_door() -> PushDoor:
    door = current_app.extensions.get(_DOOR)
    if not isinstance(door, PushDoor):
        door = current_app.extensions.setdefault(_DOOR, PushDoor(get_house()))
    return door


@blueprint.get("/v1/push/key")
@public("the key is public: every page hands it to the browser")
def show_key() -> Response:
    """Show the public key by which browsers know this instance."""
    shown = show_public_key(get_house().get_secret(PUSH))
    response = _write({"publicKey": shown})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.post("/v1/push/subscribe")
@public(_WHY)
def subscribe() -> Response:
    """Take a browser that may be pushed to."""
    return _write({"success": True, "topics": _get_door().subscribe()})


@blueprint.post("/v1/push/unsubscribe")
@public(_WHY)
def unsubscribe() -> Response:
    """Push to this browser no more."""
    _get_door().unsubscribe()
    return _write({"success": True})


@blueprint.get("/<any('sojourn-push.js','sojourn-sw.js'):name>")
@public("scripts of pages hold no data")
def show_script(name: str) -> Response:
    """Serve the page's script, or the service worker."""
    use_policy(WORKER_POLICY)
    response = send_from_directory(SCRIPTS, name, mimetype="text/javascript", max_age=3_600)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _write(body: dict[str, Any]) -> Response:
    return Response(orjson.dumps(body), mimetype="application/json")


def _take_text(given: Mapping[str, Any], name: str, longest: int) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isascii():
        raise BadItem(f"bad_{name}", f"{name} is text of at most {longest} characters")
    return value


def _read_id(body: Mapping[str, Any], name: str) -> str | None:
    value = body.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > LONGEST_ID or "\x00" in value:
        raise BadItem("bad_id", f"{name} is text of at most {LONGEST_ID} characters")
    return value.strip() or None


def _read_topics(body: Mapping[str, Any]) -> list[str]:
    topics = body.get("topics", [])
    if not isinstance(topics, list) or len(topics) > MOST_TOPICS:
        raise BadItem("bad_topics", f"topics is a list of at most {MOST_TOPICS} keys")
    return [one for one in topics if isinstance(one, str) and 0 < len(one) <= 64]


blueprint.register_error_handler(405, answer_http_error)
