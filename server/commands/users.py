"""`sojourn users`: who may log in."""

from typing import Annotated

import typer

from engine.accounts import audit, users
from engine.accounts.permissions import Role
from engine.accounts.users import check_password
from server.opening import DataOption, opened

app = typer.Typer(no_args_is_help=True, help="Add, list and disable those who may log in.")
Email = Annotated[str, typer.Argument(help="The address with which she logs in.")]
Password = Annotated[
    str,
    typer.Option(
        prompt=True,
        hide_input=True,
        confirmation_prompt=True,
        help="At least 12 characters; asked for if it is not given.",
    ),
]


@app.command()
def add(
    email: Email,
    password: Password,
    name: Annotated[str, typer.Option(help="For people.")],
    role: Annotated[Role, typer.Option(help="What she may do.")] = Role.VIEWER,
    data: DataOption = None,
) -> None:
    """Add a user."""
    with opened(data) as house:
        password_hash = house.passwords.hash(check_password(password))
        with house.database.transaction() as session:
            now = house.wall.now()
            user = users.create(
                session, email=email, name=name, role=role, password_hash=password_hash, now=now
            )
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="user.created",
                target=f"user:{user.id}",
                details={"role": role},
                now=now,
            )
    typer.echo(f"Added: {role}.")


@app.command("list")
def show_all(data: DataOption = None) -> None:
    """List the users."""
    with opened(data) as house, house.database.reading() as session:
        found = users.list_users(session)
    if not found:
        typer.echo("No users yet. The console of `sojourn up` shows how to make the first.")
    for user in found:
        state = "disabled" if user.disabled_at else "active"
        typer.echo(f"{user.id:<6}{user.role:<11}{state:<10}{user.email}  {user.name}")


@app.command()
def password(email: Email, password: Password, data: DataOption = None) -> None:
    """Give a user another password; all her sessions end."""
    with opened(data) as house:
        password_hash = house.passwords.hash(check_password(password))
        with house.database.transaction() as session:
            user = users.get_user(session, email)
            users.change_password(session, user, password_hash)
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="user.password_changed",
                target=f"user:{user.id}",
                now=house.wall.now(),
            )
    typer.echo("Changed.")


@app.command()
def disable(email: Email, data: DataOption = None) -> None:
    """Let a user in no more; all her sessions end."""
    with opened(data) as house, house.database.transaction() as session:
        now = house.wall.now()
        user = users.get_user(session, email)
        users.disable(session, user, now=now)
        audit.record(
            session, actor=audit.CONSOLE, action="user.disabled", target=f"user:{user.id}", now=now
        )
    typer.echo("Disabled.")
