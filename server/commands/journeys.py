"""`sojourn journeys`: check, test, simulate, bring in and take out journeys as files."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter, ValidationError

from engine.accounts import audit
from engine.document.json_text import write_json
from engine.errors import Invalid
from engine.journeys import by_key
from engine.journeys.definition.journey import Journey, dump_journey
from engine.journeys.definition.moves import MovesFile, read_moves
from engine.journeys.entering.backfills import Backfilling, Mode
from engine.journeys.publishing.preview import PublishPlan
from engine.journeys.reference.schema import MODELS, render_schema
from engine.journeys.simulation.trial import try_cases
from engine.when.local import resolve_wall
from engine.when.zones import get_zone
from server.applying import apply_folder, plan_folder, validate_folder
from server.commands import lifecycle
from server.commands.simulate import simulate
from server.exporting import export_letters
from server.folder import read_folder, read_suites
from server.opening import DataOption, opened

MOVES: Final = TypeAdapter(dict[str, MovesFile])
MovesOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where people at nodes that are no more go, as JSON."),
]
app = typer.Typer(
    no_args_is_help=True,
    help="Journeys as files: checked, tested, simulated, brought in; their life.",
)
for each in (lifecycle.pause, lifecycle.resume, lifecycle.stop, lifecycle.delete):
    app.command()(each)
Paths = Annotated[
    list[Path], typer.Argument(metavar="FILE_OR_FOLDER…", help="Journeys, or folders of them.")
]


app.command()(simulate)


@app.command("test")
def run_tests(
    paths: Paths,
    timezone: Annotated[
        str, typer.Option(metavar="ZONE", help="Of contacts that have none.")
    ] = "UTC",
) -> None:
    """Run the tests beside journeys, X.test.json beside X.json: in the simulator, by no service."""
    tried = 0
    failed = 0
    for suite in read_suites(paths):
        typer.echo(str(suite.path))
        zone = get_zone(timezone).key
        for case in try_cases(suite.journey, suite.cases, suite.catalogues, default_zone=zone):
            tried += 1
            failed += not case.is_as_expected
            typer.echo(f"  {'ok  ' if case.is_as_expected else 'FAIL'}  {case.name}")
            for difference in case.differences:
                typer.echo("\n".join(f"        {line}" for line in difference.splitlines()))
    typer.echo(f"{tried} cases, {failed} failed")
    if failed:
        raise typer.Exit(1)


@app.command()
def schema(
    of: Annotated[str, typer.Argument(metavar="journey|test|catalogue")] = "journey",
) -> None:
    """Print the JSON Schema by which editors check and complete these files."""
    if of not in MODELS:
        raise Invalid(f"there are schemas of {', '.join(MODELS)}, not of {of!r}")
    typer.echo(render_schema(of), nl=False)


@app.command()
def validate(paths: Paths, data: DataOption = None) -> None:
    """Say what is wrong with journeys, with node ids, held against this instance."""
    folder = read_folder(paths)
    with opened(data) as house:
        found = validate_folder(house, folder)
    for remark in found:
        place = f" [{remark.place}]" if remark.place else ""
        severity = "error" if remark.is_error else "warning"
        typer.echo(f"{remark.file}: {severity}{place} {remark.message} ({remark.code})")
    errors = sum(remark.is_error for remark in found)
    typer.echo(f"{len(folder.journeys)} journeys, {errors} errors, {len(found) - errors} warnings")
    if errors:
        raise typer.Exit(2)


class BackfillMode(StrEnum):
    """Where those begin who qualified before."""

    NOW = "now"
    BY_AGE = "by-age"

    @property
    def mode(self) -> Mode:
        """The same, as the engine names it."""
        return "now" if self is BackfillMode.NOW else "by_age"


@app.command()
def plan(paths: Paths, moves: MovesOption = None, data: DataOption = None) -> None:
    """Say what publishing would change, who is at each node, and what is to be said about them."""
    folder = read_folder(paths)
    with opened(data) as house:
        plans = plan_folder(house, folder, _read_moves(moves))
    for each in plans:
        for line in _describe_plan(each):
            typer.echo(line)
    if any(not each.is_mapped for each in plans):
        raise typer.Exit(2)


@app.command()
def apply(
    paths: Paths,
    migrate: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool, typer.Option("--migrate", help="Move those inside to what is published.")
    ] = False,
    moves: MovesOption = None,
    backfill: Annotated[
        BackfillMode | None,
        typer.Option(help="Those enter, too, who qualify already: at the start, or by age."),
    ] = None,
    per_minute: Annotated[
        int | None, typer.Option(min=1, max=1_000_000, help="So many enter by a backfill.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Who qualified earlier is left out of a backfill."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Bring journeys in and publish them, with what they name: all of it, or nothing."""
    if moves is not None and not migrate:
        msg = "--moves says where people go, so --migrate is needed, too"
        raise Invalid(msg)
    if backfill is None and (per_minute is not None or since is not None):
        option = "--since" if per_minute is None else "--per-minute"
        msg = f"{option} says whom a backfill lets in, so --backfill is needed, too"
        raise Invalid(msg)
    folder = read_folder(paths)
    targets = _read_moves(moves) if migrate else None
    with opened(data) as house:
        begins_at = None if since is None else _read_instant(since, house.settings.timezone)
        earlier = Backfilling(backfill.mode, per_minute, begins_at) if backfill else None
        applied = apply_folder(house, folder, by=audit.CONSOLE, moves=targets, backfill=earlier)
        with house.database.transaction() as session:
            audit.record(
                session,
                actor=audit.CONSOLE,
                action="journeys.applied",
                target=f"{len(folder.journeys)} journeys",
                details={
                    "keys": [journey.key for _, journey in folder.journeys],
                    "migrate": migrate,
                    "backfill": backfill,
                    "since": begins_at and begins_at.isoformat(),
                },
                now=house.wall.now(),
            )
    for line in applied.lines:
        typer.echo(line)
    for warning in applied.warnings:
        typer.echo(f"warning: {warning}", err=True)


def _read_instant(text: str, zone: str) -> datetime:
    """Return an instant of ISO 8601; without an offset it is a reading of the instance's clock."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        msg = f"--since {text}: write a date as 2026-03-01 or 2026-03-01T09:00:00+01:00"
        raise Invalid(msg) from None
    return read if read.tzinfo is not None else resolve_wall(read, get_zone(zone))


def _read_moves(path: Path | None) -> dict[str, dict[str, str]]:
    if path is None:
        return {}
    try:
        given = MOVES.validate_json(path.read_bytes())
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise Invalid(msg) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        msg = f'{path}: {place} {first["msg"]}; write {{"journey": {{"node": {{"to": "exit"}}}}}}'
        raise Invalid(msg) from None
    return {key: read_moves(moves) for key, moves in given.items()}


def _describe_plan(plan: PublishPlan) -> Iterator[str]:
    changes = plan.changes
    if not plan.is_new:
        yield f"{plan.key}: unchanged"
    else:
        said = [
            f"{word} {', '.join(names)}"
            for word, names in (
                ("adds", changes.added),
                ("removes", changes.removed),
                ("changes", (*changes.changed, *changes.parts)),
            )
            if names
        ]
        yield f"{plan.key}: a new version {'; '.join(said)}".rstrip()
    for place in plan.places:
        fate = f"{place.move.fate} {place.move.to}" if place.move.to else str(place.move.fate)
        wave = f", {place.released} go on at once" if place.released else ""
        words = f" ({place.move.words})" if place.move.words else ""
        people = f"{len(place.ids)} at {place.node} (v{place.plan.number})"
        yield f"  {people}: {fate}{wave}{words}"


@app.command()
def export(
    keys: Annotated[list[str] | None, typer.Argument(metavar="KEY…", help="None: all.")] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the files go; else to the output.")
    ] = None,
    letters: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool,
        typer.Option("--letters", help="Letters and texts that they send, too, with envelopes."),
    ] = False,
    data: DataOption = None,
) -> None:
    """Write journeys out as they are being edited, one file each."""
    if letters and to is None:
        msg = "letters are written into a folder, so --to DIR is needed, too"
        raise Invalid(msg)
    with opened(data) as house, house.database.reading() as session:
        rows = (
            [by_key.get_journey(session, key) for key in keys]
            if keys
            else list(by_key.list_journeys(session))
        )
        journeys = [Journey.model_validate_json(write_json(row.draft)) for row in rows]
        if to is None and len(rows) != 1:
            msg = "name one journey, or a folder for all of them: --to DIR"
            raise Invalid(msg)
        for journey in journeys:
            text = dump_journey(journey)
            if to is None:
                typer.echo(text, nl=False)
                continue
            to.mkdir(parents=True, exist_ok=True)
            (to / f"{journey.key}.json").write_text(text, encoding="utf-8")
            typer.echo(f"{to / f'{journey.key}.json'}")
        if letters and to is not None:
            for path in export_letters(session, journeys, to):
                typer.echo(str(path))
