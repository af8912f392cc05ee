"""`netctl documents` writes a change's papers to files."""

import json

import papers
import pytest
from networks import ROOT

from netctl.settings import Settings
from netctl.store import Store
from unit.cli.program import netctl


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An installation with one change that was pushed; anybody may act as anybody."""
    home = tmp_path_factory.mktemp("home")
    (home / "settings.toml").write_text("allow_as = true\n")
    with Store.open(Settings(home=home).database_url, create=True, clock=papers.Ticking()) as store:
        papers.pushed(papers.peopled(store), "rivers-hq-r1")
    return home


def documents(home, folder, *words):
    return netctl("--network", ROOT, "--as", "fumi", "documents", *words, home=home, cwd=folder)


def test_a_pdf_is_written_beside_the_caller_and_its_name_is_told(home, tmp_path):
    done = documents(home, tmp_path, "C-000001")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("C-000001-plan.pdf: ")
    assert (tmp_path / "C-000001-plan.pdf").read_bytes().startswith(b"%PDF-")


def test_a_name_that_ends_so_gives_html_and_json_tells_what_was_written(home, tmp_path):
    out = tmp_path / "report.html"
    done = documents(home, tmp_path, "1", "--kind", "report", "--lang", "en", "--out", out)
    assert "Report of results" in out.read_text(encoding="utf-8")
    assert "The log is proven whole" in out.read_text(encoding="utf-8")
    assert done.returncode == 0
    told = netctl(
        "--network", ROOT, "--as", "fumi", "--json", "documents", "C-1", "--out", out, home=home, cwd=tmp_path
    )
    assert json.loads(told.stdout)["bytes"] == out.stat().st_size


def test_a_change_that_is_not_there_is_told(home, tmp_path):
    done = documents(home, tmp_path, "C-000009")
    assert (done.returncode, done.stdout) == (5, "")
    assert "NETCTL-E0410" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(home, tmp_path):
    done = documents(home, tmp_path, "C-000001", "--out", tmp_path / "none" / "plan.html")
    assert done.returncode == 9
    assert "NETCTL-E0972" in done.stderr
