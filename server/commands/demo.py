"""`sojourn demo`: the product with sample contacts, journeys and a shop."""

from typing import Annotated

import typer

from server.commands.serving import PortOption
from server.opening import DataOption


def demo(
    data: DataOption = None,
    port: PortOption = 8000,
    browser: Annotated[bool, typer.Option(help="Open the pages in a browser.")] = True,  # noqa: FBT002 - Typer's form of a switch
) -> None:
    """Show the product: sample contacts and history, four live journeys, a shop, a mailbox."""
    from server.demo.run import run_demo

    run_demo(data=data, port=port, opens_browser=browser)
