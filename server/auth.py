"""Who may come in: sessions of people, server keys, and nobody else unless a route says so.

Every route says `@requires(permission)` or `@public(reason)`; without either the application does
not start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request

from engine.accounts import keys, sessions
from engine.accounts.keys import KeyInfo, KeyKind
from engine.accounts.permissions import PERMISSIONS, Permission
from engine.accounts.sessions import ABSOLUTE, LoggedIn
from engine.errors import Denied, WrongCredentials
from engine.language.say import say
from server.errors import Malformed
from server.wiring import House, get_house

APP_HEADER: Final = "X-Sojourn-App"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ACCESS: Final = "__sojourn_access__"
_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route.

    Attributes:
        permission: that the caller must hold; None: anybody may call.
        reason: why anybody may.
        from_app: whether a public route takes changes from our own pages alone.
    """

    permission: Permission | None
    reason: str = ""
    from_app: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is calling.

    Attributes:
        name: as the audit writes it: `user:ID` or `key:ID`.
    """

    name: str
    permissions: frozenset[str]
    user: LoggedIn | None = None


def requires(permission: Permission) -> Callable[[_View], _View]:
    """Let in only who holds this permission, by session or by server key."""
    return _mark(Access(permission))


def public(reason: str, *, from_app: bool = False) -> Callable[[_View], _View]:
    """Let anybody in.

    Args:
        reason: why that is right.
        from_app: whether changes are taken from our own pages alone, as logging in is.
    """
    return _mark(Access(None, reason, from_app=from_app))


def _mark(access: Access) -> Callable[[_View], _View]:
    def mark(view: _View) -> _View:
        setattr(view, _ACCESS, access)
        return view

    return mark


def find_access(app: Flask, endpoint: str) -> Access | None:
    """Return what a route says of who may call it; None if it says nothing."""
    access = getattr(app.view_functions.get(endpoint), _ACCESS, None)
    return access if isinstance(access, Access) else None


def register_auth(app: Flask) -> None:
    """Ask at every request whether the caller may."""
    app.before_request(_admit)


def refuse_open_routes(app: Flask) -> None:
    """Stop an application that has a route nobody decided about.

    Raises:
        TypeError: a route has neither `@requires` nor `@public`.
    """
    undecided = sorted(
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if find_access(app, rule.endpoint) is None
    )
    if undecided:
        msg = f"neither @requires nor @public: {', '.join(undecided)}"
        raise TypeError(msg)


def get_actor() -> Actor:
    """Return who is calling this route, which requires a permission.

    Raises:
        WrongCredentials: nobody who is known.
    """
    actor = g.get("actor")
    if not isinstance(actor, Actor):
        raise WrongCredentials(_NOT_KNOWN)
    return actor


def find_user() -> LoggedIn | None:
    """Return who is logged in, on any route."""
    token = request.cookies.get(cookie_name(get_house()))
    if not token:
        return None
    house = get_house()
    now = house.wall.now()
    with house.database.reading() as session:
        who = sessions.find(session, token, now=now)
    if who is not None and sessions.is_touch_due(who, now=now):
        with house.database.transaction() as session:
            sessions.touch(session, token, now=now)
    return who


def authenticate_key(house: House, presented: str) -> KeyInfo:
    """Return the key that was presented, and note its use.

    Raises:
        WrongCredentials: there is none such.
    """
    now = house.wall.now()
    with house.database.reading() as session:
        key = keys.authenticate(session, presented, now=now)
    if keys.is_use_due(key, now=now):
        with house.database.transaction() as session:
            keys.note_use(session, key, now=now)
    return key


def still_may(permission: Permission) -> bool:
    """Return whether the caller of this request, which goes on for long, may still do this.

    Being asked is no use of a session, so one that only watches ends when nobody else uses it.
    """
    house = get_house()
    now = house.wall.now()
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    with house.database.reading() as session:
        if scheme.lower() == "bearer":
            try:
                return permission in keys.authenticate(session, presented.strip(), now=now).scopes
            except WrongCredentials:
                return False
        who = sessions.find(session, request.cookies.get(cookie_name(house), ""), now=now)
    return who is not None and permission in PERMISSIONS[who.role]


def set_session_cookie(response: Response, token: str) -> None:
    """Hand the browser its session."""
    house = get_house()
    response.set_cookie(
        cookie_name(house),
        token,
        max_age=ABSOLUTE,
        secure=is_secure(house),
        httponly=True,
        samesite="Lax",
        path="/",
    )


def clear_session_cookie(response: Response) -> None:
    """Take the browser's session from it."""
    house = get_house()
    response.delete_cookie(
        cookie_name(house), secure=is_secure(house), httponly=True, samesite="Lax", path="/"
    )


def cookie_name(house: House) -> str:
    """Return the name of the session's cookie; the prefix ties it to this host over https."""
    return "__Host-sid" if is_secure(house) else "sid"


def is_secure(house: House) -> bool:
    """Return whether people reach this instance over https."""
    chosen = house.settings.secure_cookies
    return house.settings.base_url.startswith("https://") if chosen is None else chosen


def is_own_page() -> bool:
    """Return whether a browser says that one of our own pages is asking.

    Browsers of today send `Sec-Fetch-Site`, others `Origin`; pages can forge neither.
    Source: OWASP, Cross-Site Request Forgery Prevention.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin in {_origin_of(request.host_url), _origin_of(get_house().settings.base_url)}


_TAKE_ANYTHING: Final = frozenset({"following.follow"})
"""Pages for readers of letters, which look at what they are given before they ask for anything."""


def _admit() -> None:
    texts = () if request.endpoint in _TAKE_ANYTHING else (request.path, *request.args.values())
    if any("\0" in text for text in texts):
        msg = say("the address holds a NUL character")
        raise Malformed(msg)
    if request.endpoint is None:
        return  # there is no such address, which the framework says
    access = find_access(current_app, request.endpoint)
    if access is None:
        raise Denied(_NOT_ALLOWED)
    if access.permission is None:
        if access.from_app:
            _refuse_foreign_pages()
        return
    g.actor = _find_actor()
    if access.permission not in g.actor.permissions:
        raise Denied(_NOT_ALLOWED)


def _find_actor() -> Actor:
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        key = authenticate_key(get_house(), presented.strip())
        if key.kind is not KeyKind.SERVER:
            raise WrongCredentials(_NOT_KNOWN)
        return Actor(f"key:{key.id}", key.scopes)
    user = find_user()
    if user is None:
        raise WrongCredentials(_NOT_KNOWN)
    _refuse_foreign_pages()
    return Actor(f"user:{user.user_id}", frozenset(PERMISSIONS[user.role]), user)


def _refuse_foreign_pages() -> None:
    """Stop another site's page from acting with our user's cookie.

    Raises:
        Denied: a change is asked for, and not by one of our own pages.
    """
    if request.method in SAFE_METHODS:
        return
    if not is_own_page() or request.headers.get(APP_HEADER) != "1":
        msg = say(
            "changes come from our own pages, with the header {app_header}: 1, or with a key",
            app_header=APP_HEADER,
        )
        raise Denied(msg)


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


_NOT_KNOWN: Final = "log in, or send a server key: Authorization: Bearer sk_…"
_NOT_ALLOWED: Final = "this needs a permission that you do not have"
