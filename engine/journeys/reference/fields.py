"""The reference of the journey document, made of its schema: every field of every part.

`python -m engine.journeys.reference.fields` prints it; it is kept as docs/journey-reference.md.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.journeys.reference.schema import build_schema

Schema = Mapping[str, Any]

HEAD: Final = """# The journey document, field by field

Made from the models by `python -m engine.journeys.reference.fields`; what it all means is in
[journeys.md](journeys.md). What is not marked *required* may be left out. Every node may carry a
`note` for colleagues, which never changes meaning.
"""
_EMPTY: Final = ("| field | is | default | |", "|---|---|---|---|")
_PLAIN: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "bool"}


def render_reference() -> str:
    """Return the reference as the text of a file."""
    schema = build_schema()
    parts: dict[str, Schema] = schema["$defs"]
    nodes, triggers = _list_kinds(parts["Node"]), _list_kinds(parts["Trigger"])
    conditions = [name for union in ("Condition", "Where") for name in _list_members(parts[union])]
    told = {*nodes.values(), *triggers.values(), *conditions}
    others = [name for name, part in parts.items() if "properties" in part and name not in told]
    words = [name for name, part in parts.items() if "properties" not in part]
    lines = [HEAD, "## The document", "", *_render_table(schema)]
    lines += ["", "## Triggers", *_render_kinds(triggers, parts)]
    lines += ["", "## Nodes", *_render_kinds(nodes, parts)]
    lines += ["", "## Parts"]
    for name in others:
        lines += [
            "",
            f"### {name}",
            "",
            parts[name]["description"],
            "",
            *_render_table(parts[name]),
        ]
    lines += ["", "## Conditions", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {_flatten(parts[name]['description'])} |" for name in conditions]
    lines += ["", "## Words", "", "| | is | |", "|---|---|---|"]
    lines += [
        f"| {name} | {_describe(parts[name])} | {_flatten(parts[name].get('description', ''))} |"
        for name in words
    ]
    return "\n".join(lines) + "\n"


def _list_kinds(union: Schema) -> dict[str, str]:
    """Return the name of the type of each kind, in the order of the table."""
    names = {reference: kind for kind, reference in union["discriminator"]["mapping"].items()}
    return {names[f"#/$defs/{name}"]: name for name in _list_members(union)}


def _list_members(union: Schema) -> list[str]:
    return [_name(member) for member in union["oneOf"]]


def _render_kinds(kinds: Mapping[str, str], parts: Mapping[str, Schema]) -> Iterator[str]:
    for kind, name in kinds.items():
        yield from ("", f"### `{kind}`", "", parts[name]["description"])
        table = _render_table(parts[name])
        if len(table) > len(_EMPTY):
            yield from ("", *table)


def _render_table(part: Schema) -> list[str]:
    """Return one line for each field, without what the headings say."""
    required = set(part.get("required", ()))
    lines = list(_EMPTY)
    for name, field in part["properties"].items():
        if name == "note" or (name == "kind" and "const" in field):
            continue
        default = "*required*" if name in required else _show_default(field)
        words = _flatten(field.get("description", ""))
        lines.append(f"| `{name}` | {_describe(field)} | {default} | {words} |")
    return lines


def _show_default(field: Schema) -> str:
    match field.get("default"):
        case None:
            return ""
        case bool() as flag:
            return f"`{str(flag).lower()}`"
        case value:
            return f"`{value}`"


def _describe(field: Schema) -> str:
    """Return in words what a field holds."""
    match field:
        case {"$ref": _}:
            return _name(field)
        case {"const": value}:
            return f"`{value}`"
        case {"enum": values}:
            return " or ".join(f"`{value}`" for value in values)
        case {"anyOf": members} | {"oneOf": members}:
            told = [_describe(one) for one in members if one.get("type") != "null"]
            return " or ".join(told)
        case {"type": "array"}:
            return f"list of {_describe(field['items'])}" if "items" in field else "list"
        case {"type": "object"}:
            patterns = list(field.get("patternProperties", {}).values())
            inner = field.get("additionalProperties") or (patterns[0] if patterns else {})
            return f"object of {_describe(inner)}"
        case {"type": str() as plain}:
            return _PLAIN[plain] + _describe_range(field)
        case _:
            return "any JSON"


def _describe_range(field: Schema) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None and high is None:
        return ""
    if high is None:
        return f" from {low}"
    return f" to {high}" if low is None else f" {low} to {high}"


def _name(field: Schema) -> str:
    return str(field["$ref"]).rpartition("/")[2]


def _flatten(text: str) -> str:
    """Return text that stands in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render_reference())
