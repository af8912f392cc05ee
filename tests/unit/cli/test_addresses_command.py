"""`netctl addresses`, as a person runs it."""

import csv
import io
import json

import pytest
from unit.cli.program import netctl
from unit.inventory.declared import copy_inventory


@pytest.fixture
def ask(tmp_path):
    root = copy_inventory(tmp_path / "wan")
    return lambda *words: netctl("addresses", *words, home=tmp_path / "home", cwd=root)


def test_who_says_site_lan_and_port(ask):
    done = ask("who", "3fff:100:1::2")
    assert done.returncode == 0, done.stderr
    assert "sites_v6/rivers-hq/lan0" in done.stdout
    assert "at rivers-hq-r1:lan0" in done.stdout
    (found,) = json.loads(ask("who", "3fff:0100:1:0::2", "--json").stdout)
    assert (found["address"], found["holder"]) == ("3fff:100:1::2", "sites_v6/rivers-hq/lan0")


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("who", "nonsense"), "E1101", 2),
        (("free", "nowhere"), "E1102", 2),
        (("allocate", "agencies"), "E1103", 2),
        (("allocate", "agencies/a/b/c/d"), "E1104", 2),
        (("release", "agencies/nobody"), "E1106", 5),
        (("release", "agencies/rivers"), "E1107", 5),
        (("import", "missing.csv"), "E1108", 5),
    ],
)
def test_bad_words_are_one_error_with_a_code_and_a_hint(ask, words, code, status):
    done = ask(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.count("error:") == 1
    assert f"NETCTL-{code}" in done.stderr
    assert "hint:" in done.stderr


def test_nobody_is_an_answer_with_a_status_of_its_own(ask):
    done = ask("who", "2001:db8::1")
    assert (done.returncode, done.stderr) == (2, "")
    assert ask("find", "no such text").returncode == 2


@pytest.mark.parametrize("words", [("tree",), ("find", "rivers"), ("utilisation",)])
def test_tables_are_csv_and_json_too(ask, words):
    rows = list(csv.DictReader(io.StringIO(ask(*words, "--csv").stdout)))
    told = json.loads(ask(*words, "--json").stdout)
    assert [row["key"] for row in rows] == [each["key"] for each in told] != []
    assert {"prefix", "vrf", "level", "used", "where"} <= rows[0].keys()


def test_an_allocation_is_shown_first_and_written_when_asked(ask):
    shown = ask("allocate", "guests/records-hq")
    assert shown.returncode == 3, shown.stderr
    assert "+ guests/records-hq" in shown.stdout
    assert "say --write" in shown.stdout
    written = ask("allocate", "guests/records-hq", "--write")
    assert (written.returncode, "1 line of the ledger written" in written.stdout) == (0, True)
    again = json.loads(ask("allocate", "guests/records-hq", "--json").stdout)
    assert again == {
        "allocated": {"guests/records-hq": "198.51.100.48/28"},
        "lines": [],
        "differs": False,
        "written": False,
    }


def test_an_export_is_imported_without_a_difference(ask, tmp_path):
    (tmp_path / "out.csv").write_text(ask("export").stdout)
    done = ask("import", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, "nothing changes\n")


def test_free_blocks_and_what_comes_next(ask):
    told = json.loads(ask("free", "guests", "--length", "28", "--json").stdout)
    assert (told["next"], told["fits"]) == ("198.51.100.48/28", 13)
    assert "13 of /28 fit in guests" in ask("free", "guests", "--length", "28").stdout
