"""`sojourn repair`: puts right what should never be wrong (rule 133)."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from engine.accounts import audit
from engine.errors import Unavailable
from engine.journeys.reporting import stuck
from engine.journeys.running.runner import advance_due
from server.logs import describe_failure
from server.opening import DataOption, opened
from server.wiring import House

app = typer.Typer(no_args_is_help=True, help="Put right what should never be wrong.")


@app.callback()
def begin() -> None:
    """Put right what should never be wrong."""


@app.command()
def enrollments(
    dry_run: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool, typer.Option("--dry-run", help="List them, and change nothing.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Move on what is stuck: wake it, try it alone, or set it aside. Repeating it is harmless."""
    with opened(data) as house:
        with house.database.reading() as session:
            found = stuck.list_stuck(session, now=house.clock.now())
        for one in found:
            typer.echo(f"enrollment:{one.enrollment_id} in {one.journey}: {one.ailment}")
        if dry_run or not found:
            counts = Counter(one.ailment.value for one in found)
            told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
            typer.echo(f"{len(found)} stuck" + (f": {told}; nothing was changed." if told else "."))
            return
        mended, aside = repair_enrollments(house, found)
    typer.echo(f"{len(found)} stuck, {mended} mended, {aside} set aside.")


def repair_enrollments(house: House, found: Sequence[stuck.Stuck]) -> tuple[int, int]:
    """Mend these; answer how many go on, and how many had to be set aside."""
    overdue = [one for one in found if one.ailment is stuck.Ailment.OVERDUE]
    strays = sum(one.ailment is stuck.Ailment.NO_NODE for one in found)
    now = house.clock.now()
    with house.database.transaction() as session:
        changed = stuck.mend(session, found, now=now)
    aside = min(strays, changed)
    mended = changed - aside
    for one in overdue:
        if _advance_alone(house, one):
            mended += 1
        else:
            aside += 1
    with house.database.transaction() as session:
        audit.record(
            session,
            actor=audit.CONSOLE,
            action="enrollments.repaired",
            target=f"{len(found)} stuck",
            details={"mended": mended, "set_aside": aside},
            now=house.wall.now(),
        )
    return mended, aside


def _advance_alone(house: House, one: stuck.Stuck) -> bool:
    """Let one enrollment go on by itself; set it aside if its pass fails. Answer which it was."""
    now = house.clock.now()
    try:
        with house.database.transaction() as session:
            advance_due(
                session,
                now=now,
                limit=1,
                default_zone=house.settings.timezone,
                only=one.enrollment_id,
            )
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - a door: what breaks one keeps no other from moving
        reason = f"broken: {describe_failure(error).get('error', type(error).__name__)}"
        with house.database.transaction() as session:
            stuck.set_aside(session, one, reason, now=now)
        return False
    return True
