"""The generated schema is current, and fit for editors and for TypeScript."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from engine.actions import ACTIONS
from engine.journeys.reference.schema import MODELS, build_schema, render_schema
from engine.rules.operators import Op
from engine.triggers import TRIGGERS
from tests.engine.journeys.samples import EXAMPLES, load, put

ROOT = Path(__file__).parents[3]
FILES = {
    "journey": ROOT / "schema" / "journey.schema.json",
    "test": ROOT / "schema" / "journey-test.schema.json",
    "catalogue": ROOT / "schema" / "journey-catalogue.schema.json",
}
each_schema = pytest.mark.parametrize("of", MODELS)


def list_parts(part):
    """Every object of a schema."""
    if isinstance(part, list):
        return [found for item in part for found in list_parts(item)]
    if isinstance(part, dict):
        return [part] + [found for item in part.values() for found in list_parts(item)]
    return []


@each_schema
def test_the_generated_file_is_current(of):
    assert FILES[of].read_text(encoding="utf-8") == render_schema(of)


@each_schema
def test_the_command_prints_it(of):
    command = [sys.executable, "-m", "engine.journeys.reference.schema", of]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert printed.decode("utf-8") == render_schema(of)


@each_schema
def test_the_schema_is_a_schema(of):
    jsonschema.Draft202012Validator.check_schema(build_schema(of))


def test_the_schemas_accept_the_examples_and_mark_what_is_wrong():
    for file in sorted(EXAMPLES.glob("*.test.json")):
        cases = json.loads(file.read_text(encoding="utf-8"))
        jsonschema.validate(cases, build_schema("test"))
        cases["cases"][0]["expect"]["mesages"] = []
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(cases, build_schema("test"))
    catalogue = json.loads((EXAMPLES / "catalogue.json").read_text(encoding="utf-8"))
    jsonschema.validate(catalogue, build_schema("catalogue"))


@each_schema
def test_every_reference_leads_somewhere(of):
    schema = build_schema(of)
    wanted = {part["$ref"].rpartition("/")[2] for part in list_parts(schema) if "$ref" in part}
    assert wanted <= set(schema["$defs"])


def test_every_type_has_a_plain_name_and_is_described_once():
    definitions = build_schema()["$defs"]
    assert all(definition["title"] == name for name, definition in definitions.items())
    assert [name for name in definitions if "__" in name] == []
    shapes = [
        json.dumps(
            {key: value for key, value in part.items() if key not in ("title", "description")}
        )
        for part in definitions.values()
        if "properties" in part and part["properties"].keys() != {"kind"}
    ]
    assert len(shapes) == len(set(shapes))
    objects = {name: part for name, part in definitions.items() if part.get("type") == "object"}
    assert [name for name, part in objects.items() if "description" not in part] == []


def test_every_kind_is_there_demanded_and_without_a_default():
    definitions = build_schema()["$defs"]
    for union, kinds in (("Node", ACTIONS), ("Trigger", TRIGGERS)):
        mapping = definitions[union]["discriminator"]["mapping"]
        assert set(mapping) == set(kinds)
        for kind, reference in mapping.items():
            model = definitions[reference.rpartition("/")[2]]
            assert model["properties"]["kind"] == {"const": kind}
            assert "kind" in model["required"]


def test_unknown_fields_are_refused_everywhere():
    objects = [part for part in list_parts(build_schema()) if part.get("type") == "object"]
    closed = [part for part in objects if "properties" in part]
    assert len(closed) > 50
    assert all(part.get("additionalProperties") is False for part in closed)


def test_conditions_carry_the_operators_of_the_table():
    assert build_schema()["$defs"]["Op"]["enum"] == [op.value for op in Op]


def test_conditions_are_recursive_and_told_apart_by_name():
    names = {
        part["$ref"].rpartition("/")[2] for part in build_schema()["$defs"]["Condition"]["oneOf"]
    }
    assert {"AllOf", "AnyOf", "NoneOf", "AttributeCondition", "EventDoneCondition"} <= names


@pytest.mark.parametrize(
    "spoil",
    [
        put("nodes", "pro", "kind", value="send_letter"),
        put("nodes", "pro", "subject", value="Hello"),
        put("nodes", "morning", "until", "at", value="24:00"),
        put("entry", "at_most", value=-1),
        put("nodes", "plan", "paths", 0, "when", "op", value="sql"),
    ],
)
def test_the_schema_refuses_what_editors_should_mark(spoil):
    document = load("welcome")
    spoil(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, build_schema())
