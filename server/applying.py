"""Holds a folder of journeys against an instance, and brings it in: all of it, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, InvalidJourney
from engine.journeys import by_key
from engine.journeys.deciding.edits import Moves
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.definition.journey import Journey
from engine.journeys.entering.backfills import Backfilling
from engine.journeys.publishing import publish
from engine.journeys.publishing.applying import add_to_catalogue, apply_catalogue
from engine.journeys.publishing.catalogue import load_catalogue
from engine.journeys.publishing.preview import PublishPlan, plan_publish
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.journeys.validate.problems import Problem
from engine.language.say import say
from engine.messages.compose.template_lint import has_unsubscribe
from engine.messages.compose.template_source import list_includes
from engine.messages.library.named_lookups import load_lookups
from engine.messages.library.partials import load_all, save_partial
from engine.models.journey import Journey as Row
from engine.triggers.journey import JourneyTrigger
from server.folder import Folder
from server.folder_letters import (
    Compiled,
    Remark,
    bring_in_letters,
    compile_all,
    remark_on_envelopes,
    remark_on_letters,
)
from server.wiring import House

FolderMoves = Mapping[str, Moves]
"""By the key of a journey: what is to become of those at its nodes."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, for people.

    Attributes:
        lines: one for each thing that changed or stayed.
        warnings: what may be as meant, and may not.
    """

    lines: tuple[str, ...]
    warnings: tuple[str, ...]


def validate_folder(house: House, folder: Folder) -> list[Remark]:
    """Return everything to mend and to look at, held against the instance and the folder.

    Raises:
        Invalid: a template cannot be used.
    """
    offered = _list_offered(house, folder)
    compiled = compile_all(folder.templates, offered, pool=house.outgoing.pool)
    with house.database.reading() as session:
        known = add_to_catalogue(load_catalogue(session), folder.catalogues)
        lookups = load_lookups(session)
        enveloped = remark_on_envelopes(session, folder.templates)
    known = _add_journeys(_add_templates(known, compiled), folder)
    journeys = (
        _remark_on_journey(str(path), problem)
        for path, journey in folder.journeys
        for problem in check(journey, known)
    )
    return [*journeys, *remark_on_letters(compiled, offered, folder, lookups), *enveloped]


def plan_folder(house: House, folder: Folder, moves: FolderMoves) -> list[PublishPlan]:
    """Return what publishing each journey of the folder would do; nothing is changed.

    Raises:
        InvalidJourney: one cannot be published with what the instance has now.
    """
    with house.database.reading() as session:
        return [
            plan_publish(
                session,
                journey,
                moves.get(journey.key, {}),
                now=house.clock.now(),
                default_zone=house.settings.timezone,
            )
            for _, journey in folder.journeys
        ]


def apply_folder(
    house: House,
    folder: Folder,
    *,
    by: str,
    moves: FolderMoves | None = None,
    backfill: Backfilling | None = None,
) -> Applied:
    """Bring the folder in and publish its journeys, in one transaction.

    Args:
        moves: those inside move to what is published, and these say where to, by journey and node;
            None: they stay on their versions.
        backfill: let those in as well who qualified before, for what is new or changed.

    Raises:
        Unmapped: people are at nodes of which the moves say nothing.
        InvalidJourney: one cannot be published; nothing of the folder is in then.
        Invalid: a template cannot be used.
    """
    offered = _list_offered(house, folder)
    compiled = compile_all(folder.templates, offered, pool=house.outgoing.pool)
    warnings: list[str] = []
    now = house.clock.now()
    with house.database.transaction() as session:
        lines = _bring_in_partials(session, house, folder, by=by, now=now)
        lines += _bring_in_named(session, folder.catalogues, compiled, by=by, now=now)
        for line, warned in _publish_all(session, house, folder, by, moves, backfill):
            lines.append(line)
            warnings += warned
    return Applied(tuple(lines), tuple(warnings))


def begin_draft(
    session: Session, journey: Journey, named: Folder, *, by: str, now: datetime
) -> Row:
    """Make the first draft of a journey of our own, and of what it names what is missing.

    What is there already stays as it is; nothing is published.

    Args:
        journey: the draft.
        named: the product's own catalogue and letters, as far as the journey names them.

    Raises:
        Conflict: a journey has this key.
    """
    row = publish.make_draft(session, journey, now=now)
    known = load_catalogue(session).templates
    missing = [each for each in named.templates if each.key not in known]
    compiled = compile_all(missing, load_all(session), pool=None)
    _bring_in_named(session, named.catalogues, compiled, by=by, now=now)
    return row


def _list_offered(house: House, folder: Folder) -> dict[str, str]:
    """Return the partials that letters of the folder may include, once it is in."""
    with house.database.reading() as session:
        return {**load_all(session), **folder.partials}


def _bring_in_partials(
    session: Session, house: House, folder: Folder, *, by: str, now: datetime
) -> list[str]:
    """Put the folder's partials into use, those first that others include; a line for each."""
    lines: list[str] = []
    found = folder.partials
    for name in sorted(found, key=lambda one: (len(list_includes(found[one], found)), one)):
        number, renewed = save_partial(
            session, name, found[name], edits=None, pool=house.outgoing.pool, by=by, now=now
        )
        where = f", new versions of {', '.join(renewed)}" if renewed else ""
        lines.append(f"partial {name}: version {number}{where}")
    return lines


def _bring_in_named(
    session: Session,
    catalogues: Sequence[CatalogueFile],
    compiled: Compiled,
    *,
    by: str,
    now: datetime,
) -> list[str]:
    """Make what journeys name, and answer what was done, a line for each thing."""
    lines = [
        f"{each}: made"
        for catalogue in catalogues
        for each in apply_catalogue(session, catalogue, now=now)
    ]
    return [*lines, *bring_in_letters(session, compiled, by=by, now=now)]


def _add_templates(known: Catalogue, compiled: Compiled) -> Catalogue:
    letters = {each.key: words for each, words in compiled if each.channel == "email"}
    lacking = {
        key
        for key, words in letters.items()
        if not has_unsubscribe(read.path for read in words.compiled.variables)
    }
    written = {each.key for each, _ in compiled}  # what these name is told with their lines
    return replace(
        known,
        templates={**known.templates, **{each.key: each.channel for each, _ in compiled}},
        without_unsubscribe=(known.without_unsubscribe - letters.keys()) | lacking,
        lacking={key: each for key, each in known.lacking.items() if key not in written},
    )


def _add_journeys(known: Catalogue, folder: Folder) -> Catalogue:
    triggers = {
        journey.key: [journey.trigger] if isinstance(journey.trigger, JourneyTrigger) else []
        for _, journey in folder.journeys
    }
    return replace(known, journeys={**known.journeys, **triggers})


def _remark_on_journey(file: str, problem: Problem) -> Remark:
    return Remark(file, problem.node or "", problem.code, problem.message, problem.is_error)


def _publish_all(
    session: Session,
    house: House,
    folder: Folder,
    by: str,
    moves: FolderMoves | None,
    backfill: Backfilling | None,
) -> Iterator[tuple[str, list[str]]]:
    """Keep all drafts, since journeys name each other; then publish one after the other."""
    now, zone = house.clock.now(), house.settings.timezone
    revisions = {row.key: row.draft_revision for row in by_key.list_journeys(session)}
    drafts = [publish.save_draft(session, journey, now=now) for _, journey in folder.journeys]
    changed = {row.key for row in drafts if row.draft_revision != revisions.get(row.key)}
    for path, journey in folder.journeys:
        is_changed = journey.key in changed
        try:
            published = publish.publish(
                session,
                journey.key,
                by=by,
                now=now,
                default_zone=zone,
                migration=None
                if moves is None
                else publish.Migration(moves.get(journey.key, {}), zone),
            )
        except InvalidJourney as error:
            problems = [each | {"message": f"{path}: {each['message']}"} for each in error.problems]
            msg = say("nothing was applied, because {key} cannot be published", key=journey.key)
            raise InvalidJourney(msg, problems) from None
        state = _name_state(published, is_changed=is_changed)
        warned = [f"{path}: {problem.message}" for problem in published.warnings]
        if backfill is not None and published.is_new:
            try:
                publish.publish(session, journey.key, by=by, now=now, backfill=backfill)
                state += ", a backfill begins"
            except (Invalid, Conflict) as error:  # of one journey, so the others enter all the same
                warned.append(f"{path}: {error}")
        yield f"journey {journey.key}: {state}", warned


def _name_state(published: publish.Published, *, is_changed: bool) -> str:
    people = sum(len(place.ids) for place in published.moved)
    moved = f", {people} moved" if people else ""
    if published.is_new or moved:
        return f"published version {published.number}{moved}"
    return "layout saved, no new version" if is_changed else "unchanged"
