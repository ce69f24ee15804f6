"""The example journeys are valid, complete, and survive reading and writing."""

import json
import re

import jsonschema
import pytest

from engine.actions import ACTIONS
from engine.journeys.definition.catalogue_file import FILE_NAME, parse_catalogue
from engine.journeys.definition.journey import dump_journey, parse_journey
from engine.journeys.reference.schema import build_schema
from engine.journeys.validate.catalogue import Catalogue
from engine.journeys.validate.check import check
from engine.triggers import TRIGGERS
from tests.engine.journeys.samples import CATALOGUE, EXAMPLE_FILES, EXAMPLES, FILES

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def read_catalogue():
    return parse_catalogue((EXAMPLES / FILE_NAME).read_text(encoding="utf-8"))


def test_the_four_journeys_that_must_always_work_are_there():
    assert [file.stem for file in EXAMPLE_FILES] == [
        "abandoned-cart",
        "after-ticket",
        "welcome",
        "win-back",
    ]


@each_file
def test_a_journey_can_be_published_without_a_word(file):
    assert check(parse_journey(file.read_text(encoding="utf-8")), CATALOGUE) == []


@pytest.mark.parametrize("file", EXAMPLE_FILES, ids=lambda file: file.stem)
def test_an_example_needs_nothing_but_what_stands_beside_it(file):
    beside = read_catalogue()
    catalogue = Catalogue(
        templates={
            template.stem: "sms" if template.suffix == ".txt" else "email"
            for template in (EXAMPLES / "templates").iterdir()
        },
        segments=frozenset(entry.key for entry in beside.segments),
        topics=frozenset(entry.key for entry in beside.topics),
        endpoints=frozenset(entry.key for entry in beside.endpoints),
    )
    assert check(parse_journey(file.read_text(encoding="utf-8")), catalogue) == []


@each_file
def test_a_journey_survives_reading_and_writing_unchanged(file):
    text = file.read_text(encoding="utf-8")
    written = dump_journey(parse_journey(text))
    assert json.loads(written) == json.loads(text)
    assert dump_journey(parse_journey(written)) == written


@each_file
def test_the_schema_accepts_a_journey(file):
    jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), build_schema())


def test_together_they_use_every_kind_of_node():
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in FILES]
    used = {node["kind"] for document in documents for node in document["nodes"].values()}
    assert used == set(ACTIONS)
    assert {document["trigger"]["kind"] for document in documents} == set(TRIGGERS) - {
        "manual",
        "api",
    }


def test_the_journey_of_the_documentation_can_be_published():
    text = (EXAMPLES.parents[1] / "docs" / "journeys.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
    assert check(parse_journey(block), CATALOGUE) == []


def test_the_reminder_of_a_cart_goes_out_at_any_hour_and_to_everybody():
    document = json.loads((EXAMPLES / "abandoned-cart.json").read_text(encoding="utf-8"))
    assert document["settings"] == {"timezone": "contact"}


def test_an_endpoint_without_an_address_keeps_its_calls_in_the_mailbox():
    assert [(entry.key, entry.url) for entry in read_catalogue().endpoints] == [
        ("shop", None),
        ("help-desk", None),
    ]


def test_who_said_nothing_gets_tips_and_no_newsletter():
    choices = {entry.key: entry.opt_in for entry in read_catalogue().topics}
    assert choices == {"newsletter": "explicit", "offers": "explicit", "tips": "implied"}
