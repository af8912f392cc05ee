"""The OpenAPI document: what is kept in docs is what the code gives, and it is a valid one."""

from __future__ import annotations

import json

import jsonschema
import pytest
from networks import ROOT

from netctl.web.api.operations import OPERATIONS, description, page
from netctl.web.routes import every_route

DIALECT = jsonschema.Draft202012Validator


def test_the_copy_in_docs_is_what_the_code_gives() -> None:
    assert (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_the_document_is_served_as_it_is_to_everybody(installation) -> None:
    answer = installation.browser().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json == json.loads(page())


@pytest.mark.parametrize("name", sorted(description()["components"]["schemas"]))
def test_every_schema_is_one(name: str) -> None:
    DIALECT.check_schema(description()["components"]["schemas"][name])


def test_every_reference_leads_somewhere() -> None:
    schemas = description()["components"]["schemas"]
    text = page()
    found = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert found - schemas.keys() == set()
    assert schemas.keys() - found == set(), "a schema nobody refers to"


def test_every_operation_has_a_name_of_its_own_and_needs_a_step(installation) -> None:
    names = [each.name for each in OPERATIONS]
    assert len(names) == len(set(names))
    routes = every_route(installation.app)
    assert {each.name: routes[f"api.{each.name}"] for each in OPERATIONS} == {
        each.name: each.step for each in OPERATIONS
    }


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_for_people_lists_every_operation(installation, lang) -> None:
    html = installation.browser("viewer", lang=lang).get("/api").text
    assert [each.name for each in OPERATIONS if f'id="{each.name}"' not in html] == []
