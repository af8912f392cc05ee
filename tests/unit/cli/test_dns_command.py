"""`netctl dns zones | records | lint` as a person runs them, on the reference network and on broken ones."""

import csv
import io
import json
from pathlib import Path

import pytest

from unit.cli.program import netctl

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def wan(tmp_path, home):
    """A copy of the reference network that a test may break."""
    assert netctl("init", "wan", "--example", "reference", home=home, cwd=tmp_path).returncode == 0
    return tmp_path / "wan"


def answered(*words, home, cwd=ROOT):
    done = netctl("dns", *words, home=home, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_zones_are_listed_with_whose_they_are_and_what_they_hold(home):
    zones = json.loads(answered("zones", "--json", home=home))
    found = {(zone["zone"], zone["view"]): zone for zone in zones}
    rivers = found["rivers.gov-wan.example.", "internal"]
    assert (rivers["organisation"], rivers["kind"], rivers["errors"]) == ("rivers", "forward", 0)
    assert rivers["records"] > 10
    assert found["gov-wan.example.", "lgwan"]["records"] < found["gov-wan.example.", "internal"]["records"]
    table = answered("zones", home=home)
    assert "16/28.2.0.192.in-addr.arpa." in table


def test_zones_as_csv_have_a_line_each(home):
    rows = list(csv.DictReader(io.StringIO(answered("zones", "--csv", home=home))))
    assert {row["organisation"] for row in rows} == {"-", "rivers", "harbours", "forests"}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("rivers.gov-wan.example", "--type", "MX"), {"rivers.gov-wan.example."}),
        (("192.0.2.16/28", "--name", "17"), {"17.16/28.2.0.192.in-addr.arpa."}),
        (("--name", "berth-0?.*", "--type", "TXT"), {"berth-01.harbours.gov-wan.example."}),
        (("--view", "lgwan", "--type", "cname"), {"form.gov-wan.example."}),
        (("--origin", "dns/bulk/", "--type", "TXT"), {"berth-01.harbours.gov-wan.example."}),
        (("--origin", "derived from setting", "--name", "syslog.main"), {"syslog.main.gov-wan.example."}),
        (("gov-wan.example.", "--name", "nobody"), set()),
    ],
)
def test_records_are_found_by_zone_name_type_view_and_origin(home, words, names):
    assert {record["name"] for record in json.loads(answered("records", *words, "--json", home=home))} == names


def test_a_record_says_where_it_comes_from(home):
    (row,) = csv.DictReader(io.StringIO(answered("records", "--name", "phone", "--type", "AAAA", "--csv", home=home)))
    assert row["origin"] == "dns/zones/rivers.gov-wan.example.yaml:14"
    assert (row["data"], row["ttl"]) == ("3fff:100:1::5060", "3600")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("records", "river.gov-wan.example"), "did you mean 'rivers.gov-wan.example'?"),
        (("records", "--view", "internel"), "did you mean 'internal'?"),
        (("records", "--type", "AAA"), "types are written as AAAA"),
        (("records", "a..b"), "no zone"),
        (("lint", "nowhere.example"), "no zone is named"),
    ],
)
def test_a_word_that_names_nothing_is_told_with_what_was_meant(home, words, hint):
    done = netctl("dns", *words, home=home, cwd=ROOT)
    assert done.returncode == 2
    assert hint in done.stderr.replace("is no zone", "no zone")


def test_lint_of_a_sound_network_is_status_0(home):
    assert answered("lint", home=home).splitlines()[-1] == "nothing is wrong; 1 waived"
    assert json.loads(answered("lint", "--json", home=home))["usable"] is True


def test_lint_names_rule_place_and_name_and_is_status_4(wan, home):
    zone = wan / "dns/zones/rivers.gov-wan.example.yaml"
    zone.write_text(zone.read_text() + "  old: {CNAME: gone}\n  x_y: {AAAA: 3fff:100:1::9}\n")
    line = len(zone.read_text().splitlines()) - 1
    done = netctl("dns", "lint", "rivers.gov-wan.example", home=home, cwd=wan)
    assert done.returncode == 4
    start = f"error: DNS-CNAME-NOWHERE: dns/zones/rivers.gov-wan.example.yaml:{line}: old.rivers.gov-wan.example."
    assert done.stdout.splitlines()[0].startswith(start)
    assert done.stdout.splitlines()[-1] == "1 error, 1 warning"
    only = netctl("dns", "lint", "--severity", "error", "--csv", home=home, cwd=wan)
    assert only.returncode == 4
    assert [row["rule"] for row in csv.DictReader(io.StringIO(only.stdout))] == ["DNS-CNAME-NOWHERE"]
    other = netctl("dns", "lint", "forests.gov-wan.example", home=home, cwd=wan)
    assert other.returncode == 0


def test_validate_tells_a_broken_rule_with_its_place(wan, home):
    zone = wan / "dns/zones/rivers.gov-wan.example.yaml"
    zone.write_text(zone.read_text() + "  old: {CNAME: gone}\n")
    done = netctl("validate", "--json", home=home, cwd=wan)
    assert done.returncode == 4
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["line"]) == ("NETCTL-E1019", len(zone.read_text().splitlines()))
    assert finding["message"].startswith("DNS-CNAME-NOWHERE: old.rivers.gov-wan.example. (internal)")


def test_validate_tells_what_is_wrong_with_the_files_of_names(wan, home):
    (wan / "dns/zones/new.yaml").write_text("zone: x.rivers.gov-wan.example\norganisation: forests\n")
    done = netctl("validate", home=home, cwd=wan)
    assert done.returncode == 4
    assert "NETCTL-E1003: dns/zones/new.yaml:1:1" in done.stdout
    zones = netctl("dns", "zones", home=home, cwd=wan)
    assert zones.returncode == 4
    assert "NETCTL-E1003" in zones.stderr


def test_a_network_without_names_is_valid_and_says_so_when_asked_for_them(tmp_path, home):
    assert netctl("init", "wan", home=home, cwd=tmp_path).returncode == 0
    assert netctl("validate", home=home, cwd=tmp_path / "wan").returncode == 0
    done = netctl("dns", "zones", home=home, cwd=tmp_path / "wan")
    assert done.returncode == 4
    assert "NETCTL-E1000" in done.stderr
    assert "hint: declare servers, a policy and zones in dns/" in done.stderr


def test_records_are_columns_for_people(home):
    heading, *lines = answered("records", "--view", "lgwan", "--type", "AAAA", home=home).splitlines()
    assert heading.split() == ["name", "ttl", "type", "data", "view", "origin"]
    assert lines[0].split() == [
        "exchange.gov-wan.example.",
        "3600",
        "AAAA",
        "3fff:200:1::700",
        "lgwan",
        "dns/zones/gov-wan.example.yaml:32",
    ]
    assert {line.index("3600") for line in lines} == {heading.index("ttl")}
