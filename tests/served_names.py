"""The reference network's names on real servers: a copy of its folder, three of its zones on BIND, and Knot beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from nameservers import ALGORITHM, OTHER, SECRETS, TRANSFER, UPDATE, bind, knot
from ports import LOOPBACK, free_port

from netctl.control.dns.names import names_of
from netctl.inventory import reference_root
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.data import ZoneData
from netctl.zones.names import relative
from netctl.zones.records import rdata_text, type_text

ZONES = ("rivers.gov-wan.example", "forests.gov-wan.example", "gov-wan.example")


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the reference network; `declare` says where its servers are. The keys' secrets are this process's."""
    folder = tmp_path / "network"
    for name in ("inventory", "devices", "templates", "dns"):
        shutil.copytree(reference_root() / name, folder / name)
    for reference, name in (("TRANSFER", TRANSFER), ("UPDATE", UPDATE), ("VIEW_LGWAN", OTHER)):
        monkeypatch.setenv(f"NETCTL_SECRET_DNS_{reference}", SECRETS[name])

    def declare(main: int, second: int) -> Path:
        servers = {
            "ns1": {"software": "bind", "role": "primary", "standing": "main", "centre": "main", "port": main},
            "ns3": {"software": "knot", "role": "secondary", "centre": "main", "port": second, "views": ["internal"]},
        }
        keys = [(TRANSFER, "transfer", "transfer"), (UPDATE, "update", "update"), (OTHER, "view-lgwan", "view")]
        data = {
            "servers": {name: {**each, "addresses": [LOOPBACK]} for name, each in servers.items()},
            "keys": {
                name: {"algorithm": ALGORITHM, "secret": f"dns/{secret}", "purpose": purpose}
                for name, secret, purpose in keys
            },
        }
        (folder / "dns" / "servers.yaml").write_text(json.dumps(data))
        policy = folder / "dns" / "policy.yaml"
        policy.write_text(policy.read_text().replace("[ns1, ns2, ns3, ns4]", "[ns1, ns3]"))
        views = folder / "dns" / "views.yaml"
        views.write_text(views.read_text().replace("view-lgwan.gov-wan.example", OTHER))
        return folder

    return declare


def master(zone: ZoneData) -> str:
    """A zone as a master file, with serial 10."""
    lines = [
        f"{relative(owner, zone.origin)} {rrset.ttl} {type_text(number)} {rdata_text(number, data)}"
        for (owner, number), rrset in zone.rrsets.items()
        for data in rrset.rdatas
    ]
    return "\n".join(sorted(lines, key=lambda line: " SOA " not in line)).replace(" 0 3600 600", " 10 3600 600") + "\n"


@pytest.fixture
def served(tmp_path: Path, network):
    """Three of the network's zones on BIND, exactly as declared, and on Knot beside it."""
    ports = free_port(), free_port()
    root = network(*ports)
    found = names_of(root).zones
    zones = {name: master(found["internal", name + "."].data) for name in ZONES}
    with (
        bind(tmp_path / "bind", zones, notify=[ports[1]], port=ports[0]) as main,
        knot(tmp_path / "knot", main.port, zones, port=ports[1]) as second,
    ):
        second.until(lambda: all(second.serial(each) == 10 for each in zones))
        yield root, main, second


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", command_timeout=5)


@pytest.fixture
def store(tmp_path: Path):
    (tmp_path / "home").mkdir()
    with Store.open(f"sqlite:///{tmp_path / 'home' / 'netctl.db'}", create=True) as opened:
        yield opened


def declare_more(root: Path, *lines: str) -> None:
    file = root / "dns" / "zones" / "rivers.gov-wan.example.yaml"
    file.write_text(file.read_text() + "".join(f"  {line}\n" for line in lines))
