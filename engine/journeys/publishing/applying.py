"""Makes what a folder of journeys names: topics, endpoints and segments that are not there yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.db import insert_into
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.definition.journey import Journey
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.names import list_names, list_names_asked
from engine.messages.webhooks.endpoints import build_endpoint_secret
from engine.models.contact import Topic
from engine.models.message import Endpoint
from engine.models.segment import Segment
from engine.tasks import Lane, ring


def apply_catalogue(session: Session, catalogue: CatalogueFile, *, now: datetime) -> list[str]:
    """Make what is missing and answer it, as `topic newsletter`; what is there stays as it is.

    Repeating it is harmless. An endpoint gets a secret of its own.
    """
    made = [
        f"topic {each.key}"
        for each in catalogue.topics
        if _add(
            session,
            Topic,
            key=each.key,
            name=each.name,
            description=each.description,
            opt_in=each.opt_in,
            created_at=now,
        )
    ]
    made += [
        f"endpoint {each.key}"
        for each in catalogue.endpoints
        if _add(
            session,
            Endpoint,
            key=each.key,
            url=each.url,
            secret=build_endpoint_secret(),
            headers=dict(each.headers),
            created_at=now,
        )
    ]
    segments = [
        f"segment {each.key}"
        for each in catalogue.segments
        if _add(
            session,
            Segment,
            key=each.key,
            name=each.name,
            condition=each.model_dump(mode="json", by_alias=True, exclude_unset=True)["condition"],
            revision=1,
            size=0,
            created_at=now,
            updated_at=now,
        )
    ]
    if segments:
        ring(session, Lane.SEGMENTS)
    return made + segments


def add_to_catalogue(known: Catalogue, files: Sequence[CatalogueFile]) -> Catalogue:
    """Return what a journey may name once these files are applied."""
    return replace(
        known,
        segments=known.segments | {each.key for file in files for each in file.segments},
        topics=known.topics | {each.key for file in files for each in file.topics},
        endpoints=known.endpoints | {each.key for file in files for each in file.endpoints},
    )


def pick_named(catalogue: CatalogueFile, journey: Journey) -> CatalogueFile:
    """Return of a catalogue what a journey names, and what the segments among that name in turn."""
    named = list_names(journey)
    while more := _list_names_in_segments(catalogue, named) - named:
        named |= more
    return CatalogueFile(
        topics=tuple(each for each in catalogue.topics if ("topic", each.key) in named),
        endpoints=tuple(each for each in catalogue.endpoints if ("endpoint", each.key) in named),
        segments=tuple(each for each in catalogue.segments if ("segment", each.key) in named),
    )


def _list_names_in_segments(
    catalogue: CatalogueFile, named: frozenset[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    asked = [
        list_names_asked(each.condition)
        for each in catalogue.segments
        if ("segment", each.key) in named
    ]
    return frozenset[tuple[str, str]]().union(*asked)


def _add(session: Session, row: type[Any], **values: Any) -> bool:
    statement = insert_into(session, row).values(**values).on_conflict_do_nothing()
    return session.scalar(statement.returning(row.key)) is not None
