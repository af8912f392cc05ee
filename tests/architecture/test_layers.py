"""Imports go down only, and each outside library has one room."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "netctl"

ROOMS = {
    "click": ("cli",),
    "rich": ("cli",),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "dbos": ("push",),
    "ncclient": ("devices",),
    "netmiko": ("devices",),
    "napalm": ("devices",),
    "paramiko": ("devices",),
    "textfsm": ("devices",),
    "ntc_templates": ("devices",),
    "jinja2": ("render", "web"),
    "flask": ("web",),
    "werkzeug": ("web",),
    "fluent": ("words", "web", "documents"),
    "gunicorn": ("web",),
    "authlib": ("web",),
    "joserfc": ("web",),
    "weasyprint": ("documents",),
    "dns": ("zones", "services/dns", "devices/nameserver"),
}


@cache
def imports_of(path: Path) -> set[str]:
    """Every module a file imports, at any depth of its code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_imports_go_down_only():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", sorted(ROOMS))
def test_a_library_is_imported_in_its_room_only(library):
    rooms = [PACKAGE / room for room in ROOMS[library]]
    outside = [
        str(path.relative_to(ROOT))
        for path in modules()
        if not any(path.is_relative_to(room) for room in rooms)
        and any(name == library or name.startswith(library + ".") for name in imports_of(path))
    ]
    assert outside == []


def test_the_command_line_asks_control_for_everything():
    allowed = (
        "netctl.cli",
        "netctl.control",
        "netctl.errors",
        "netctl.settings",
        "netctl.model",
        "netctl.web.serve",
        "netctl.__version__",
    )
    strangers = {
        f"{path.name}: {name}"
        for path in sorted((PACKAGE / "cli").glob("*.py"))
        for name in imports_of(path)
        if name.startswith("netctl.") and not name.startswith(allowed)
    }
    assert strangers == set()


def test_the_pages_ask_control_for_everything():
    allowed = (
        "netctl.web",
        "netctl.control",
        "netctl.errors",
        "netctl.settings",
        "netctl.model",
        "netctl.words",
        "netctl.__version__",
    )
    strangers = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in sorted((PACKAGE / "web").rglob("*.py"))
        for name in imports_of(path)
        if name.startswith("netctl.") and not name.startswith(allowed)
    }
    assert strangers == set()


def test_the_nouns_need_the_standard_library_only():
    strangers = {
        f"{path.name}: {name}"
        for path in sorted((PACKAGE / "model").glob("*.py"))
        for name in imports_of(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(("netctl.model", "netctl.errors"))
    }
    assert strangers == set()
