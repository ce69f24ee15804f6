"""The gallery: journeys that come with the product, each a point to start from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.errors import NotFound
from engine.journeys.definition.journey import Journey
from engine.journeys.publishing.applying import pick_named
from engine.journeys.validate.names import list_names
from engine.language.say import say
from engine.resources import find_resource
from server.folder import Folder, read_folder

FOLDERS: Final = ("journeys", "gallery")
"""Of the examples, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """One of them.

    Attributes:
        named: the catalogue and the templates that it names, and nothing else.
    """

    journey: Journey
    named: Folder


@cache
def load_gallery() -> Mapping[str, StartingPoint]:
    """Return all of them by key, in the order in which they are shown."""
    points: dict[str, StartingPoint] = {}
    for name in FOLDERS:
        folder = read_folder([find_resource("examples") / name])
        points |= {journey.key: _build_point(journey, folder) for _, journey in folder.journeys}
    return points


def get_starting_point(key: str) -> StartingPoint:
    """Return one of them.

    Raises:
        NotFound: none has this key.
    """
    point = load_gallery().get(key)
    if point is None:
        msg = say("there is nothing called {key!r} in the gallery", key=key)
        raise NotFound(msg)
    return point


def _build_point(journey: Journey, folder: Folder) -> StartingPoint:
    named = list_names(journey)
    return StartingPoint(
        journey,
        Folder(
            catalogues=[pick_named(each, journey) for each in folder.catalogues],
            templates=[each for each in folder.templates if ("template", each.key) in named],
        ),
    )
