"""What was not written here is what its makers published, with its licence; and pages need nothing from elsewhere."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "netctl" / "web" / "static"
VENDOR = STATIC / "vendor"
FILES = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["file"]


def digest(name: str) -> str:
    return hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["name"])
def test_a_vendored_file_and_its_licence_are_as_listed(file):
    assert digest(file["name"]) == file["sha256"]
    assert digest(file["licence_file"]) == file["licence_sha256"]
    assert file["package"] and file["licence"] and re.fullmatch(r"\d+\.\d+\.\d+", file["version"])


def test_every_file_in_the_folder_is_listed():
    listed = {"VENDOR.toml", *(file["name"] for file in FILES), *(file["licence_file"] for file in FILES)}
    assert {path.name for path in VENDOR.iterdir()} == listed


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
