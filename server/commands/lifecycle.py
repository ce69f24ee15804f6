"""`sojourn journeys pause`, `resume`, `stop`, `delete`: the life of a journey, from the console."""

from typing import Annotated

import typer

from engine.accounts import audit
from engine.journeys.deciding.retiming import ResumePolicy
from engine.journeys.publishing import pausing, stopping
from engine.journeys.publishing.pausing import Pausable
from engine.journeys.publishing.publish import RELEASED_PER_MINUTE
from server.opening import DataOption, opened

Key = Annotated[str, typer.Argument(metavar="KEY", help="Of the journey.")]
What = Annotated[Pausable, typer.Option(help="All of it, its entries alone, or its messages.")]


def pause(key: Key, what: What = Pausable.ALL, data: DataOption = None) -> None:
    """Let nobody in, move nobody on, hand nothing over; events are still recorded."""
    with opened(data) as house, house.database.transaction() as session:
        pausing.pause(session, key, now=house.clock.now(), what=what, by=audit.CONSOLE)
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="journey.paused",
            target=f"{key} ({what})",
            now=house.wall.now(),
        )
    typer.echo(f"{key}: paused ({what})")


def resume(
    key: Key,
    what: What = Pausable.ALL,
    waits: Annotated[
        ResumePolicy | None, typer.Option(help="What the pause did to waits; asked for if absent.")
    ] = None,
    per_minute: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="So many overdue go on a minute.")
    ] = RELEASED_PER_MINUTE,
    data: DataOption = None,
) -> None:
    """Go on after a pause."""
    if what is Pausable.ALL and waits is None:
        typer.echo("shift: waits were longer by the pause. keep: what fell due goes on, in a wave.")
        typer.echo("drop: who fell due leaves. restart_wait: waits begin again.")
        waits = ResumePolicy(typer.prompt("waits", type=ResumePolicy))
    with opened(data) as house, house.database.transaction() as session:
        done = pausing.resume(
            session,
            key,
            waits=waits,
            now=house.clock.now(),
            default_zone=house.settings.timezone,
            what=what,
            per_minute=per_minute,
        )
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="journey.resumed",
            target=f"{key} ({what}, {waits})",
            now=house.wall.now(),
        )
    typer.echo(f"{key}: goes on; {done.released} released, {done.dropped} left")


def stop(
    key: Key,
    now: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool, typer.Option("--now", help="End those inside; else they go on to their end.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Let nobody in any more."""
    with opened(data) as house, house.database.transaction() as session:
        ended = stopping.stop(session, key, ends_all=now, now=house.clock.now())
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="journey.stopped",
            target=f"{key} ({'now' if now else 'drain'}, {ended} ended)",
            now=house.wall.now(),
        )
    typer.echo(f"{key}: stopped, {ended} ended")


def delete(key: Key, data: DataOption = None) -> None:
    """Take a stopped journey away; its messages, consent and statistics stay."""
    with opened(data) as house, house.database.transaction() as session:
        kept_as = stopping.delete_journey(session, key, now=house.clock.now())
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="journey.deleted",
            target=key,
            details={"kept_as": kept_as},
            now=house.wall.now(),
        )
    typer.echo(f"{key}: deleted" + (f", its statistics stay as {kept_as}" if kept_as else ""))
