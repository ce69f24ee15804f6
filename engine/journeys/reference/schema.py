"""The JSON Schemas of a journey, its tests and its catalogue, for editors and for TypeScript.

Pydantic's own output is right but noisy for both readers: it titles every field (from which a
generator makes a type each), writes `default: null`, and repeats enumerations. This writes titles
on types only, and calls the parts of conditions what they are.

`python -m engine.journeys.reference.schema` prints that of a journey, with `test` or `catalogue` theirs.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any, Final, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from typing_extensions import override

from engine.document.base import Document
from engine.journeys.definition.case_file import CaseFile
from engine.journeys.definition.catalogue_file import CatalogueFile
from engine.journeys.definition.journey import Journey
from engine.rules import conditions, filters

MODELS: Final[Mapping[str, type[Document]]] = {
    "journey": Journey,
    "test": CaseFile,
    "catalogue": CatalogueFile,
}
"""What has a schema."""
_PREFIX: Final = "#/$defs/"
_TELLING: Final = ("kind", "mode", "event", "attribute")
_TELLING_CONDITIONS: Final = (
    "attribute", "property", "trigger", "context", "subject", "segment", "consent", "channel",
    "message", "template", "event", "measure", "of",
)  # fmt: skip


class _ForReaders(GenerateJsonSchema):
    """Titles on types, not on fields; nothing said twice."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    @override
    def get_title_from_name(self, name: str) -> str:
        return name

    @override
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        default = made.get("default")
        if default in (None, "", []) or isinstance(default, dict):
            made.pop("default", None)
        return made


def build_schema(of: str = "journey") -> dict[str, Any]:
    """Return the schema of one of `MODELS`, in JSON Schema 2020-12; the same on every call."""
    schema = MODELS[of].model_json_schema(by_alias=True, schema_generator=_ForReaders)
    schema.setdefault("$defs", {}).pop("JsonValue", None)
    names = _choose_names(schema["$defs"])
    cleaned: dict[str, Any] = _clean(schema, names)
    named = sorted((names.get(name, name), part) for name, part in cleaned["$defs"].items())
    cleaned["$defs"] = {name: part | {"title": name} for name, part in named}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sojourn:{of}:1",
        **cleaned,
    }


def render_schema(of: str = "journey") -> str:
    """Return the schema as the text of a file."""
    return json.dumps(build_schema(of), indent=2, ensure_ascii=False) + "\n"


def _choose_names(definitions: Mapping[str, Any]) -> dict[str, str]:
    """Return better names: `Attribute` alone does not say that it is a condition."""
    leaves = {leaf.__name__ for leaf in (*get_args(conditions.Leaf), filters.Property)}
    names = {name: f"{name}Condition" for name in definitions if name in leaves}
    names["All"] = "AllOf"
    for name in definitions:  # where two rooms use one name, Pydantic writes the module, too
        *module, last = name.split("__")
        if module[:2] == ["engine", "rules"]:
            names[name] = f"{last}Condition"
        elif module:
            names[name] = last
    return names


def _clean(part: Any, names: Mapping[str, str]) -> Any:
    """Take away what only repeats: the untyped JsonValue, a const's type, unions of one."""
    if isinstance(part, list):
        return [_clean(item, names) for item in part]
    if isinstance(part, str) and part.startswith(_PREFIX):
        name = part.removeprefix(_PREFIX)
        return _PREFIX + names.get(name, name)
    if not isinstance(part, dict):
        return part
    if part.get("$ref") == f"{_PREFIX}JsonValue":
        return {key: _clean(value, names) for key, value in part.items() if key != "$ref"}
    cleaned = {key: _clean(value, names) for key, value in part.items()}
    if "const" in cleaned:
        cleaned.pop("type", None)
    if isinstance(cleaned.get("properties"), dict):
        cleaned["properties"] = _put_telling_first(cleaned["properties"])
    for word in ("anyOf", "oneOf"):
        if isinstance(cleaned.get(word), list) and len(cleaned[word]) == 1:
            cleaned.update(cleaned.pop(word)[0])
    return cleaned


def _put_telling_first(properties: dict[str, Any]) -> dict[str, Any]:
    """Editors offer fields in this order, and what tells one sort of thing from another leads."""
    telling = _TELLING_CONDITIONS if "op" in properties else _TELLING
    first = {name: properties[name] for name in telling if name in properties}
    return first | properties


if __name__ == "__main__":
    sys.stdout.write(render_schema(*sys.argv[1:2]))
