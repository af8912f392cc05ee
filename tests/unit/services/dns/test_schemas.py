"""The published schemas of `dns/` are the code's, and accept what the code accepts."""

import json

import jsonschema
import pytest
import yaml

from netctl.control.network.schema import schemas as chosen
from netctl.inventory import reference_root
from netctl.inventory.schema import FOLDER, text
from netctl.inventory.yamlreader import parse
from netctl.services.dns.schema import KINDS, schemas

DNS = reference_root() / "dns"
FILES = sorted(DNS.rglob("*.yaml"))


@pytest.mark.parametrize("name", KINDS)
def test_the_shipped_schema_is_the_code_s(name):
    assert (reference_root() / FOLDER / f"{name}.json").read_text(encoding="utf-8") == text(schemas()[name])
    jsonschema.Draft202012Validator.check_schema(schemas()[name])
    assert chosen(name) == schemas()[name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_reference_file_names_a_schema_that_accepts_it_and_means_the_same_to_any_yaml_reader(path):
    content = path.read_text(encoding="utf-8")
    named = content.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / named).resolve().read_text(encoding="utf-8"))
    data = parse(content, path.name)
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    assert json.loads(json.dumps(yaml.safe_load(content), default=str)) == data


@pytest.mark.parametrize(
    "zone",
    [
        {"zone": "a.example", "record": {}},
        {"zone": "a.example", "ttl": -1},
        {"zone": "a.example", "records": {"www": {"A": {"value": "192.0.2.1"}}}},
        {"zone": "a.example", "records": {"www": {"TXT": 5}}},
        {"zone": "a.example", "file": "../x.zone"},
    ],
)
def test_a_broken_zone_is_refused_by_its_schema(zone):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(zone, schemas()["dns-zone"], cls=jsonschema.Draft202012Validator)


def test_every_schema_explains_itself():
    for name, schema in schemas().items():
        assert schema["title"].startswith("dns/"), name
        for kind, shape in schema.get("$defs", {}).items():
            assert shape["description"], kind
