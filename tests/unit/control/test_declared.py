"""The declared network held in memory follows its files, and outlives errors in them."""

import shutil
import threading
from pathlib import Path

import pytest

from netctl import inventory
from netctl.control.network.declared import Declared
from netctl.errors import InvalidNetwork, NetworkNotRead
from netctl.settings import Settings
from networks import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("inventory", "devices"):
        shutil.copytree(ROOT / name, tmp_path / "net" / name)
    return tmp_path / "net"


@pytest.fixture
def reads(monkeypatch):
    """Released once a reading has ended."""
    ended = threading.Semaphore(0)
    load = inventory.load

    def told(root: Path, *, cache: Path):
        try:
            return load(root, cache=cache)
        finally:
            ended.release()

    monkeypatch.setattr(inventory, "load", told)
    return ended


@pytest.fixture
def declared(folder: Path, tmp_path: Path):
    made = Declared(folder, Settings(home=tmp_path / "home"), every=0.01)
    yield made
    made.close()


def test_the_network_is_read_once_and_held(declared: Declared, folder: Path):
    assert declared.network() is declared.network()
    assert declared.network().digest == inventory.load(folder).digest


def test_a_change_of_a_file_is_followed(declared: Declared, folder: Path, reads):
    before = declared.network()
    assert reads.acquire(timeout=5)
    file = folder / "inventory/organisations.yaml"
    file.write_text(file.read_text().replace("Rivers Agency", "Agency of Rivers"))
    assert reads.acquire(timeout=5)
    wait_until(lambda: declared.network() is not before)
    assert declared.network().organisations["rivers"].name == "Agency of Rivers"


def test_an_error_leaves_the_last_usable_network_and_says_so(declared: Declared, folder: Path, reads):
    before = declared.network()
    assert reads.acquire(timeout=5)
    file = folder / "inventory/organisations.yaml"
    good = file.read_text()
    file.write_text("rivers: [\n")
    wait_until(lambda: declared.error is not None)
    assert declared.network() is before
    assert isinstance(declared.error, InvalidNetwork)
    file.write_text(good)
    wait_until(lambda: declared.error is None)
    assert declared.network() is before


def test_without_any_usable_network_the_error_is_raised(folder: Path, tmp_path: Path):
    (folder / "inventory/network.yaml").unlink()
    declared = Declared(folder, Settings(home=tmp_path / "home"))
    with pytest.raises(InvalidNetwork):
        declared.network()
    declared.close()


def test_a_request_does_not_wait_for_ever(folder: Path, tmp_path: Path, monkeypatch):
    go_on = threading.Event()
    load = inventory.load
    monkeypatch.setattr(inventory, "load", lambda root, *, cache: go_on.wait(10) and load(root, cache=cache))
    declared = Declared(folder, Settings(home=tmp_path / "home"), patience=0.01)
    with pytest.raises(NetworkNotRead):
        declared.network()
    go_on.set()
    declared.close()


def test_the_atlas_names_both_ends_of_every_line(declared: Declared):
    atlas = declared.atlas()
    line = atlas.lines["rivers-hq:1"]
    assert (line.b.device, line.b.port, line.site) == ("rivers-hq-r1", "wan0", "rivers-hq")
    assert line.far("rivers-hq-r1") == line.a
    assert line.a.port in {port.name for port in atlas.intent(line.a.device).interfaces}
    assert {line.id for line in atlas.lines_of["core-main-1"]} >= {"bb1", "bb3", "bb5"}


def test_an_organisation_sees_its_own_routers_only(declared: Declared):
    atlas = declared.atlas()
    own = atlas.devices(frozenset({"rivers"}))
    assert set(own) == {"rivers-hq-r1", "rivers-hq-r2", "rivers-east-r1", "rivers-east-r2"}
    assert not atlas.sees(frozenset({"rivers"}), "core-main-1")
    assert len(atlas.devices(None)) == len(atlas.network.devices)


def wait_until(holds) -> None:
    """Looks at the files come every 10 ms in these tests."""
    tick = threading.Event()
    for _ in range(500):
        if holds():
            return
        tick.wait(0.01)
    raise AssertionError("waited five seconds in vain")
