"""The report: what people read and what programs read."""

import json

import pytest

from netctl.control.network.validate import validate
from netctl.inventory.scaffold import scaffold
from unit.inventory.declared import SITE, edit


@pytest.fixture
def wan(tmp_path):
    scaffold(tmp_path / "wan", "reference")
    return tmp_path / "wan"


def test_a_valid_network_is_counted(wan):
    report = validate(wan)
    assert report.valid
    assert report.summary == (
        "gov-wan: valid; 5 organisations, 7 sites, 20 routers, 14 access lines, 8 backbone links, 15 zones"
    )


def test_an_invalid_network_says_how_much_is_wrong_in_how_many_files(wan):
    edit(wan, SITE, "number: 1", "number: one")
    edit(wan, SITE, "region: east", "regoin: east")
    edit(wan, "inventory/network.yaml", "asn: 64500", "asn: 0")
    report = validate(wan)
    assert not report.valid
    assert report.summary == "4 errors in 2 files"


def test_the_report_is_json(wan):
    edit(wan, SITE, "number: 1", "number: one")
    told = json.loads(json.dumps(validate(wan).as_dict()))
    assert told["valid"] is False
    assert told["findings"] == [
        {
            "code": "NETCTL-E0109",
            "file": SITE,
            "line": 2,
            "column": 1,
            "value": "one",
            "message": "number must be a number, not text 'one'",
            "hint": "",
        }
    ]


@pytest.mark.parametrize("content", ["", "title: [", "title: 7\n", "port: no number\n"])
def test_a_platform_in_use_that_cannot_be_used_is_a_finding(wan, content):
    (wan / "devices/frr/platform.yaml").write_text(content)
    report = validate(wan)
    assert [finding.file for finding in report.findings] == ["devices/frr/platform.yaml"]


def test_a_platform_that_nobody_uses_may_be_anything(wan):
    (wan / "devices/cisco_ios/platform.yaml").write_text("title: [")
    assert validate(wan).valid


def test_a_cache_gives_the_same_report(wan, tmp_path):
    assert validate(wan, cache=tmp_path / "cache") == validate(wan, cache=tmp_path / "cache") == validate(wan)
