"""Host keys, facts and secrets on a lab of both platforms."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest
import yaml

from netctl import inventory
from netctl.control.routers import device_facts
from netctl.control.routers import devices as use_case
from netctl.control.changes.plan import connector, plan
from netctl.devices.target import Target
from netctl.model.artefact import Part
from netctl.services.dns.load import load

pytestmark = pytest.mark.live

KEYS, SERVERS_KEYS = "inventory/hostkeys.yaml", "dns/hostkeys.yaml"


@pytest.fixture
def network(lab, tmp_path):
    """A copy of the lab's network folder."""
    return shutil.copytree(lab.root, tmp_path / "network")


def emptied(network):
    before = {}
    for file in (KEYS, SERVERS_KEYS):
        text = (network / file).read_text()
        comments = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
        (network / file).write_text(comments + "{}\n")
        before |= yaml.safe_load(text)
    return before


def test_scanned_keys_are_a_patch_that_a_person_applies(lab, network):
    declared = emptied(network)
    text = (network / KEYS).read_text()
    scan = use_case.scan_keys(network, lab.settings)
    assert {router.standing for router in scan.routers} == {"new"}
    assert (network / KEYS).read_text() == text  # nothing was written

    refused = device_facts.facts(network, lab.settings)
    assert all("NETCTL-E0304" in router.error for router in refused)  # ... and nothing was trusted

    subprocess.run(["patch", "-p1", "-s"], input=scan.patch, text=True, cwd=network, check=True)
    found = inventory.load(network)
    boxes = {**found.devices, **load(found).servers}
    assert declared.keys() <= boxes.keys()
    for name, keys in declared.items():
        assert set(keys) <= set(boxes[name].host_keys)
    again = use_case.scan_keys(network, lab.settings)
    assert {router.standing for router in again.routers} == {"known"}
    assert again.patch == ""
    assert not any(router.error for router in device_facts.facts(network, lab.settings))


def test_a_changed_key_is_told_and_the_router_refused(lab, network):
    keys = yaml.safe_load((network / KEYS).read_text())
    keys["rivers-hq-r1"], keys["rivers-east-r1"] = keys["rivers-east-r1"], keys["rivers-hq-r1"]
    (network / KEYS).write_text(yaml.safe_dump(keys))
    names = ["rivers-hq-r1", "rivers-east-r1"]
    scan = use_case.scan_keys(network, lab.settings, names=names)
    assert {router.device: router.standing for router in scan.routers} == dict.fromkeys(names, "changed")
    made = plan(network, lab.settings, names=names).plan
    assert {name for name, error in made.unreachable if "NETCTL-E0304" in error} == set(names)


def test_a_router_that_is_off_stops_no_other(lab, network):
    lab.fail("rivers-hq-r2")
    try:
        settings = replace(lab.settings, connect_timeout=5)
        found = {one.device: one for one in device_facts.facts(network, settings, names=["rivers"])}
        assert "NETCTL-E030" in found.pop("rivers-hq-r2").error
        assert len(found) == 3
        assert [one.error for one in found.values()] == ["", "", ""]
    finally:
        lab.heal("rivers-hq-r2")
        lab.wait_converged()


def test_routers_of_both_platforms_say_what_they_are(lab, network):
    names = ["rivers-hq", "rivers-east"]
    found = device_facts.facts(network, lab.settings, names=names)
    assert [one.error for one in found] == [""] * 4
    assert {one.platform for one in found} == {"frr", "ietf_netconf"}
    for one in found:
        assert one.facts.hostname == one.device
        assert 0 < one.facts.uptime < 10**9
        kernel = lab.execute(one.device, "uname", "-sr").strip()
        if one.platform == "ietf_netconf":  # netconfd has neither ietf-system's state nor ietf-hardware
            assert one.facts.os_version == kernel
        else:
            assert one.facts.vendor == "FRRouting"
            assert one.facts.os_version in lab.vtysh(one.device, "show version").splitlines()[0]
            assert device_facts.comes_before(one, "99")
            assert not device_facts.comes_before(one, "8.0")


def with_password(target: Target, peers: list[str], xml: bool) -> tuple[Part, ...]:
    """The running state, every session with a peer protected by a secret."""
    parts = list(target.fetch().parts)
    text = parts[0].text
    for peer in peers:
        if xml:
            start = text.index(f"<address>{peer}</address>")
            end = text.index("</session>", start)
            text = text[:end] + "<password>&lt;secret:bgp/rivers&gt;</password>" + text[end:]
        else:
            lines = text.splitlines(keepends=True)
            at = next(n for n, line in enumerate(lines) if line.startswith(f" neighbor {peer} remote-as"))
            lines.insert(at + 1, f" neighbor {peer} password <secret:bgp/rivers>\n")
            text = "".join(lines)
    parts[0] = Part(parts[0].name, text)
    return tuple(parts)


@pytest.mark.parametrize("site", ["rivers-hq", "rivers-east"])
def test_a_session_secret_works_and_is_never_seen(lab, network, monkeypatch, site):
    value = "walrus-7-walrus"
    monkeypatch.setenv("NETCTL_SECRET_BGP_RIVERS", value)
    (path,) = [path for path in (network / "inventory/sites").glob(f"{site}.yaml")]
    path.write_text(path.read_text() + "\nsettings:\n  session_secret: bgp/rivers\n")
    declared = inventory.load(network)
    line = declared.sites[site].lines[0]
    reach = connector(network, lab.settings, push=True)
    with reach(declared.devices[line.ce]) as ce, reach(declared.devices[line.core]) as core:
        before = ce.fetch(), core.fetch()
        number = declared.sites[site].number
        index = 2 * number
        core_v4, ce_v4 = f"203.0.113.{2 * index}", f"203.0.113.{2 * index + 1}"
        core_v6, ce_v6 = f"3fff:400::{2 * index:x}", f"3fff:400::{2 * index + 1:x}"
        try:
            for target, peers in ((ce, [core_v4, core_v6]), (core, [ce_v4, ce_v6])):
                xml = declared.devices[target.name].platform == "ietf_netconf"
                parts = with_password(target, peers, xml)
                shown = target.stage(parts)
                assert "secret:bgp/rivers" in shown
                assert value not in shown
                target.commit(f"netctl-C-1-{target.name}-1", 120)
                text = target.fetch().parts[0].text
                assert text.count("secret:bgp/rivers") == 2
                assert value not in text

            def up() -> bool:
                wanted = {core_v4, core_v6}
                return wanted <= {one.peer for one in ce.health().sessions if one.protocol == "bgp" and one.up}

            lab.until(up, "sessions with a password come up", 60)
        finally:
            for target in (ce, core):
                if target.pending() is not None:
                    target.roll_back(f"netctl-C-1-{target.name}-1")
        assert (ce.fetch(), core.fetch()) == before
    lab.wait_converged()
