"""`sojourn keys`: the keys of clients, and the one that seals the instance's own secrets."""

from typing import Annotated

import typer

from channels.push.vapid import show_public_key
from engine.accounts import audit, instance, keys
from engine.accounts.instance import IDENTITY, PUSH
from engine.accounts.keys import KeyKind
from engine.sealing import generate_key
from server.opening import DataOption, opened
from server.tracking.presented import show_secret

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke the keys of clients.")


@app.command()
def create(
    kind: Annotated[KeyKind, typer.Option(help="Who will hold it.")],
    name: Annotated[str, typer.Option(help="What it is for, for people.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="Of a server key; repeat it. Without: all.")
    ] = None,
    origin: Annotated[
        list[str] | None, typer.Option(help="Of a browser key, such as https://shop.example.")
    ] = None,
    data: DataOption = None,
) -> None:
    """Make a key. It is shown this once, alone on the last line."""
    with opened(data) as house, house.database.transaction() as session:
        now = house.wall.now()
        key, whole = keys.create(
            session, kind, name, now=now, scopes=scope or (), origins=origin or ()
        )
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="key.created",
            target=f"key:{key.id}",
            details={"kind": key.kind, "scopes": key.scopes},
            now=now,
        )
        public_id = key.public_id
    typer.echo(f"Made the {kind} key {public_id}. Keep it now: it is not shown again.")
    typer.echo(whole)


@app.command("list")
def show_all(data: DataOption = None) -> None:
    """List the keys, revoked ones too."""
    with opened(data) as house, house.database.reading() as session:
        found = keys.list_keys(session)
    if not found:
        typer.echo("No keys yet. `sojourn keys create` makes one.")
    for key in found:
        state = "revoked" if key.revoked_at else "valid"
        used = f"{key.used_at:%Y-%m-%d %H:00}" if key.used_at else "never"
        typer.echo(
            f"{key.public_id}  {key.kind:<8}{state:<9}used {used:<18}…{key.last_four}  {key.name}"
        )


@app.command()
def revoke(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")],
    data: DataOption = None,
) -> None:
    """Refuse a key from now on."""
    with opened(data) as house, house.database.transaction() as session:
        now = house.wall.now()
        key = keys.revoke(session, id_, now=now)
        audit.record(
            session, actor=audit.CONSOLE, action="key.revoked", target=f"key:{key.id}", now=now
        )
    typer.echo(f"Revoked {id_}.")


@app.command()
def identity(data: DataOption = None) -> None:
    """Show the secret with which a site's server signs who its visitor is, alone on the last line."""
    with opened(data) as house:
        secret = house.get_secret(IDENTITY)
        with house.database.transaction() as session:
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="identity_secret.shown",
                target="identity",
                now=house.wall.now(),
            )
    typer.echo("Keep it on your server: who has it speaks for any of your visitors.")
    typer.echo(show_secret(secret))


@app.command()
def generate() -> None:
    """Show a new key for SOJOURN_SECRET_KEY, by which secrets are sealed. It is kept nowhere."""
    typer.echo(generate_key())


@app.command()
def rotate(data: DataOption = None) -> None:
    """Seal every secret in the database with the newest key; an embedded instance makes a new one."""
    with opened(data) as house:
        seal = house.database.seal
        if seal is not None:
            seal.add_key()
        with house.database.transaction() as session:
            count = instance.reseal(session)
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="secrets.resealed",
                target="instance",
                details={"count": count},
                now=house.wall.now(),
            )
    typer.echo(
        f"Sealed {count} rows of secrets with the newest key. Older keys open older backups."
    )


@app.command()
def push(data: DataOption = None) -> None:
    """Show the public key by which browsers know this instance (VAPID), alone on the last line."""
    with opened(data) as house:
        secret = house.get_secret(PUSH)
    typer.echo(
        "Public: pages hand it to the browser. The private key stays sealed in the database."
    )
    typer.echo(show_public_key(secret))
