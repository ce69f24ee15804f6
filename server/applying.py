"""Holds a folder of journeys against an instance, and brings it in: all of it, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from engine.errors import Invalid, InvalidJourney
from engine.journeys import publish
from engine.journeys.applying import add_to_catalogue, apply_catalogue
from engine.journeys.catalogue import load_catalogue
from engine.journeys.validate.check import check
from engine.journeys.validate.problems import Problem
from engine.messages.compose.compile_template import CompiledTemplate
from engine.messages.compose.template_errors import TemplateRefused
from engine.messages.templates import compile_source, save_template
from server.folder import Folder, TemplateFile
from server.wiring import House


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, for people.

    Attributes:
        lines: one for each thing that changed or stayed.
        warnings: what may be as meant, and may not.
    """

    lines: tuple[str, ...]
    warnings: tuple[str, ...]


def validate_folder(house: House, folder: Folder) -> list[tuple[str, Problem]]:
    """Return (file, problem) of everything to mend, held against the instance and the folder."""
    _compile_all(house, folder)
    with house.database.reading() as session:
        known = add_to_catalogue(load_catalogue(session), folder.catalogues)
    channels = {each.key: each.channel for each in folder.templates}
    known = replace(known, templates={**known.templates, **channels})
    return [
        (str(path), problem)
        for path, journey in folder.journeys
        for problem in check(journey, known)
    ]


def apply_folder(house: House, folder: Folder, *, by: str) -> Applied:
    """Bring the folder in and publish its journeys, in one transaction.

    Raises:
        InvalidJourney: one cannot be published; nothing of the folder is in then.
        Invalid: a template cannot be used.
    """
    compiled = _compile_all(house, folder)
    warnings: list[str] = []
    now = house.clock.now()
    with house.database.transaction() as session:
        lines = [
            f"{each}: made"
            for catalogue in folder.catalogues
            for each in apply_catalogue(session, catalogue, now=now)
        ]
        for template, words in compiled:
            number, is_new = save_template(
                session, template.key, template.channel, template.source, words, by=by, now=now
            )
            state = f"version {number}" if is_new else "unchanged"
            lines.append(f"template {template.key}: {state}")
        for line, warned in _publish_all(session, folder, by, now):
            lines.append(line)
            warnings += warned
    return Applied(tuple(lines), tuple(warnings))


def _publish_all(
    session: Session, folder: Folder, by: str, now: datetime
) -> Iterator[tuple[str, list[str]]]:
    for path, journey in folder.journeys:
        publish.save_draft(session, journey, now=now)
        try:
            published = publish.publish(session, journey.key, by=by, now=now)
        except InvalidJourney as error:
            problems = [each | {"message": f"{path}: {each['message']}"} for each in error.problems]
            msg = f"nothing was applied, because {journey.key} cannot be published"
            raise InvalidJourney(msg, problems) from None
        state = f"published version {published.number}" if published.is_new else "unchanged"
        warned = [f"{path}: {problem.message}" for problem in published.warnings]
        yield f"journey {journey.key}: {state}", warned


def _compile_all(house: House, folder: Folder) -> list[tuple[TemplateFile, CompiledTemplate]]:
    compiled = []
    for template in folder.templates:
        try:
            words = compile_source(template.channel, template.source, pool=house.outgoing.pool)
        except TemplateRefused as error:
            msg = f"{template.path}: {error}"
            raise Invalid(msg) from None
        compiled.append((template, words))
    return compiled
