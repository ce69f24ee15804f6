"""The OpenAPI document: valid, complete, and true of the routes."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from server.app import create_app
from server.auth import find_access
from server.endpoints import find_operation
from server.openapi import PREFIX, build_document


@pytest.fixture
def app(one_house):
    return create_app(one_house)


@pytest.fixture
def document(app):
    return app.test_client().get(f"{PREFIX}/openapi.json").json


def test_the_document_is_valid_openapi_3_1(document):
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"] == "3.1.0"


def test_every_management_route_is_in_it(app, document):
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(PREFIX) or rule.endpoint == "openapi.show_document":
            continue
        assert find_operation(app.view_functions[rule.endpoint]) is not None, rule.endpoint
    described = sum(len(methods) for methods in document["paths"].values())
    routes = sum(
        len(rule.methods - {"HEAD", "OPTIONS"})
        for rule in app.url_map.iter_rules()
        if find_operation(app.view_functions[rule.endpoint])
    )
    assert described == routes


def test_a_route_that_needs_a_permission_says_so(app, document):
    for methods in document["paths"].values():
        for operation in methods.values():
            assert ("x-permission" in operation) == bool(operation["security"])
    assert document["paths"]["/api/v1/keys"]["post"]["x-permission"] == "keys:manage"
    assert find_access(app, "keys.create").permission == "keys:manage"


def test_names_of_schemas_are_plain(document):
    for name in document["components"]["schemas"]:
        assert name.isidentifier(), name


def test_bodies_answers_queries_and_paths_are_described(document):
    replay = document["paths"]["/api/v1/queues/replay"]["post"]
    assert replay["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Replay"
    }
    assert replay["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Replayed"
    }
    listing = document["paths"]["/api/v1/mailbox"]["get"]
    assert {each["name"]: each["in"] for each in listing["parameters"]} == {
        "before": "query",
        "channel": "query",
    }
    letter = document["paths"]["/api/v1/mailbox/{id_}"]["get"]
    assert letter["parameters"][0]["schema"] == {"type": "integer"}
    properties = document["components"]["schemas"]["Letter"]["properties"]
    assert {"from", "class", "has_html"} <= set(properties)
    page = document["paths"]["/api/v1/mailbox/{id_}/html"]["get"]["responses"]["200"]
    assert "text/html" in page["content"]


def test_every_route_has_a_summary_and_an_error(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"].endswith(".")
            assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_the_document_is_the_same_at_every_build(app):
    assert build_document(app) == build_document(app)
