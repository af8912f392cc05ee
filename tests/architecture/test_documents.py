"""The reference pages say what the code does, and every code and setting has its words."""

from dataclasses import fields
from pathlib import Path

import pytest

from netctl.cli import reference
from netctl.cli.root import COMMANDS
from netctl.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["cli.md", "errors.md", "settings.md"])
def test_a_reference_page_is_what_the_code_writes(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == reference.pages()[name], "run `make docs`"


def test_every_command_is_on_the_page_of_commands():
    page = reference.pages()["cli.md"]
    assert [name for name in COMMANDS if f"## `netctl {name}`" not in page] == []


def test_every_error_code_belongs_to_one_fact():
    codes = [kind.code for kind in reference.error_classes()]
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []


def test_every_error_class_has_its_own_code():
    silent = [kind.__name__ for kind in reference.error_classes() if "code" not in vars(kind)]
    assert silent == []


def test_every_error_class_says_what_holds():
    assert [kind.__name__ for kind in reference.error_classes() if not (kind.__doc__ or "").strip()] == []


def test_every_error_has_an_exit_status_that_is_documented():
    documented = {status for status, _ in reference.EXIT_STATUSES}
    assert {kind.exit_status for kind in reference.error_classes()} <= documented


def test_every_setting_is_explained():
    page = reference.pages()["settings.md"]
    silent = [
        entry.name
        for entry in fields(Settings)
        if entry.name not in ("home", "lab", "extra") and f"| `{entry.name}` |" not in page
    ]
    assert silent == []
    assert "|  |" not in page, "a setting of netctl/settings.py has no comment"
