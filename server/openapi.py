"""The OpenAPI 3.1 document of the management API, made from its routes."""

import re
from typing import Any, Final

from flask import Blueprint, Flask, Response, current_app
from pydantic import BaseModel
from pydantic.json_schema import (
    GenerateJsonSchema,
    JsonSchemaMode,
    JsonSchemaValue,
    models_json_schema,
)
from pydantic_core import core_schema
from typing_extensions import override
from werkzeug.routing import Rule

from engine.document.json_text import write_json
from server.auth import find_access, public
from server.endpoints import Operation, find_operation

PREFIX: Final = "/api/v1"
_REFERENCE: Final = "#/components/schemas/{model}"
_CONVERTERS: Final[dict[str, dict[str, Any]]] = {
    "IntegerConverter": {"type": "integer"},
    "UUIDConverter": {"type": "string", "format": "uuid"},
}
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")

blueprint = Blueprint("openapi", __name__)


class _WithoutNulls(GenerateJsonSchema):
    """Says nothing of a default that is null: of a part that may be left out, null is no value."""

    @override
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            made.pop("default")
        return made


@blueprint.get(f"{PREFIX}/openapi.json")
@public("it describes the doors, not what is behind them")
def show_document() -> Response:
    """Return the document."""
    return Response(write_json(build_document(current_app)), content_type="application/json")


def build_document(app: Flask) -> dict[str, Any]:
    """Return the document of all routes made by `endpoint`."""
    operations = [
        (rule, method, operation)
        for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule)
        if (operation := find_operation(app.view_functions[rule.endpoint])) is not None
        for method in _METHODS
        if method in (rule.methods or ())
    ]
    references, schemas = _collect_schemas([operation for _, _, operation in operations])
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, operation in operations:
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _describe(
            app, rule, method, operation, references
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sojourn",
            "version": "1",
            "description": "Journeys, contacts and operations of one instance.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": _PROBLEM},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "sid"},
                "key": {"type": "http", "scheme": "bearer"},
            },
        },
    }


_References = dict[tuple[type[BaseModel], JsonSchemaMode], dict[str, Any]]


def _collect_schemas(operations: list[Operation]) -> tuple[_References, dict[str, Any]]:
    taken = {each for one in operations for each in (one.body, one.query) if each is not None}
    given = {one.answers for one in operations if one.answers is not None}
    inputs: list[tuple[type[BaseModel], JsonSchemaMode]] = [(each, "validation") for each in taken]
    outputs: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (each, "serialization") for each in given
    ]
    models = sorted(inputs + outputs, key=lambda pair: (pair[0].__name__, pair[1]))
    references, definitions = models_json_schema(
        models, ref_template=_REFERENCE, schema_generator=_WithoutNulls
    )
    return {(model, mode): references[model, mode] for model, mode in models}, definitions.get(
        "$defs", {}
    )


def _describe(
    app: Flask, rule: Rule, method: str, operation: Operation, references: _References
) -> dict[str, Any]:
    access = find_access(app, rule.endpoint)
    is_public = access is None or access.permission is None
    description: dict[str, Any] = {
        "operationId": f"{rule.endpoint.replace('.', '_')}_{method.lower()}",
        "tags": [operation.tag],
        "summary": operation.summary,
        "security": [] if is_public else [{"session": []}, {"key": []}],
        "parameters": _list_parameters(rule, operation),
        "responses": {str(operation.status): _describe_answer(operation, references)},
    }
    if access is not None and access.permission is not None:
        description["x-permission"] = access.permission.value
    description["responses"]["default"] = {
        "description": "What is wrong and what to do.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    if operation.body is not None:
        description["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": references[operation.body, "validation"]}},
        }
    return description


def _list_parameters(rule: Rule, operation: Operation) -> list[dict[str, Any]]:
    converters = rule._converters  # noqa: SLF001 - werkzeug offers no other way to the types
    parameters: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _CONVERTERS.get(type(converters[name]).__name__, {"type": "string"}),
        }
        for name in sorted(rule.arguments)
    ]
    if operation.query is not None:
        schema = operation.query.model_json_schema(ref_template=_REFERENCE)
        parameters += [
            {
                "name": name,
                "in": "query",
                "required": name in schema.get("required", ()),
                "schema": value,
            }
            for name, value in schema["properties"].items()
        ]
    return parameters


def _describe_answer(operation: Operation, references: _References) -> dict[str, Any]:
    if operation.answers is not None:
        schema: dict[str, Any] = references[operation.answers, "serialization"]
        content: dict[str, Any] = {operation.media_type: {"schema": schema}}
        return {"description": "Done.", "content": content}
    if operation.media_type != "application/json":
        content = {operation.media_type: {"schema": {"type": "string"}}}
        return {"description": "Done.", "content": content}
    return {"description": "Done."}


_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "For people: what is wrong, what to do."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "For programs."},
        "problems": {"type": "array", "items": {"type": "object"}},
    },
}
