"""Host keys: proposed as a patch that `patch` takes, written only by the lab."""

import subprocess

import pytest

from netctl.errors import InvalidNetwork
from netctl.inventory import check, hostkeys_patch, load, write_hostkeys
from netctl.inventory import reference_root

FILE = "inventory/hostkeys.yaml"
KEY, OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB"


@pytest.fixture
def commented(root):
    """A key file with the comments of the reference network's."""
    text = (reference_root() / FILE).read_text(encoding="utf-8")
    head = [line for line in text.splitlines(keepends=True) if line.startswith("#") or not line.strip()]
    (root / FILE).write_text("".join(head) + "{}\n", encoding="utf-8")
    return root


def test_a_patch_applied_is_the_keys_known(commented):
    patch = hostkeys_patch(commented, {"rivers-hq-r1": [KEY], "core-main-1": [KEY, OTHER]})
    assert load(commented).devices["rivers-hq-r1"].host_keys == ()
    subprocess.run(["patch", "-p1"], cwd=commented, input=patch, text=True, check=True, capture_output=True)
    devices = load(commented).devices
    assert devices["rivers-hq-r1"].host_keys == (KEY,)
    assert devices["core-main-1"].host_keys == (KEY, OTHER)
    assert (commented / FILE).read_text(encoding="utf-8").startswith("# yaml-language-server")


def test_a_patch_shows_only_what_differs(commented):
    write_hostkeys(commented, {"rivers-hq-r1": [KEY], "rivers-hq-r2": [KEY]})
    patch = hostkeys_patch(commented, {"rivers-hq-r2": [OTHER]})
    changed = [line for line in patch.splitlines() if line[0] in "+-" and not line.startswith(("+++", "---"))]
    assert changed == [f"-  - {KEY}", f"+  - {OTHER}"]


def test_known_keys_give_no_patch(commented):
    write_hostkeys(commented, {"rivers-hq-r1": [KEY]})
    assert hostkeys_patch(commented, {"rivers-hq-r1": [KEY]}) == ""
    assert hostkeys_patch(commented, {}) == ""


def test_a_patch_changes_no_file(commented):
    before = (commented / FILE).read_bytes()
    hostkeys_patch(commented, {"rivers-hq-r1": [KEY]})
    assert (commented / FILE).read_bytes() == before


def test_written_keys_are_loaded_and_others_stay(commented):
    write_hostkeys(commented, {"rivers-hq-r1": [KEY]})
    write_hostkeys(commented, {"rivers-hq-r2": [OTHER]})
    devices = load(commented).devices
    assert (devices["rivers-hq-r1"].host_keys, devices["rivers-hq-r2"].host_keys) == ((KEY,), (OTHER,))
    assert check(commented) == ()
    assert [path.name for path in (commented / "inventory").iterdir() if path.name.startswith(".host")] == []


def test_a_device_without_keys_is_removed_from_the_file(commented):
    write_hostkeys(commented, {"rivers-hq-r1": [KEY]})
    write_hostkeys(commented, {"rivers-hq-r1": []})
    assert "rivers-hq-r1" not in (commented / FILE).read_text(encoding="utf-8")
    assert check(commented) == ()


@pytest.mark.parametrize("content", [b"a: [", b"\xff", b"- just\n- a list\n", b"rivers-hq-r1: 7\n"])
def test_a_key_file_that_cannot_be_read_is_not_written_over(root, content):
    (root / FILE).write_bytes(content)
    for act in (hostkeys_patch, write_hostkeys):
        with pytest.raises(InvalidNetwork):
            act(root, {"rivers-hq-r1": [KEY]})
    assert (root / FILE).read_bytes() == content
