"""`sojourn catalogs`: bring the items of a catalog in from a file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from engine.accounts import audit
from engine.catalogs import keeping
from engine.catalogs.keeping import Settings
from engine.errors import Invalid, NotFound
from server.opening import DataOption, opened
from server.uploading import Outcome, replace_all
from server.wiring import House

app = typer.Typer(no_args_is_help=True, help="Data sets that letters look things up in.")


@app.command("list")
def list_all(data: DataOption = None) -> None:
    """List the catalogs."""
    with opened(data) as house, house.database.reading() as session:
        for row in keeping.list_catalogs(session):
            typer.echo(f"{row.name:24} {row.items:>7} items, told apart by {row.key_field}")


@app.command("import")
def bring_in(
    name: Annotated[str, typer.Argument(help="Of the catalog.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or JSON lines, UTF-8.")],
    key: Annotated[
        str, typer.Option(help="The field that tells items apart, of a new catalog.")
    ] = "id",
    skip: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool, typer.Option("--skip", help="Leave out what cannot be read, and use the rest.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Put the items of a file in the place of all; a catalog that is not there yet is made."""
    if not file.is_file():
        msg = f"{file}: there is no such file"
        raise Invalid(msg)
    with opened(data) as house:
        _make(house, name, key)
        outcome = _replace(house, name, file, leaves_out=skip)
        if outcome.replaced is not None:
            with house.database.transaction() as session:
                audit.record(
                    session,
                    actor=audit.CONSOLE,
                    action="catalog.replaced",
                    target=name,
                    details={"items": outcome.replaced.items},
                    now=house.wall.now(),
                )
    for one in outcome.mistakes:
        typer.echo(f"{file}:{one.place}: {one.words}", err=True)
    if outcome.refused > len(outcome.mistakes):
        typer.echo(f"… and {outcome.refused - len(outcome.mistakes)} more", err=True)
    if outcome.replaced is None:
        typer.echo("Nothing has changed. With --skip the other lines are used.", err=True)
        raise typer.Exit(2)
    done = outcome.replaced
    typer.echo(f"{name}: {done.items} items, {done.added} new, {done.removed} taken out.")


def _make(house: House, name: str, key: str) -> None:
    with house.database.transaction() as session:
        try:
            keeping.get_catalog(session, name)
        except NotFound:
            given = Settings(key_field=key)
            keeping.save_catalog(session, name, given, now=house.clock.now())


def _replace(house: House, name: str, file: Path, *, leaves_out: bool) -> Outcome:
    size = file.stat().st_size
    with (
        Progress(console=Console(stderr=True), transient=True) as progress,
        file.open("rb") as read,
    ):
        task = progress.add_task("Reading", total=size)
        return replace_all(
            house,
            name,
            read,
            size=size,
            by=audit.CONSOLE,
            leaves_out=leaves_out,
            tell=lambda done: progress.update(task, completed=done),
        )
