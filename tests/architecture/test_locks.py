"""The lock files pin everything with hashes, name no address, and cover what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", lock.read_text(), flags=re.MULTILINE))


def wanted(extra: str = "") -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    return {re.split(r"[\[<>=~!]", line)[0].lower() for line in lines}


def test_there_are_four_locks():
    assert [lock.stem for lock in LOCKS] == ["bench", "build", "runtime", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock):
    line = re.compile(r"#.*|[a-z0-9-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [text for text in lock.read_text().splitlines() if not line.fullmatch(text)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_address(lock):
    assert re.search(r"://|^-|file:", lock.read_text(), flags=re.MULTILINE) is None


@pytest.mark.parametrize(("name", "extra"), [("runtime", ""), ("test", "test"), ("bench", "bench")])
def test_a_lock_pins_every_dependency_of_the_project(name, extra):
    assert wanted(extra) - set(pinned(ROOT / "requirements" / f"{name}.lock")) == set()


@pytest.mark.parametrize("name", ["test", "bench"])
def test_what_runs_in_production_is_what_is_tested(name):
    runtime = pinned(ROOT / "requirements" / "runtime.lock")
    assert runtime.items() <= pinned(ROOT / "requirements" / f"{name}.lock").items()
