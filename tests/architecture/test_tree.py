"""What may stand where in the tree, and how large a module may grow."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("netctl", "tests", "benchmarks")
LINES = 400


def tracked() -> list[Path]:
    """Every file of the project: what git tracks, or all that is here where this is no checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]
    return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_python_lives_in_the_code_folders_only():
    strangers = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] not in CODE
    ]
    assert strangers == []


@pytest.mark.parametrize("folder", ["inventory", "devices", "dns", "mail_relay", "lgwan", "templates"])
def test_a_declaring_folder_is_no_package(folder):
    """`dns/__init__.py` would shadow dnspython, whose import package is `dns`."""
    assert list((ROOT / folder).rglob("*.py")) == []


def test_no_module_is_larger_than_a_person_can_see_into():
    large = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "netctl").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES
    }
    assert large == {}


def test_no_module_is_named_after_nothing():
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [
        str(path) for path in (ROOT / "netctl").rglob("*") if path.stem in vague and path.suffix in ("", ".py")
    ] == []


def test_tracked_files_name_no_machine_and_no_registry():
    """A checkout's own folder and people's homes are no business of the tree, nor is where packages come from."""
    forbidden = re.compile(
        "|".join(
            [re.escape(str(ROOT)) + r"\b", r"/home/[a-z]\w*/", r"extra-index[-]url", r"find[-]links=", r"simple[/]"]
        )
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []
