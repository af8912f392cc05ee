"""Artefacts that were kept are the ones that would be made."""

import os
import threading

import pytest

from netctl.inventory import load
from netctl.inventory.scaffold import scaffold
from netctl.render import artefacts, beside, keeping
from netctl.render.artefacts import Artefacts
from unit.inventory.declared import SITE, edit


@pytest.fixture
def root(tmp_path):
    scaffold(tmp_path / "wan", "reference")
    return tmp_path / "wan"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache folder that is used for ever so few artefacts."""
    monkeypatch.setattr(artefacts, "WORTH_KEEPING", 0)
    return tmp_path / "cache"


@pytest.fixture
def made(monkeypatch):
    """Names of the routers whose artefacts are made from now on."""
    names = []
    real = artefacts.Renderer.render

    def render(self, intent):
        names.append(intent.device)
        return real(self, intent)

    monkeypatch.setattr(artefacts.Renderer, "render", render)
    return names


def everything(root, cache=None):
    return Artefacts(load(root), root, cache).all()


def test_all_artefacts_are_those_of_single_routers(root):
    network = load(root)
    single = Artefacts(network, root)
    assert everything(root) == {name: single.intended(name) for name in network.devices}


def test_nothing_is_made_twice(root, cache, made):
    first = everything(root, cache)
    assert sorted(made) == sorted(first)
    made.clear()
    assert everything(root, cache) == first
    assert made == []


def test_a_changed_site_makes_its_routers_and_their_cores_anew(root, cache, made):
    everything(root, cache)
    edit(root, SITE, "carrier: asagi", "carrier: yamabuki")
    made.clear()
    warm = everything(root, cache)
    assert set(made) == {"rivers-hq-r1", "rivers-hq-r2", "core-main-1", "core-backup-1"}
    assert warm == everything(root)


def test_a_line_that_moves_makes_both_cores_anew(root, cache):
    everything(root, cache)
    edit(root, SITE, "to: main", "to: core-main-2")
    assert everything(root, cache) == everything(root)


def test_a_new_host_key_makes_nothing_anew(root, cache, made):
    (root / "inventory/hostkeys.yaml").write_text("{}\n")
    everything(root, cache)
    (root / "inventory/hostkeys.yaml").write_text("rivers-hq-r1: [ssh-ed25519 AAAA]\n")
    made.clear()
    everything(root, cache)
    assert made == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("templates/frr/banner.j2", "{{ login_banner }}", "{{ login_banner }}!"),
        ("inventory/network.yaml", "asn: 64500", "asn: 64501"),
        ("inventory/organisations.yaml", "name_ja: 河川庁", "name_ja: 河川庁\n  settings: {bfd_multiplier: 5}"),
        ("inventory/roles.yaml", "core:\n", "core:\n  settings: {bfd_multiplier: 5}\n"),
    ],
)
def test_what_all_routers_share_is_never_taken_from_before(root, cache, file, old, new):
    before = everything(root, cache)
    edit(root, file, old, new)
    after = everything(root, cache)
    assert after == everything(root)
    assert after != before


def test_other_code_makes_everything_anew(root, cache, made, monkeypatch):
    everything(root, cache)
    monkeypatch.setattr(keeping, "_code", lambda: "other")
    made.clear()
    assert len(everything(root, cache)) == len(made)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:60] + b"x" + content[61:],
        lambda content: os.urandom(100),
    ],
)
def test_a_damaged_file_is_not_believed(root, cache, made, damage):
    first = everything(root, cache)
    (path,) = cache.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    made.clear()
    assert everything(root, cache) == first
    assert len(made) == len(first)


def test_a_cache_that_cannot_be_written_is_no_mistake(root, tmp_path, cache):
    (tmp_path / "file").write_text("")
    assert everything(root, tmp_path / "file") == everything(root)


def test_a_kept_artefact_knows_its_origins(root, cache):
    fresh = everything(root, cache)
    kept = everything(root, cache)
    for name in ("rivers-hq-r1", "rivers-east-r1", "core-main-1"):
        part = fresh[name].parts[0]
        lines = range(1, part.text.count("\n") + 1)
        assert [kept[name].origin(part.name, line) for line in lines] == [
            fresh[name].origin(part.name, line) for line in lines
        ]
        assert kept[name].origin(part.name, 1)


def test_drained_renderings_are_made_from_the_same_intent(root):
    network = load(root)
    found = Artefacts(network, root)
    assert found.drained("rivers-hq-r1").parts != found.intended("rivers-hq-r1").parts
    assert found.drain("rivers-hq-r1")


def test_a_second_process_makes_the_same(root, monkeypatch):
    monkeypatch.setattr(beside, "possible", lambda: True)
    alone = everything(root)
    monkeypatch.setattr(artefacts, "WORTH_FORKING", 2)
    assert everything(root) == alone


def test_a_second_process_that_fails_costs_time_only(root, monkeypatch):
    monkeypatch.setattr(beside, "possible", lambda: True)
    alone = everything(root)
    monkeypatch.setattr(artefacts, "WORTH_FORKING", 2)
    monkeypatch.setattr(Artefacts, "_made_elsewhere", lambda self, names: 1 / 0)
    assert everything(root) == alone


def test_a_result_larger_than_a_pipe_comes_back_whole():
    assert beside.start(lambda: b"x" * 5_000_000)() == b"x" * 5_000_000


def test_no_fork_beside_other_threads():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not beside.possible()
    finally:
        done.set()
        thread.join()


def test_some_can_be_made_ready_at_once_and_the_rest_later(root, cache, made):
    network = load(root)
    found = Artefacts(network, root, cache)
    assert found.prepare(["rivers-hq-r1", "core-main-1"]) == 2
    assert set(made) == {"rivers-hq-r1", "core-main-1"}
    assert found.prepare(["rivers-hq-r1"]) == 0
    found.intended("core-main-1")
    assert len(made) == 2
    assert found.all() == everything(root)
