"""What comes with a starting point is what it names, and nothing else."""

import pytest

from engine.errors import NotFound
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.publishing.applying import pick_named
from server.gallery import get_starting_point, load_gallery
from tests.engine.journeys.samples import EXAMPLE_FILES, GALLERY_FILES


def test_all_examples_are_in_it_by_their_keys():
    assert list(load_gallery()) == [file.stem for file in [*EXAMPLE_FILES, *GALLERY_FILES]]


def test_what_is_not_in_it_is_named():
    with pytest.raises(NotFound, match="'nothing' in the gallery"):
        get_starting_point("nothing")


def test_templates_topics_and_endpoints_are_those_that_the_journey_names():
    named = get_starting_point("after-ticket").named
    [catalogue] = named.catalogues
    assert [each.key for each in named.templates] == ["ticket-survey"]
    assert [each.key for each in catalogue.endpoints] == ["help-desk"]
    assert (catalogue.topics, catalogue.segments) == ((), ())


def test_a_segment_comes_with_what_it_asks_about_also_by_way_of_another_segment():
    catalogue = CatalogueFile.model_validate(
        {
            "topics": [{"key": "newsletter", "name": "N"}, {"key": "offers", "name": "O"}],
            "segments": [
                {"key": "readers", "name": "R", "condition": consent("newsletter")},
                {"key": "buyers", "name": "B", "condition": consent("offers")},
                {
                    "key": "newsletter-readers",
                    "name": "A",
                    "condition": {"segment": "readers", "op": "member"},
                },
            ],
        },
        strict=False,
    )
    picked = pick_named(catalogue, get_starting_point("newsletter-broadcast").journey)
    assert [each.key for each in picked.topics] == ["newsletter"]
    assert [each.key for each in picked.segments] == ["readers", "newsletter-readers"]


def consent(topic):
    return {"consent": topic, "channel": "email", "op": "subscribed"}
