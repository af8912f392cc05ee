"""Generated networks are the reference network's like, always the same, and what the figures are taken on is fair."""

import time
from pathlib import Path

import pytest

from benchmarks.generator import generate
from netctl.control.network.render import render_all
from netctl.inventory import load, snapshot


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    root = tmp_path_factory.mktemp("generated") / "wan"
    generate(root, 40)
    return root


def content(root):
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_the_same_size_gives_the_same_files(small, tmp_path):
    generate(tmp_path / "again", 40)
    assert content(tmp_path / "again") == content(small)


def test_a_generated_network_is_valid_and_has_both_platforms(small):
    network = load(small)
    assert (len(network.sites), len(network.devices)) == (40, 86)
    platforms = {network.devices[site.devices[0]].platform for site in network.sites.values()}
    assert platforms == {"frr", "ietf_netconf"}


def test_a_network_of_frr_routers_alone_can_be_had(tmp_path):
    generate(tmp_path / "wan", 7, netconf=False)
    assert {device.platform for device in load(tmp_path / "wan").devices.values()} == {"frr"}


def test_from_2000_sites_on_each_centre_has_two_pairs(tmp_path):
    generate(tmp_path / "wan", 2000)
    network = load(tmp_path / "wan")
    assert {"main", "main-2", "backup", "backup-2", "border"} <= network.groups.keys()
    lines = [line.core for site in network.sites.values() for line in site.lines]
    assert len(set(lines)) == 8
    assert all(lines.count(core) == 500 for core in set(lines))


def test_nornir_renders_the_same_on_its_equal_network(tmp_path):
    pytest.importorskip("nornir_jinja2", reason="nornir is a peer to measure, installed by `make bench`")
    from benchmarks import equal, netctl_side, nornir_side

    generate(tmp_path / "wan", 8, netconf=False)
    equal.write(tmp_path / "wan", tmp_path / "nornir")
    theirs = nornir_side.main(tmp_path / "nornir", tmp_path / "wan/templates", c_loader=False)
    ours = netctl_side.main(tmp_path / "wan", None)
    assert theirs["routers"] == ours["routers"] == 22
    assert theirs["digest"] == ours["digest"]


def test_a_changed_site_costs_a_fraction_of_everything(tmp_path, monkeypatch):
    """In seconds of computing, which other work on the machine does not change much."""
    monkeypatch.setattr(snapshot, "YOUNG", -(10**12))
    root, cache = tmp_path / "wan", tmp_path / "cache"
    generate(root, 150)
    begun = time.process_time()
    render_all(root, cache=cache)
    cold = time.process_time() - begun
    site = Path(root / "inventory/sites/site-00100.yaml")
    site.write_text(site.read_text(encoding="utf-8").replace("capacity: 100,", "capacity: 101,", 1), encoding="utf-8")
    begun = time.process_time()
    warm = render_all(root, cache=cache)
    spent = time.process_time() - begun
    assert warm == render_all(root)
    assert spent < cold / 2
