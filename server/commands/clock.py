"""`sojourn clock`: move a virtual clock ahead."""

from datetime import timedelta
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from engine.accounts import audit
from engine.errors import Invalid
from server.api.clock import advance_clock
from server.opening import DataOption, opened

app = typer.Typer(no_args_is_help=True, help="Move a virtual clock ahead.")


@app.command()
def advance(
    by: Annotated[str, typer.Argument(help="An ISO 8601 duration, such as PT1H or P2D.")],
    data: DataOption = None,
) -> None:
    """Let time pass; needs SOJOURN_VIRTUAL_CLOCK=true, as the running instance has it."""
    try:
        step = TypeAdapter(timedelta).validate_python(by)
    except ValidationError:
        msg = f"{by!r} is no duration; PT1H is an hour, P2D are two days"
        raise Invalid(msg) from None
    with opened(data) as house:
        now = advance_clock(house, step, actor=audit.CONSOLE)
    typer.echo(f"It is {now:%Y-%m-%d %H:%M} UTC.")


@app.command()
def show(data: DataOption = None) -> None:
    """Tell the time by which contacts and journeys live."""
    with opened(data) as house:
        typer.echo(f"It is {house.clock.now():%Y-%m-%d %H:%M} UTC.")
