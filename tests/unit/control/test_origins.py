"""Lines of configurations, led back to the lines of the inventory that say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from netctl.control.network.atlas import Atlas
from netctl.control.changes.origins import Origins
from netctl.inventory import load, reference_root
from netctl.inventory.settled import settled
from netctl.model.network import Network
from netctl.render.artefacts import Artefacts

ROOT = reference_root()


@pytest.fixture(scope="module")
def network() -> Network:
    return load(ROOT)


def told(network: Network, device: str, line: str) -> list[str]:
    return [f"{fact.what} {fact.source}" for fact in Origins(ROOT, Atlas(network), device).of(line)]


def test_every_place_that_is_told_holds_the_value(network: Network) -> None:
    for device in network.devices.values():
        for fact in settled(ROOT, network, device):
            lines = (ROOT / fact.source.file).read_text(encoding="utf-8").splitlines()
            at = fact.source.line - 1
            assert any(fact.value in line for line in lines[at : at + 3]), fact


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("neighbor 203.0.113.4 remote-as 64500", "line rivers-hq:1 inventory/sites/rivers-hq.yaml:9"),
        ("neighbor 3fff:100:1::3 bfd", "router rivers-hq-r2 inventory/sites/rivers-hq.yaml:7"),
        ("router bgp 4200000001", "site rivers-hq inventory/sites/rivers-hq.yaml:2"),
        ('action(type="omfwd" target="3fff:200:2::514" port="514"', "syslog_servers inventory/network.yaml:32"),
        ("ip address 192.0.2.18/28", "site rivers-hq inventory/sites/rivers-hq.yaml:2"),
    ],
)
def test_a_line_is_led_back_to_what_its_values_follow_from(network: Network, line: str, place: str) -> None:
    assert told(network, "rivers-hq-r1", line)[0] == place


@pytest.mark.parametrize(
    "line", ["exit", "route-map import-200 permit 10", "bandwidth 1000", "neighbor 192.0.2.99 bfd"]
)
def test_what_nobody_declared_has_no_place(network: Network, line: str) -> None:
    assert told(network, "rivers-hq-r1", line) == []


def test_a_number_is_led_back_only_beside_its_name(network: Network) -> None:
    assert told(network, "rivers-hq-r1", "bfd interval 1000") == ["bfd_interval inventory/network.yaml:35"]


def test_the_nearest_word_on_a_setting_is_told(network: Network, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    for file in (ROOT / "inventory").rglob("*.yaml"):
        copy = tmp_path / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    with (folder / "sites" / "rivers-hq.yaml").open("a", encoding="utf-8") as site:
        site.write("settings:\n  ntp_servers: [3fff:200:1::123]\n")
    facts = settled(tmp_path, network, network.devices["rivers-hq-r1"])
    assert [str(fact.source) for fact in facts if fact.what == "ntp_servers"] == ["inventory/sites/rivers-hq.yaml:12"]


def test_every_address_of_every_router_has_a_place(network: Network) -> None:
    renderings, atlas = Artefacts(network, ROOT), Atlas(network)
    for device in network.devices:
        origins = Origins(ROOT, atlas, device)
        for line in renderings.intended(device).parts[0].text.splitlines():
            if line.split()[:2] in (["ip", "address"], ["ipv6", "address"]):
                assert origins.of(line), (device, line)
