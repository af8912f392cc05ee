"""All sides plan the same zones against the same server, and find the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from nameservers import ALGORITHM, SECRETS, TRANSFER, UPDATE, bind

from benchmarks import zones, zones_dnspython, zones_netctl, zones_text
from netctl.store import Store
from netctl.zones import files, names
from netctl.zones.difference import difference


def test_as_many_records_differ_as_asked():
    origin = names.wire("big.gov-wan.example")
    served, declared = (files.read_master(zones_text.zone(4_000, 100, which), origin) for which in (False, True))
    change = difference(served, declared)
    assert len(change.removed) == len(change.added) == 25
    assert len(change.changed) == 50
    assert served == files.read_master(zones_text.zone(4_000, 100), origin)


@pytest.fixture
def measured(tmp_path: Path):
    zones_text.write(tmp_path, 1, 200, 20)
    zones_text.write_keys(tmp_path, ALGORITHM, (TRANSFER, SECRETS[TRANSFER]), (UPDATE, SECRETS[UPDATE]))
    Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True).close()
    (name,) = zones_text.names(1)
    with bind(tmp_path / "named", {name: (tmp_path / "served" / f"{name}.zone").read_text()}) as server:
        yield tmp_path, server.port


@pytest.mark.filterwarnings("ignore:.*is DEPRECATED:DeprecationWarning")  # octodns-bind 1.1 on octoDNS 1.22
def test_all_sides_find_the_same(measured):
    found = zones_netctl.main("plan", *measured)["records"]
    assert found == 30
    assert zones_dnspython.main("plan", *measured)["records"] == found
    pytest.importorskip("octodns_bind", reason="octoDNS is a peer to measure, installed by `make bench`")
    from benchmarks import zones_octodns

    assert zones_octodns.main("plan", *measured)["records"] == found


def test_what_is_applied_is_what_is_declared_and_then_nothing_differs(measured):
    zones_netctl.main("apply", *measured)
    assert zones_netctl.main("plan", *measured)["records"] == 0
    assert zones_netctl.main("unchanged", *measured)["records"] == 0
    assert zones_dnspython.main("plan", *measured)["records"] == 0


def test_ratios_are_to_netctl_in_the_same_case():
    figures = [zones.Figure(*each) for each in [("plan", "netctl", 0.5, 1, 100, 9), ("plan", "peer", 5, 1, 200, 9)]]
    assert zones.show(figures).splitlines()[2].split()[-2:] == ["10.0", "2.0"]
