"""The wheel is whole: it carries the reference network, shadows nobody, and works from where it is unpacked."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("netctl-*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def installed(unpacked: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess:
    environ = os.environ | {"PYTHONPATH": str(unpacked), "NETCTL_HOME": str(cwd / "home")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "netctl", *words],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_of_the_wheel_lands_beside_the_package(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"netctl"}


def test_every_tracked_file_of_the_reference_network_is_in_the_wheel(wheel):
    folders = ("inventory", "devices", "dns", "mail_relay", "lgwan", "templates")
    done = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout, so nobody knows what is tracked")
    tracked = {name for name in done.stdout.split("\0") if name}
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in tracked if f"netctl/reference/{name}" not in inside} == set()


def test_an_installed_netctl_makes_the_reference_network_and_finds_it_valid(unpacked, tmp_path):
    made = installed(unpacked, "init", "wan", "--example", "reference", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    done = installed(unpacked, "validate", cwd=tmp_path / "wan")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("gov-wan: valid")
