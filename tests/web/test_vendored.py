"""What was not written here is what its makers published, with its licence; and pages need nothing from elsewhere."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "netctl" / "web" / "static"
VENDOR = STATIC / "vendor"
FOLDERS = (VENDOR, Path(__file__).parent / "vendor")


def listed(folder: Path) -> list[dict[str, str]]:
    return tomllib.loads((folder / "VENDOR.toml").read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize(
    ("folder", "file"),
    [(folder, file) for folder in FOLDERS for file in listed(folder)],
    ids=lambda each: each["name"] if isinstance(each, dict) else "",
)
def test_a_vendored_file_and_its_licence_are_as_listed(folder, file):
    for name, digest in ((file["name"], file["sha256"]), (file["licence_file"], file["licence_sha256"])):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert file["package"] and file["licence"] and re.fullmatch(r"\d+\.\d+\.\d+", file["version"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_file_in_the_folder_is_listed(folder):
    names = {name for file in listed(folder) for name in (file["name"], file["licence_file"])}
    assert {path.name for path in folder.iterdir()} == names | {"VENDOR.toml"}


def test_styles_and_scripts_of_ours_load_nothing_from_elsewhere():
    found = [
        f"{path.name}: {match}"
        for path in STATIC.iterdir()
        if path.suffix in {".css", ".js", ".svg"}
        for match in re.findall(r"(?:@import|url\(|https?://)[^\s)\"']*", path.read_text(encoding="utf-8"))
        if not match.startswith("http://www.w3.org/")
    ]
    assert found == []


def test_styles_name_no_colour_token_outside_the_layer_of_meaning():
    """Both themes stay whole only where pages use the names that have a light and a dark value."""
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(STATIC.glob("*.css"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"var\(--color-", line) and not re.match(r"\s*--[a-z-]+: light-dark\(", line)
    ]
    assert found == []
