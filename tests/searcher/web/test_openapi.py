"""The description of the addresses for programs is true."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from khabarjoo.searcher.web.application import _ROUTES
from khabarjoo.searcher.web.openapi import PATHS, SCHEMAS, description

ASKED = {
    "/api/search": ["?q=باران", "?q=fhvhk", "?q=شورا", "?q=ققنوسستان", ""],
    "/api/article/{id}": ["rain?q=باران", "book", "untitled"],
    "/api/similar/{id}": ["rain?limit=2"],
    "/api/explain/{id}": ["rain?q=باران", "book?q=باران"],
    "/api/facets": ["?q=باران", "?by=year&by=tag&q=نفت&limit=3"],
    "/api/timeline": ["?q=باران", "?q=ققنوسستان"],
    "/api/complete": ["?q=بار", ""],
}


def test_every_address_for_programs_is_described_and_no_other(room) -> None:
    served = {route.path.replace(":path", "") for route in _ROUTES if route.path.startswith("/api/")}
    assert served - {"/api/openapi.json"} == set(PATHS) == set(ASKED)
    assert room.get("/api/openapi.json").json() == description()


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_of_the_shape_that_is_described(room, path: str) -> None:
    shape = Draft202012Validator(SCHEMAS[PATHS[path][1]])
    for asked in ASKED[path]:
        answer = room.get(path.replace("{id}", "") + asked)
        assert answer.status_code == 200
        shape.validate(answer.json())


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_that_is_described_is_read(room, path: str) -> None:
    operation = description()["paths"][path]["get"]
    error = Draft202012Validator(SCHEMAS["Error"])
    for parameter in operation["parameters"]:
        schema = parameter["schema"].get("items", parameter["schema"])
        if parameter["in"] == "path" or "enum" not in schema and schema["type"] != "integer":
            continue
        for wrong in ("none", "-1"):
            answer = room.get(path.replace("{id}", "rain"), params={"q": "a", parameter["name"]: wrong})
            assert answer.status_code == 400
            error.validate(answer.json())
            assert parameter["name"] in answer.json()["error"]


def test_every_schema_is_one() -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", PATHS)
def test_the_least_and_the_most_that_is_described_is_answered(room, path: str) -> None:
    operation = description()["paths"][path]["get"]
    for parameter in operation["parameters"]:
        for bound in ("minimum", "maximum"):
            if bound in parameter["schema"]:
                asked = {"q": "باران", parameter["name"]: parameter["schema"][bound], "limit": 1} | {
                    parameter["name"]: parameter["schema"][bound]
                }
                assert room.get(path.replace("{id}", "rain"), params=asked).status_code == 200, (parameter, bound)
