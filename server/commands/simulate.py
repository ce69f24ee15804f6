"""`sojourn journeys simulate`: what a journey would do, told without doing it."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.table import Table

from engine.document.durations import parse_elapsed
from engine.document.json_text import write_json
from engine.errors import Invalid, InvalidJourney
from engine.journeys.definition.case_file import Assumption, parse_described
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.definition.journey import Journey
from engine.journeys.definition.time_texts import resolve_time
from engine.journeys.rehearsing.rehearsal import USUAL_LENGTH, Asked, load_draft, prepare
from engine.journeys.simulation.outcome import ContactStory, Outcome
from engine.when.zones import get_zone
from server.folder import name_file, read_catalogues, read_journey, read_text
from server.opening import DataOption, opened
from server.simulating import Tell
from server.wiring import House

ASSUMED: Final[TypeAdapter[Assumption]] = TypeAdapter(Assumption)


def simulate(  # noqa: PLR0913, PLR0917 - one argument an option
    journey: Annotated[str, typer.Argument(metavar="FILE|KEY", help="A file, or a draft's key.")],
    described: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="A described contact: contact, given, assume."),
    ] = None,
    contact: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A real contact, by your id or ours.")
    ] = None,
    sample: Annotated[int, typer.Option(metavar="N", help="So many real contacts.")] = 0,
    replay: Annotated[
        str | None, typer.Option(metavar="P90D", help="As had it been live for so long.")
    ] = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="Let them in then; else now.")
    ] = None,
    lasts: Annotated[
        str | None, typer.Option("--for", metavar="P30D", help="How long from then; else P90D.")
    ] = None,
    properties: Annotated[
        str, typer.Option(metavar="JSON", help="What they see under trigger.properties.")
    ] = "{}",
    assume: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NODE=FATE",
            help="sent, opened, clicked, failed …, or JSON, such as what a colleague chooses.",
        ),
    ] = None,
    stories: Annotated[int, typer.Option(metavar="N", help="So many contacts one by one.")] = 3,
    as_json: Annotated[  # noqa: FBT002 - Typer's form of a switch
        bool, typer.Option("--json", help="All of it, for programs.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Say what a journey would do: nothing is written, and nothing leaves."""
    with opened(data) as house, _progress() as tell:
        zone = get_zone(house.settings.timezone)
        asked = Asked(
            described=None if described is None else _read_described(described),
            contacts=contact or (),
            sample=sample,
            replay=_read_length(replay) if replay else None,
            begins_at=_read_time(begins, zone) if begins else None,
            lasts=_read_length(lasts) if lasts else USUAL_LENGTH,
            properties=_read_object(properties),
            assume=_read_assumptions(assume or ()),
            stories=stories,
        )
        outcome = _simulate(house, journey, asked, tell)
    if as_json:
        typer.echo(write_json(outcome.to_json()))
    else:
        _show(outcome)


def _simulate(house: House, journey: str, asked: Asked, tell: Tell) -> Outcome:
    path = Path(journey)
    is_file = path.suffix == ".json" or path.is_file()
    catalogues: Sequence[CatalogueFile] = read_catalogues(path.parent) if is_file else ()
    with house.database.reading() as session:
        document: Journey = read_journey(path) if is_file else load_draft(session, journey)
        prepared = prepare(
            session,
            document,
            asked,
            catalogues=catalogues,
            moment=house.read_moment(),
            tell=tell,
        )
    return prepared.run(tell=tell)


@contextmanager
def _progress() -> Iterator[Tell]:
    """Show how far it is, where somebody looks."""
    console = Console(stderr=True)
    with console.status("loading") as status:
        yield lambda what, count: status.update(f"{count:,} {what}")


def _read_described(path: Path) -> Any:
    try:
        return parse_described(read_text(path))
    except InvalidJourney as error:
        raise name_file(error, path) from None


def _read_length(text: str) -> timedelta:
    try:
        return parse_elapsed(text)
    except ValueError as error:
        raise Invalid(f"{text}: {error}") from None


def _read_time(text: str, zone: Any) -> datetime:
    try:
        return resolve_time(text, base=None, zone=zone)
    except ValueError as error:
        raise Invalid(str(error)) from None


def _read_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Invalid(f"--properties takes a JSON object, not {text!r}")
    return found


def _read_assumptions(several: Sequence[str]) -> dict[str, Assumption]:
    assumed: dict[str, Assumption] = {}
    for one in several:
        node, _, said = one.partition("=")
        try:
            value = json.loads(said) if said.startswith("{") else said
            assumed[node] = ASSUMED.validate_python(value)
        except (ValueError, ValidationError):
            raise Invalid(
                f"--assume takes NODE=clicked or NODE={{…}} such as "
                f'tell={{"answer": {{"status": 200}}}} or approve={{"chooses": "yes"}}, '
                f"not {one!r}"
            ) from None
    return assumed


# --- for people ---


def _show(outcome: Outcome) -> None:
    console = Console(file=sys.stdout, highlight=False)
    console.print(
        f"{outcome.journey}: {outcome.begins_at:%Y-%m-%d %H:%M} to {outcome.until:%Y-%m-%d %H:%M} UTC, "
        f"{outcome.contacts:,} contacts, {outcome.entered:,} enrollments"
    )
    for title, counts in (
        ("ends", outcome.ends),
        ("refused", outcome.refused),
        ("goals", outcome.goals),
        ("still waiting", outcome.dead_ends),
    ):
        if counts:
            shown = ", ".join(f"{name} {count:,}" for name, count in counts.items())
            console.print(f"{title}: {shown}")
    nodes = Table("node", "entered", "ways", "left early", "waiting", box=None, pad_edge=False)
    for key, one in outcome.nodes.items():
        nodes.add_row(
            key, f"{one.entered:,}", _count(one.ways), _count(one.exited), f"{one.waiting:,}"
        )
    console.print(nodes)
    if outcome.messages:
        days = Table("day", "node", "messages", box=None, pad_edge=False)
        for day in outcome.messages:
            days.add_row(day.day, day.node, _count(day.fates))
        console.print(days)
    for node, way in outcome.never_taken:
        console.print(f"never taken: {node}, {way}", markup=False)
    if outcome.never_reached:
        console.print(f"never reached: {', '.join(outcome.never_reached)}")
    for story in outcome.stories:
        _show_story(console, story)
    for warning in outcome.warnings:
        console.print(f"warning: {warning}", markup=False)


def _show_story(console: Console, story: ContactStory) -> None:
    console.print(f"\n{story.contact}", markup=False)
    for at, reason in story.refused:
        console.print(f"  {at:%Y-%m-%d %H:%M}  not let in: {reason}")
    for stay in story.stays:
        key = f" ({stay.entry_key})" if stay.entry_key else ""
        console.print(f"  {stay.entered_at:%Y-%m-%d %H:%M}  enters{key}", markup=False)
        for part in stay.path:
            way = "" if part.way is None else f": {part.way}"
            console.print(f"  {part.at:%Y-%m-%d %H:%M}  {part.node}{way}", markup=False)
        for message in stay.messages:
            at = message.settled_at or message.at
            reason = f" ({message.reason})" if message.reason else ""
            console.print(
                f"  {at:%Y-%m-%d %H:%M}  {message.channel} of {message.node} {message.fate}{reason}"
            )
        end = f"{stay.end}: {stay.reason}" if stay.reason else stay.end
        when = stay.until if stay.ended_at is None else stay.ended_at
        console.print(f"  {when:%Y-%m-%d %H:%M}  {end}" if when else f"  {end}", markup=False)


def _count(counts: Any) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
