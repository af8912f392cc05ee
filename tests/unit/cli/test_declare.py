"""validate, schema and init, as a person runs them."""

import json
from pathlib import Path

import pytest

from unit.cli.program import netctl

ROOT = Path(__file__).resolve().parents[3]


def test_the_reference_network_is_valid_from_anywhere_inside_it(tmp_path):
    done = netctl("validate", home=tmp_path, cwd=ROOT / "inventory" / "sites")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("gov-wan: valid")


def test_the_report_as_json_says_valid_and_counts(tmp_path):
    report = json.loads(netctl("validate", "--json", home=tmp_path, cwd=ROOT).stdout)
    assert report["valid"] is True
    assert report["counts"]["sites"] == 7


@pytest.mark.parametrize("example", ["minimal", "reference"])
def test_a_network_made_by_init_is_valid(tmp_path, example):
    made = netctl("init", "wan", "--example", example, home=tmp_path, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    done = netctl("validate", home=tmp_path, cwd=tmp_path / "wan")
    assert done.returncode == 0, done.stdout + done.stderr


def test_init_never_writes_into_a_folder_that_holds_something(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    done = netctl("init", tmp_path, home=tmp_path)
    assert done.returncode != 0
    assert "error: NETCTL-E" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_findings_come_with_file_line_code_and_hint_and_exit_status_4(tmp_path):
    netctl("init", "wan", home=tmp_path, cwd=tmp_path)
    (site,) = (tmp_path / "wan" / "inventory" / "sites").glob("*.yaml")
    site.write_text(site.read_text() + "colour: blue\n")
    done = netctl("validate", home=tmp_path, cwd=tmp_path / "wan")
    assert done.returncode == 4
    line = len(site.read_text().splitlines())
    assert f"NETCTL-E0107: inventory/sites/{site.name}:{line}:" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 error in 1 file"


def test_a_schema_is_printed_by_name(tmp_path):
    done = netctl("schema", "site", home=tmp_path)
    assert "properties" in json.dumps(json.loads(done.stdout))


def test_an_unknown_schema_lists_those_there_are(tmp_path):
    done = netctl("schema", "siet", home=tmp_path)
    assert done.returncode == 2
    assert "site" in done.stderr
