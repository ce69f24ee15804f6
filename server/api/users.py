"""Users: who may log in, and as what."""

from datetime import datetime
from typing import Annotated

from flask import Blueprint
from pydantic import Field
from sqlalchemy.orm import Session

from engine.accounts import users
from engine.accounts.permissions import Permission, Role
from engine.errors import Denied, NotFound
from engine.language.say import say
from engine.models.account import User
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("users", __name__, url_prefix="/api/v1/users")


class UserShown(Answer):
    """A user."""

    id: int
    email: str
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None


class UsersShown(Answer):
    """All of them, in the order in which they came."""

    items: list[UserShown]


class NewUser(Given):
    """Who may log in from now on; the password is told her by whoever adds her."""

    email: Annotated[str, Field(max_length=254)]
    name: Annotated[str, Field(max_length=120)]
    role: Annotated[Role, Field(strict=False)]
    password: Annotated[str, Field(max_length=1000)]


class ChangeUser(Given):
    """What is to change; what is left out stays."""

    role: Annotated[Role | None, Field(strict=False)] = None
    disabled: bool | None = None
    password: Annotated[str | None, Field(max_length=1000)] = None


@blueprint.get("")
@requires(Permission.MANAGE_USERS)
@endpoint(tag="users")
def show_all() -> UsersShown:
    """List the users, those too who are let in no more."""
    with get_house().database.reading() as session:
        return UsersShown(items=[_describe(one) for one in users.list_users(session)])


@blueprint.post("")
@requires(Permission.MANAGE_USERS)
@endpoint(tag="users", status=201)
def add(body: NewUser) -> UserShown:
    """Add a user. Owners are made by owners alone."""
    house = get_house()
    _refuse_above(body.role)
    digest = house.passwords.hash(users.check_password(body.password))
    with house.database.transaction() as session:
        user = users.create(
            session,
            email=body.email,
            name=body.name,
            role=body.role,
            password_hash=digest,
            now=house.wall.now(),
        )
        record(session, "user.added", f"user:{user.id}", {"role": body.role.value})
        return _describe(user)


@blueprint.patch("/<int:user_id>")
@requires(Permission.MANAGE_USERS)
@endpoint(tag="users")
def change(user_id: int, body: ChangeUser) -> UserShown:
    """Change a user's role or password, or let her in no more; her sessions end."""
    house = get_house()
    digest = None
    if body.password is not None:
        digest = house.passwords.hash(users.check_password(body.password))
    with house.database.transaction() as session:
        user = _get(session, user_id)
        _refuse_above(Role(user.role))
        if body.role is not None:
            _refuse_above(body.role)
            users.change_role(session, user, body.role)
            record(session, "user.role_changed", f"user:{user.id}", {"role": body.role.value})
        if digest is not None:
            users.change_password(session, user, digest)
            record(session, "user.password_changed", f"user:{user.id}")
        if body.disabled is True:
            users.disable(session, user, now=house.wall.now())
            record(session, "user.disabled", f"user:{user.id}")
        elif body.disabled is False:
            users.enable(user)
            record(session, "user.enabled", f"user:{user.id}")
        session.flush()
        return _describe(user)


def _get(session: Session, user_id: int) -> User:
    user = session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound(say("there is no such user"))
    return user


def _refuse_above(role: Role) -> None:
    actor = get_actor().user
    if role is Role.OWNER and (actor is None or actor.role is not Role.OWNER):
        raise Denied(say("only an owner makes or changes an owner"))


def _describe(user: User) -> UserShown:
    return UserShown(
        id=user.id,
        email=user.email,
        name=user.name,
        role=Role(user.role),
        created_at=user.created_at,
        disabled_at=user.disabled_at,
    )
