"""Keys of clients: made, listed and revoked."""

from datetime import datetime
from typing import Annotated

from flask import Blueprint
from pydantic import Field

from engine.accounts import audit, keys
from engine.accounts.keys import KeyKind
from engine.accounts.permissions import SCOPES, Permission
from engine.errors import Denied
from engine.language.say import say
from engine.models.account import ApiKey
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.wiring import get_house

blueprint = Blueprint("keys", __name__, url_prefix="/api/v1/keys")


class Key(Answer):
    """A key, without its secret."""

    id: str
    kind: KeyKind
    name: str
    last_four: str
    scopes: list[str]
    origins: list[str]
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class Keys(Answer):
    """All keys, the newest first."""

    keys: list[Key]


class NewKey(Given):
    """What kind of key is wanted, and for whom."""

    kind: Annotated[KeyKind, Field(strict=False)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    scopes: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    origins: Annotated[tuple[str, ...], Field(max_length=50)] = ()


class MadeKey(Key):
    """A key that has just been made; the only time it is shown."""

    key: str


@blueprint.get("")
@requires(Permission.MANAGE_KEYS)
@endpoint(tag="keys")
def show_all() -> Keys:
    """List the keys, revoked ones too."""
    with get_house().database.reading() as session:
        return Keys(keys=[Key.model_validate(_describe(each)) for each in keys.list_keys(session)])


@blueprint.post("")
@requires(Permission.MANAGE_KEYS)
@endpoint(tag="keys", status=201)
def create(body: NewKey) -> MadeKey:
    """Make a key. A server key may do nothing that its maker may not."""
    house, actor = get_house(), get_actor()
    held = actor.permissions | {Permission.SEND_EVENTS}
    scopes = set(body.scopes)
    if body.kind is KeyKind.SERVER and not scopes:
        scopes = {each for each in SCOPES if each in held}
    if not scopes <= held:
        msg = say("a key cannot do more than who makes it")
        raise Denied(msg)
    with house.database.transaction() as session:
        now = house.wall.now()
        key, whole = keys.create(
            session, body.kind, body.name, now=now, scopes=sorted(scopes), origins=body.origins
        )
        audit.record(
            session,
            actor=actor.name,
            action="key.created",
            target=f"key:{key.id}",
            details={"kind": key.kind, "scopes": key.scopes},
            now=now,
        )
        return MadeKey.model_validate({"key": whole, **_describe(key)})


@blueprint.delete("/<id_>")
@requires(Permission.MANAGE_KEYS)
@endpoint(tag="keys")
def revoke(id_: str) -> None:
    """Refuse this key from now on."""
    house = get_house()
    with house.database.transaction() as session:
        now = house.wall.now()
        key = keys.revoke(session, id_, now=now)
        audit.record(
            session,
            actor=get_actor().name,
            action="key.revoked",
            target=f"key:{key.id}",
            now=now,
        )


def _describe(key: ApiKey) -> dict[str, object]:
    return {
        "id": key.public_id,
        "kind": key.kind,
        "name": key.name,
        "last_four": key.last_four,
        "scopes": key.scopes,
        "origins": key.origins,
        "created_at": key.created_at,
        "used_at": key.used_at,
        "revoked_at": key.revoked_at,
    }
