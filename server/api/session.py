"""Coming in: who is logged in, the first owner, logging in and out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

from flask import Blueprint, Response, request
from pydantic import Field
from sqlalchemy import exists, select

from engine.accounts import audit, instance, sessions, throttle, users
from engine.accounts.permissions import PERMISSIONS, Role
from engine.accounts.users import LONGEST_PASSWORD, check_password, fold_email
from engine.errors import Unavailable, WrongCredentials
from engine.language.say import say
from engine.models.account import User
from server.auth import (
    clear_session_cookie,
    cookie_name,
    find_user,
    public,
    set_session_cookie,
)
from server.endpoints import Answer, Given, endpoint
from server.speaking import get_language
from server.wiring import House, get_house

HASHED_AT_ONCE: Final = 4
"""Passwords looked at at the same time; each takes 64 MiB of memory."""
HASH_SECONDS: Final = 5

blueprint = Blueprint("session", __name__, url_prefix="/api/v1")
_hashing = threading.BoundedSemaphore(HASHED_AT_ONCE)

Words = Annotated[str, Field(min_length=1, max_length=254)]
Password = Annotated[str, Field(min_length=1, max_length=LONGEST_PASSWORD)]


class Who(Answer):
    """The user who is logged in."""

    name: str
    email: str
    role: Role
    permissions: list[str]


class Instance(Answer):
    """What sort of instance this is."""

    virtual_clock: bool
    demo: bool


class Session(Answer):
    """What the application needs to know at its start."""

    user: Who | None
    setup_needed: bool
    instance: Instance


class SetUp(Given):
    """The first owner, and the token that the console printed."""

    token: Words
    name: Annotated[str, Field(min_length=1, max_length=120)]
    email: Words
    password: Password


class Login(Given):
    """Who wants to come in."""

    email: Words
    password: Password


@blueprint.get("/session")
@public("the application asks it before anybody has logged in")
@endpoint(tag="session")
def show() -> Session:
    """Tell who is logged in, and whether the instance still needs its first owner."""
    house = get_house()
    who = find_user()
    with house.database.reading() as session:
        return Session(
            user=None if who is None else _describe(who.name, who.email, who.role),
            setup_needed=not session.scalar(select(exists().where(User.id.is_not(None)))),
            instance=Instance(
                virtual_clock=house.settings.virtual_clock, demo=instance.is_demo(session)
            ),
        )


@blueprint.post("/setup")
@public("who holds the console's token makes the first owner", from_app=True)
@endpoint(tag="session", status=201, answers=Who)
def set_up(body: SetUp) -> Response:
    """Make the first owner, and log her in."""
    house = get_house()
    email = fold_email(body.email)
    address = throttle.of_address(request.remote_addr or "")
    with house.database.transaction() as session:
        throttle.claim_try(session, [address], now=house.wall.now())
    password_hash = _hash(house, check_password(body.password))
    with house.database.transaction() as session:
        now = house.wall.now()
        instance.use_setup_token(session, body.token)
        user = users.create(
            session,
            email=email,
            name=body.name,
            role=Role.OWNER,
            password_hash=password_hash,
            now=now,
        )
        user.language = get_language()
        audit.record(
            session, actor="console", action="owner.created", target=f"user:{user.id}", now=now
        )
        token = sessions.start(session, user.id, now=now, user_agent=_user_agent())
    return _answer(_describe(user.name, user.email, Role.OWNER), token, status=201)


@blueprint.post("/login")
@public("it is how one comes in", from_app=True)
@endpoint(tag="session", answers=Who)
def log_in(body: Login) -> Response:
    """Log in. A wrong password and an unknown user are answered alike, and in the same time."""
    house = get_house()
    account = throttle.of_account(body.email)
    address = throttle.of_address(request.remote_addr or "")
    with house.database.transaction() as session:
        throttle.claim_try(session, [account, address], now=house.wall.now())
        login = users.find_login(session, body.email)
    with _taking_turns():
        is_right = house.passwords.matches(login, body.password)
    if not is_right or login.user_id is None:
        msg = say("no user with this address and password")
        raise WrongCredentials(msg)
    with house.database.transaction() as session:
        now = house.wall.now()
        throttle.release_try(session, account, address, now=now)
        if former := request.cookies.get(cookie_name(house)):
            sessions.end(session, former)
        user = session.get_one(User, login.user_id)
        user.language = get_language()
        token = sessions.start(session, user.id, now=now, user_agent=_user_agent())
        who = f"user:{user.id}"
        audit.record(session, actor=who, action="user.logged_in", target=who, now=now)
    return _answer(_describe(user.name, user.email, Role(user.role)), token, status=200)


@blueprint.post("/logout")
@public("leaving needs no permission", from_app=True)
@endpoint(tag="session", status=204)
def log_out() -> Response:
    """Log out."""
    house = get_house()
    if token := request.cookies.get(cookie_name(house)):
        with house.database.transaction() as session:
            sessions.end(session, token)
    response = Response(status=204)
    clear_session_cookie(response)
    return response


def _describe(name: str, email: str, role: Role) -> Who:
    return Who(name=name, email=email, role=role, permissions=sorted(PERMISSIONS[role]))


def _answer(who: Who, token: str, *, status: int) -> Response:
    response = Response(who.model_dump_json(), status=status, content_type="application/json")
    set_session_cookie(response, token)
    return response


def _hash(house: House, password: str) -> str:
    with _taking_turns():
        return house.passwords.hash(password)


@contextmanager
def _taking_turns() -> Iterator[None]:
    if not _hashing.acquire(timeout=HASH_SECONDS):
        msg = say("too many are logging in at once")
        raise Unavailable(msg)
    try:
        yield
    finally:
        _hashing.release()


def _user_agent() -> str:
    return request.headers.get("User-Agent", "").replace("\0", "")
