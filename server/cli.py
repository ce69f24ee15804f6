"""`sojourn`: the command. What is wrong with its input is said in words, never as a traceback."""

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Final

import typer

from engine.errors import EngineError, InvalidJourney, Unavailable, Unmapped
from server.commands import (
    bench,
    bounces,
    catalogs,
    clock,
    contacts,
    doctor,
    journeys,
    keys,
    repair,
    serving,
    users,
    why,
)
from server.commands.demo import demo

WRONG_INPUT: Final = 2
NOT_NOW: Final = 1

app = typer.Typer(
    name="sojourn",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Self-hosted marketing automation: tracked events in, journeys run, messages out.",
)
for each in (
    serving.up,
    serving.web,
    serving.worker,
    serving.scheduler,
    serving.migrate,
    demo,
    doctor.doctor,
    why.why,
    bounces.bounces,
):
    app.command()(each)
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.add_typer(journeys.app, name="journeys")
app.add_typer(contacts.app, name="contacts")
app.add_typer(catalogs.app, name="catalogs")
app.add_typer(clock.app, name="clock")
app.add_typer(repair.app, name="repair")
app.add_typer(bench.app, name="bench")


def read_version() -> str:
    """Return this release's number; `unreleased` in a checkout that is not installed."""
    try:
        return version("sojourn")
    except PackageNotFoundError:
        return "unreleased"


def _show_version(is_asked: bool) -> None:  # noqa: FBT001 - Typer's way of calling back
    if is_asked:
        typer.echo(f"sojourn {read_version()}")
        raise typer.Exit


@app.callback()
def begin(
    _version: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the release."),
    ] = False,
) -> None:
    """Self-hosted marketing automation: tracked events in, journeys run, messages out."""


def main() -> None:
    """Run the command, and end the process: 0 done, 1 not just now, 2 wrong input."""
    try:
        app()
    except EngineError as error:
        typer.echo(f"sojourn: {error}", err=True)
        if isinstance(error, InvalidJourney | Unmapped):
            for problem in error.problems:
                typer.echo(f"  {problem.get('message', '')}", err=True)
        sys.exit(NOT_NOW if isinstance(error, Unavailable) else WRONG_INPUT)
    except BrokenPipeError:
        sys.exit(NOT_NOW)
