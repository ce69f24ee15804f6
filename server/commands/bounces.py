"""`sojourn bounces`: what a mail server pipes a returned letter into."""

import sys

import typer

from engine.errors import Conflict, TooMuch
from server.hooks.bounces import take_report
from server.hooks.taking import MOST_BYTES
from server.opening import DataOption, opened


def bounces(data: DataOption = None) -> None:
    """Take one mail that reports what became of a letter, from standard input."""
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        msg = f"a mail holds at most {MOST_BYTES:,} bytes"
        raise TooMuch(msg)
    with opened(data) as house:
        if not house.settings.bounce_address:
            msg = "no letter comes back here: set SOJOURN_BOUNCE_ADDRESS first"
            raise Conflict(msg)
        taken = take_report(house, raw)
    typer.echo(
        f"{taken.counted} counted, {taken.doubled} known, {taken.strays} of no letter of ours"
    )
