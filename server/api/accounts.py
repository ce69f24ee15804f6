"""Accounts at providers: what they carry, how they stand, and letting them rest and go on."""

import socket
from datetime import datetime
from typing import Annotated, Final, Literal

from flask import Blueprint
from pydantic import Field

from channels.accounts import Account
from engine.accounts.permissions import Permission
from engine.errors import Conflict, NotFound
from engine.language.say import say
from engine.messages.carriers import accounts
from engine.messages.carriers.routing import NEW, AccountState, find_ceiling, find_obstacle
from server.api.recording import record
from server.auth import get_actor, requires
from server.endpoints import Answer, Given, endpoint
from server.expiring import expire_all
from server.outgoing import find_server
from server.wiring import get_house

REACHED_SECONDS: Final = 5
SETTINGS: Final = {
    "email": "SOJOURN_EMAIL_URL",
    "sms": "SOJOURN_SMS_URL",
    "push": "SOJOURN_PUSH_URL",
}
State = Literal["well", "paused", "away", "resting", "recovering", "warmed_up_today"]

blueprint = Blueprint("accounts", __name__, url_prefix="/api/v1/accounts")


class AccountShown(Answer):
    """An account, without its address and secrets.

    `state`: `paused` until somebody resumes it; `away`: it failed too often, and is tried now and
    then; `resting`: it asked for time; `recovering`: it gets more by and by; `warmed_up_today`: it
    carried what it may on this day of its warm-up. `until`: when that ends by itself.
    """

    channel: str
    name: str
    provider: Annotated[str, Field(description="mailbox keeps messages; nothing leaves.")]
    host: Annotated[str | None, Field(description="Of a mail server.")]
    setting: Annotated[str, Field(description="The variable that names it.")]
    weight: int
    rate: Annotated[float | None, Field(description="Messages a second; null: as many as come.")]
    serves: list[str]
    left_today: Annotated[int | None, Field(description="Of its warm-up; null: it is warm.")]
    carried_today: Annotated[int | None, Field(description="While it is warmed up.")]
    state: State
    until: datetime | None
    reason: Annotated[str | None, Field(description="Why it is paused.")]


class Accounts(Answer):
    """All of them, in the order of the settings."""

    items: list[AccountShown]


class Asked(Given):
    """Nothing is asked beyond the address."""


class Checked(Answer):
    """Whether the server takes connections; it is not logged in to, and nothing is sent."""

    reached: bool
    trouble: str


@blueprint.get("")
@requires(Permission.SEE_OPERATIONS)
@endpoint(tag="settings")
def show_all() -> Accounts:
    """Show who carries letters and texts, and how each account stands."""
    house = get_house()
    wall = house.wall.now()
    items: list[AccountShown] = []
    with house.database.reading() as session:
        noted = accounts.list_accounts(session)
        for channel, several in house.outgoing.accounts.items():
            states = accounts.load_states(session, channel)
            for account in several:
                row = noted.get((channel, account.name))
                reason = None if row is None else row.paused_for
                state = states.get(account.name, NEW)
                items.append(_describe(channel, account, state, reason, wall))
    return Accounts(items=items)


@blueprint.post("/<channel>/<name>/pause")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings", status=204)
def pause(channel: str, name: str, body: Asked) -> None:
    """Let an account carry nothing until somebody resumes it; the others take over."""
    del body
    account, house = _find(channel, name), get_house()
    wall = house.wall.now()
    with house.database.transaction() as session:
        accounts.pause_account(session, channel, account.name, by=_name_caller(), wall=wall)
        record(session, "account.paused", f"{channel}:{name}")


@blueprint.post("/<channel>/<name>/resume")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings", status=204)
def resume(channel: str, name: str, body: Asked) -> None:
    """Let an account carry again: somebody has mended what was wrong with it.

    What waited for it until it was too old expires first, and is not sent late.
    """
    del body
    account, house = _find(channel, name), get_house()
    expire_all(house, channel)
    with house.database.transaction() as session:
        accounts.resume_account(session, channel, account.name)
        record(session, "account.resumed", f"{channel}:{name}")
    house.ring_all()


@blueprint.post("/<channel>/<name>/check")
@requires(Permission.MANAGE_SETTINGS)
@endpoint(tag="settings")
def check(channel: str, name: str, body: Asked) -> Checked:
    """See whether an account's mail server takes connections."""
    del body
    server = find_server(_find(channel, name))
    if server is None:
        raise Conflict(say("there is no mail server to reach by this account"))
    try:
        socket.create_connection(server, timeout=REACHED_SECONDS).close()
    except OSError as error:
        return Checked(reached=False, trouble=type(error).__name__)
    return Checked(reached=True, trouble="")


def _find(channel: str, name: str) -> Account:
    for account in get_house().outgoing.accounts.get(channel, ()):
        if account.name == name:
            return account
    raise NotFound(say("there is no account {name}", name=name))


def _name_caller() -> str:
    user = get_actor().user
    return get_actor().name if user is None else user.name


def _describe(
    channel: str, account: Account, state: AccountState, reason: str | None, wall: datetime
) -> AccountShown:
    server = find_server(account)
    name, until = _find_state(account, state, wall)
    left = find_ceiling(account, state, now=wall)
    return AccountShown(
        channel=channel,
        name=account.name,
        provider=account.scheme,
        host=None if server is None else f"{server[0]}:{server[1]}",
        setting=SETTINGS[channel],
        weight=account.weight,
        rate=account.rate,
        serves=sorted(account.serves),
        left_today=None if left is None else max(0, left),
        carried_today=None if left is None else state.carried_on(wall),
        state=name,
        until=until,
        reason=reason if state.is_paused else None,
    )


def _find_state(
    account: Account, state: AccountState, wall: datetime
) -> tuple[State, datetime | None]:
    if state.is_paused:
        return "paused", None
    if state.breaker.is_open:
        return "away", state.breaker.closed_until
    until = find_obstacle(account, state, now=wall)
    if until is None:
        return ("recovering" if state.is_recovering(wall) else "well"), None
    return ("resting" if until == state.breaker.closed_until else "warmed_up_today"), until
