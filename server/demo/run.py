"""`sojourn demo`: an instance with sample data, four live journeys, a shop, and a mailbox."""

import secrets
import webbrowser
from pathlib import Path
from threading import Timer
from typing import Final

import typer
from sqlalchemy import select

from engine.accounts import instance, keys, users
from engine.accounts.keys import KeyKind
from engine.accounts.permissions import Role
from engine.config import Settings
from engine.models.account import ApiKey, InstanceFact, User
from engine.resources import find_resource
from server import migrating, wsgi
from server.applying import apply_folder
from server.broker import SilentBell
from server.demo.history import write_history
from server.demo.products import write_catalog
from server.demo.routes import build_blueprint
from server.folder import read_folder
from server.lock import hold_lock
from server.opening import open_settings
from server.wiring import House, open_house

EMAIL: Final = "demo@example.com"
SENDER: Final = "Meadow Outfitters <hello@meadow.example>"
POSTAL_ADDRESS: Final = "12 Linden Lane, Vienna"
OWNER: Final = "Demo owner"
_WORD: Final = "demo_password"
_BROWSER_KEY: Final = "demo_browser_key"


def run_demo(*, data: Path | None, port: int, opens_browser: bool) -> None:
    """Set the demo up in its data folder, once, then run it until a signal ends it."""
    base_url = f"http://127.0.0.1:{port}"
    settings = open_settings(
        data,
        base_url=base_url,
        virtual_clock=True,
        email_url="mailbox:",
        sms_url="mailbox:",
        push_url="mailbox:",
        sender=SENDER,
        postal_address=POSTAL_ADDRESS,
    )
    wsgi.refuse_taken_port("127.0.0.1", port)
    with hold_lock(settings.data):
        typer.echo("Setting up the demo …")
        password, browser_key = _set_up(settings)
        token = secrets.token_urlsafe(16)
        entrance = f"{base_url}/shop/enter?token={token}"
        typer.echo("")
        typer.echo(f"  The demo runs at  {base_url}")
        typer.echo(f"  Come in           {entrance}")
        typer.echo(f"  The shop          {base_url}/shop")
        typer.echo(f"  Log in as         {EMAIL}  {password}")
        typer.echo("")
        if opens_browser:
            Timer(2.0, webbrowser.open, (entrance,)).start()
        blueprint = build_blueprint(browser_key, entrance_token=token)
        wsgi.serve(lambda: wsgi.build_all(settings, [blueprint]), host="127.0.0.1", port=port)


def _set_up(settings: Settings) -> tuple[str, str]:
    """Make schema, owner, keys, journeys and history where they are missing.

    Returns:
        The owner's password, and the browser key of the shop.
    """
    house = open_house(settings, bell=SilentBell())
    try:
        migrating.migrate(house.database, now=house.wall.now())
        password = _make_owner(house)
        browser_key = _make_browser_key(house)
        write_catalog(house)
        folder = read_folder([find_resource("examples") / "journeys"])
        for line in apply_folder(house, folder, by="demo").lines:
            if line.startswith("journey"):
                typer.echo(f"  {line}")
        if count := write_history(house):
            typer.echo(f"  {count} events of sample contacts")
        return password, browser_key
    finally:
        house.close()


def _make_owner(house: House) -> str:
    with house.database.transaction() as session:
        instance.mark_demo(session)
        if (known := instance.find_secret(session, _WORD)) is not None:
            return known
        password = instance.keep_secret(session, _WORD, f"meadow-{secrets.token_hex(8)}")
    digest = house.passwords.hash(password)
    with house.database.transaction() as session:
        if session.scalar(select(User.id).where(User.email == EMAIL)) is None:
            users.create(
                session,
                email=EMAIL,
                name=OWNER,
                role=Role.OWNER,
                password_hash=digest,
                now=house.wall.now(),
            )
    return password


def _make_browser_key(house: House) -> str:
    with house.database.transaction() as session:
        fact = session.get(InstanceFact, _BROWSER_KEY)
        if fact is not None and session.scalar(select(ApiKey.id)) is not None:
            return str(fact.value)
        _, key = keys.create(session, KeyKind.BROWSER, "Demo shop", now=house.wall.now())
        session.merge(InstanceFact(name=_BROWSER_KEY, value=key))
        return key
