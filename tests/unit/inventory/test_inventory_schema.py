"""The published schemas: what the code says, accepting what the code accepts."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from netctl.control.network.schema import schemas as chosen
from netctl.control.network.schema import write_schemas
from netctl.errors import UsageError
from netctl.inventory import reference_root
from netctl.inventory.schema import FOLDER, KINDS, schemas, text
from netctl.inventory.yamlreader import parse
from netctl.services.dns.schema import KINDS as DNS_KINDS

INVENTORY = reference_root() / "inventory"
FILES = sorted(path for path in INVENTORY.rglob("*.yaml"))


def schema_of(path):
    """The schema a file names in its first line."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    return (path.parent / first.partition("=")[2]).resolve()


def data_of(path):
    return parse(path.read_text(encoding="utf-8"), str(path))


@pytest.mark.parametrize("name", KINDS)
def test_the_shipped_schema_is_the_code_s(name):
    assert (reference_root() / FOLDER / f"{name}.json").read_text(encoding="utf-8") == text(schemas()[name])


@pytest.mark.parametrize("name", KINDS)
def test_a_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_reference_file_names_a_schema_that_accepts_it(path):
    schema = json.loads(schema_of(path).read_text(encoding="utf-8"))
    jsonschema.validate(data_of(path), schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_any_yaml_reader_sees_what_ours_sees(path):
    """The reference files mean the same by YAML 1.1, so that people's other tools agree."""
    assert data_of(path) == yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": "one"},
        {"region": "East!"},
        {"region": "east\n"},
        {"routers": ["r1"]},
        {"routers": ["r1", {"platform": "frr"}]},
        {"lines": []},
        {"regoin": "east"},
        {"settings": {"mtu": 1}},
        {"name": "two\nlines"},
    ],
)
def test_a_broken_site_is_refused_by_its_schema(change):
    site = data_of(INVENTORY / "sites/rivers-hq.yaml") | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(site, schemas()["site"], cls=jsonschema.Draft202012Validator)


def test_every_schema_explains_itself():
    for name, schema in schemas().items():
        assert schema["title"].startswith("inventory/"), name
        for kind, shape in schema.get("$defs", {}).items():
            assert shape["description"], kind


def test_one_schema_or_all_can_be_asked_for():
    assert chosen()["site"] == chosen("site")
    with pytest.raises(UsageError, match="no schema is named 'sites'"):
        chosen("sites")


def test_schemas_can_be_written_to_any_folder(tmp_path):
    written = write_schemas(tmp_path / "new" / "folder")
    assert [path.name for path in written] == [f"{name}.json" for name in (*KINDS, *DNS_KINDS)]
    assert all(isinstance(path, Path) and json.loads(path.read_text(encoding="utf-8")) for path in written)
