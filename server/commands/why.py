"""`sojourn why`: everything about one contact and one journey, the answer first."""

from typing import Annotated

import orjson
import typer

from engine.journeys.why.explain import explain_journey
from server.opening import DataOption, opened


def why(
    journey: Annotated[str, typer.Argument(help="The journey's key.")],
    contact: Annotated[
        str, typer.Argument(help="An external id, the product's own id, or an e-mail address.")
    ],
    data: DataOption = None,
    as_json: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool, typer.Option("--json", help="All of it as JSON, as the interface answers.")
    ] = False,
) -> None:
    """Say why a contact got what it got of a journey, or did not: the answer, then all behind it."""
    with opened(data) as house, house.database.reading() as session:
        told = explain_journey(session, journey, contact, house.read_moment())
    if as_json:
        options = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z
        typer.echo(orjson.dumps(told, option=options).decode())
    else:
        typer.echo(told.render())
