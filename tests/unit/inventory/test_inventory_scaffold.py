"""New networks are complete, and nothing that exists is ever written over."""

import errno
from pathlib import Path

import pytest

from netctl.control.network.scaffold import scaffold
from netctl.control.network.schema import write_schemas
from netctl.control.network.validate import validate
from netctl.errors import FolderNotEmpty, NetworkNotWritten, NoNetwork, UsageError
from netctl.inventory import find_root, load, reference_root, write_hostkeys
from netctl.inventory.roots import FOLDERS
from netctl.services import routing


@pytest.mark.parametrize("example", ["minimal", "reference"])
def test_a_new_network_is_valid_and_can_be_derived(tmp_path, example):
    root = scaffold(tmp_path / "wan", example)
    report = validate(root)
    assert report.valid, report.findings
    network = load(root)
    assert routing.derive(network).keys() == network.devices.keys()


def test_the_minimal_network_is_as_small_as_redundancy_allows(tmp_path):
    network = load(scaffold(tmp_path / "wan"))
    assert (len(network.centres), len(network.sites), len(network.organisations), len(network.devices)) == (2, 1, 1, 8)
    assert {device.platform for device in network.devices.values()} == {"frr"}


def test_the_minimal_network_declares_no_names_but_has_the_schemas_for_them(tmp_path):
    root = scaffold(tmp_path / "wan")
    assert [path.name for path in (root / "dns").rglob("*")] == ["README.md"]
    assert {path.name for path in (root / "inventory/.schema").glob("dns-*")} == {
        "dns-servers.json", "dns-views.json", "dns-policy.json", "dns-zone.json", "dns-hostkeys.json"
    }  # fmt: skip


def test_the_reference_network_is_copied_whole(tmp_path):
    root = scaffold(tmp_path / "wan", "reference")
    for folder in FOLDERS:
        for path in (reference_root() / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (root / path.relative_to(reference_root())).read_bytes() == path.read_bytes()


def test_an_empty_folder_is_filled(tmp_path):
    assert validate(scaffold(tmp_path)).valid


@pytest.mark.parametrize("example", ["minimal", "reference"])
def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path, example):
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(FolderNotEmpty, match="nothing was written"):
        scaffold(tmp_path, example)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_file_in_the_way_is_left_as_it_is(tmp_path):
    (tmp_path / "wan").write_text("precious")
    with pytest.raises(FolderNotEmpty):
        scaffold(tmp_path / "wan")
    assert (tmp_path / "wan").read_text() == "precious"


@pytest.mark.parametrize("example", ["minimal", "reference"])
def test_a_folder_that_cannot_be_made_is_an_error_with_its_reason(tmp_path, example):
    (tmp_path / "file").write_text("")
    with pytest.raises(NetworkNotWritten, match="Not a directory"):
        scaffold(tmp_path / "file" / "wan", example)


def full(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_without_room_leaves_nothing_of_a_new_network(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(NetworkNotWritten, match="No space left on device"):
        scaffold(tmp_path / "wan")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "act", [write_schemas, lambda root: write_hostkeys(root, {"core-main-1": ["ssh-ed25519 AAAA"]})]
)
def test_a_disk_without_room_leaves_a_network_as_it_was(tmp_path, monkeypatch, act):
    root = scaffold(tmp_path / "wan")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(NetworkNotWritten, match="No space left on device"):
        act(root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_link_to_nowhere_is_not_written_through(tmp_path):
    (tmp_path / "wan").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FolderNotEmpty):
        scaffold(tmp_path / "wan")


def test_an_unknown_example_is_named(tmp_path):
    with pytest.raises(UsageError, match="no example is named 'huge'"):
        scaffold(tmp_path / "wan", "huge")
    assert not (tmp_path / "wan").exists()


def test_the_network_is_the_one_asked_for_then_the_environment_s_then_the_nearest_parent(tmp_path):
    for name in ("asked", "environment", "parent"):
        scaffold(tmp_path / name)
    below = tmp_path / "parent" / "inventory" / "sites"
    environ = {"NETCTL_NETWORK": str(tmp_path / "environment")}
    assert find_root(str(tmp_path / "asked"), environ, below) == tmp_path / "asked"
    assert find_root(None, environ, below) == tmp_path / "environment"
    assert find_root(None, {}, below) == tmp_path / "parent"
    assert find_root("asked", {}, tmp_path) == tmp_path / "asked"


@pytest.mark.parametrize("argument", [None, "nowhere"])
def test_no_network_is_an_error_that_says_what_to_do(tmp_path, argument):
    with pytest.raises(NoNetwork) as caught:
        find_root(argument, {}, tmp_path)
    assert "netctl init" in caught.value.hint
