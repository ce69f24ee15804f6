"""The starting points of the gallery are as good as the four journeys that must always work."""

import json

import jsonschema
import pytest

from engine.actions.send_first import list_tries
from engine.journeys.definition.case_file import SUFFIX, parse_cases
from engine.journeys.definition.catalogue_file import FILE_NAME, parse_catalogue
from engine.journeys.definition.journey import dump_journey, parse_journey
from engine.journeys.reference.schema import build_schema
from engine.journeys.simulation.outcome import sum_up
from engine.journeys.simulation.scene import Scene, plan_draft
from engine.journeys.simulation.simulate import simulate
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.messages.compose.template_lint import has_unsubscribe
from engine.messages.library.templates import compile_source
from engine.segments.judging import SavedSegment
from tests.engine.journeys.samples import EXAMPLE_FILES, EXAMPLES, GALLERY, GALLERY_FILES

BESIDE = parse_catalogue((GALLERY / FILE_NAME).read_text(encoding="utf-8"))
LETTERS = {file.stem: file for file in (GALLERY / "templates").iterdir()}
CHANNELS = {"mjml": "email", "txt": "sms", "push": "push"}
each_file = pytest.mark.parametrize("file", GALLERY_FILES, ids=lambda file: file.stem)


def channel_of(file):
    return CHANNELS[file.suffix.removeprefix(".")]


def read(file):
    return parse_journey(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def catalogue():
    compiled = {
        key: compile_source(channel_of(file), file.read_text(encoding="utf-8"))
        for key, file in LETTERS.items()
    }
    return Catalogue(
        templates={key: channel_of(file) for key, file in LETTERS.items()},
        without_unsubscribe=frozenset(
            key
            for key, words in compiled.items()
            if channel_of(LETTERS[key]) == "email"
            and not has_unsubscribe(read.path for read in words.variables)
        ),
        segments=frozenset(entry.key for entry in BESIDE.segments),
        topics=frozenset(entry.key for entry in BESIDE.topics),
        endpoints=frozenset(entry.key for entry in BESIDE.endpoints),
    )


def test_the_starting_points_are_there():
    assert [file.stem for file in GALLERY_FILES] == [
        "birthday",
        "lead-follow-up",
        "newsletter-broadcast",
        "onboarding",
        "post-purchase",
        "review-request",
        "shipping-notice",
    ]


@each_file
def test_one_needs_nothing_but_what_stands_beside_it_and_publishes_without_a_word(file, catalogue):
    assert check(read(file), catalogue) == []


@each_file
def test_one_survives_reading_and_writing_and_fits_the_schema(file):
    text = file.read_text(encoding="utf-8")
    assert json.loads(dump_journey(parse_journey(text))) == json.loads(text)
    jsonschema.validate(json.loads(text), build_schema())


@each_file
def test_one_is_known_by_its_file_says_what_it_is_and_leaves_the_drawing_to_the_canvas(file):
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["key"] == file.stem
    assert document["description"]
    assert "layout" not in document


@each_file
def test_its_three_to_five_cases_go_every_way_there_is(file):
    plan = plan_draft(read(file))
    cases = parse_cases(file.with_name(file.stem + SUFFIX).read_text(encoding="utf-8")).cases
    segments = [SavedSegment(each.key, each.condition) for each in BESIDE.segments]
    implied = frozenset(each.key for each in BESIDE.topics if each.opt_in == "implied")
    scenes = [
        Scene(plan, case, case.name, segments=segments, implied_topics=implied, default_zone="UTC")
        for case in cases
    ]
    lived = [one for scene in scenes for one in simulate(scene.setting, [scene.build_persona()])]
    outcome = sum_up(scenes[0].setting, lived, most_stories=0)
    assert 3 <= len(cases) <= 5
    assert outcome.never_reached == ()
    assert outcome.never_taken == ()
    assert "failed" not in " ".join(outcome.ends)


def test_every_letter_is_sent_by_one_of_them():
    sent = {
        one.template
        for file in GALLERY_FILES
        for node in read(file).nodes.values()
        for one in list_tries(node)
    }
    assert sent == set(LETTERS)


def test_what_both_folders_name_is_the_same_and_no_journey_or_letter_is_called_alike():
    other = parse_catalogue((EXAMPLES / FILE_NAME).read_text(encoding="utf-8"))
    topics = {each.key: each for each in other.topics}
    assert [topics[each.key] for each in BESIDE.topics if each.key in topics] == [
        each for each in BESIDE.topics if each.key in topics
    ]
    assert not {file.stem for file in GALLERY_FILES} & {file.stem for file in EXAMPLE_FILES}
    assert not set(LETTERS) & {file.stem for file in (EXAMPLES / "templates").iterdir()}
