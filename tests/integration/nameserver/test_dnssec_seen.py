"""What `netctl dns dnssec` says of a signed zone that is well, and of the ways in which it is not."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import dns.query
import dns.update
import pytest
from nameservers import RIVERS, SECRETS, TRANSFER, UPDATE, bind, keyring
from ports import LOOPBACK
from signed_world import ABOVE, World, key, signed_world, vouched_for

from netctl.devices.nameserver.keys import Apex, look_at, told
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.signed import vouched
from netctl.devices.nameserver.transport import Connection
from netctl.errors import ZoneReadBackDiffers
from netctl.zones.data import SOA
from netctl.zones.difference import difference
from netctl.zones.dnssec import DNSKEY, DS
from netctl.control.dns.places import Places
from netctl.control.dns.plan import plan_names


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NETCTL_SECRET_DNS_TRANSFER", SECRETS[TRANSFER])
    monkeypatch.setenv("NETCTL_SECRET_DNS_UPDATE", SECRETS[UPDATE])
    with signed_world(tmp_path) as made:
        vouched_for(made)
        yield made


def run(world: World, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "netctl", "--network", str(world.folder / "network"), "dns", "dnssec", *words]
    environment = {**os.environ, "NETCTL_HOME": str(world.settings.home), "COLUMNS": "200"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def replaced_by_others(world: World, ds: str) -> None:
    """Another DS above, by somebody who asks nobody."""
    update = dns.update.Update(ABOVE, keyring=keyring(), keyname=UPDATE)
    update.replace(f"{RIVERS}.", 1, "DS", ds)
    assert dns.query.tcp(update, LOOPBACK, timeout=5, port=world.port).rcode() == 0


def chain_problems(below: ZonePlace, above: ZonePlace, seconds: float) -> tuple[str, ...]:
    """What breaks a zone for those who validate, as the two servers answer one who asks them one after the other."""
    now = time.time
    with Connection(below.server, seconds, where=below.where) as connection:
        apex = Apex(*(told(connection, below, below.origin, number, now) for number in (SOA, DNSKEY)))
    with Connection(above.server, seconds, where=above.where) as connection:
        vouchers = told(connection, above, below.origin, DS, now).rrset
    keys = apex.keys.rrset
    wrong = vouched(below.origin, keys, vouchers, apex.signers)
    found = look_at(below.origin, apex, now()).problems if keys else ()
    return (*found, wrong) if wrong else found


def test_the_command_tells_a_zone_that_is_well_and_one_that_whoever_validates_refuses(world: World) -> None:
    code, said = run(world)
    assert code == 0 and f"{RIVERS}.  default  secure" in said.replace("│", " "), said
    code, story = run(world, RIVERS)
    assert code == 0 and "secure, a declared anchor leads here" in story and f"from {ABOVE}." in story
    (found,) = json.loads(run(world, RIVERS, "--json")[1])
    assert (found["chain"], found["healthy"], found["denial"], len(found["keys"])) == ("secure", True, "NSEC", 2)
    replaced_by_others(world, world.ds[RIVERS].replace(world.ds[RIVERS].split()[3], "ab" * 32))
    code, said = run(world)
    assert code == 4 and "is of a key that signs the keys" in said


def test_a_host_without_the_key_for_updates_sees_the_same(world: World, monkeypatch) -> None:
    monkeypatch.delenv("NETCTL_SECRET_DNS_UPDATE")
    code, said = run(world)
    assert code == 0 and f"{RIVERS}.  default  secure" in said.replace("│", " "), said


def test_a_wrong_ds_above_breaks_the_zone_and_the_look_after_a_change_says_so(world: World) -> None:
    right = world.ds[RIVERS]
    places = Places(world.names.declared, world.settings)
    below, above = (
        places.main("default", world.names.zones["default", f"{zone}."].data.origin) for zone in (RIVERS, ABOVE)
    )
    assert chain_problems(below, above, 5) == ()
    world.ds[RIVERS] = right.replace(right.split()[3], "ab" * 32)
    (planned,) = plan_names(world.names, world.settings, world.store, zone=ABOVE).zones
    assert "NETCTL-E1061" in planned.error and f"{RIVERS}.: no DS of the zone above (" in planned.error
    before = world.target(ABOVE).fetch().data
    with pytest.raises(ZoneReadBackDiffers, match=f"{RIVERS}.: no DS .*taken back"):
        world.push(ABOVE)
    assert not difference(world.target(ABOVE).fetch().data, before)
    replaced_by_others(world, world.ds[RIVERS])
    found = world.seen()
    assert (found.chain, found.healthy) == ("broken", False)
    assert found.problems == (
        f"no DS of the zone above ({right.split()[0]}/ECDSAP256SHA256) is of a key that signs the keys (on ns1)",
    )
    assert [(each.matches, each.declared, each.above) for each in found.ds] == [(None, True, ("ns1",))]
    assert chain_problems(below, above, 5) == (found.problems[0].removesuffix(" (on ns1)"),)
    (advised,) = found.rollovers
    world.follow(found)
    assert (advised.kind, world.ds[RIVERS]) == ("first", key(found, "ksk").ds_text)
    world.until(lambda found: found.healthy)


def test_signatures_that_end_soon_are_told_before_they_have_ended(world: World) -> None:
    assert not world.seen().ends_soon
    soon = world.seen(later=52)
    assert (soon.ends_soon, soon.problems, soon.healthy, soon.chain) == (True, (), False, "secure")
    ended = world.seen(later=3600)
    assert ended.chain == "broken"
    assert f"www.{RIVERS}. A: no signature holds: it has expired" in ended.problems
    assert any("it has expired" in each for each in ended.servers[0].problems)


def test_a_secondary_without_keys_and_one_that_is_silent_are_named(world: World, tmp_path: Path) -> None:
    plain = "@ 1 SOA ns1.gov-wan.example. hostmaster 999999 3600 600 1209600 1\n@ 1 NS ns1.gov-wan.example.\n"
    with bind(tmp_path / "second", {RIVERS: plain}) as second:
        world.second = second.port
        found = world.seen()
        main, other = found.servers
        assert (main.problems, other.problems) == ((), ("it serves the zone without keys",))
        assert {each.missing_on for each in found.keys} == {("ns3",)}
        assert found.refused
        second.stop()
        silent = world.seen()
        assert silent.servers[1].error and not silent.servers[1].problems and silent.unasked
        assert run(world)[0] == 6


def test_a_zone_that_leaves_is_led_out_step_by_step(world: World) -> None:
    world.policy = "insecure"
    world.ds[RIVERS], held = "", world.ds[RIVERS]
    found = world.seen()
    (leaving,) = found.rollovers
    assert (leaving.kind, leaving.step) == ("leaving", 0) and found.chain == "secure" and held
    world.push(ABOVE)
    (waiting,) = world.seen().rollovers
    assert (waiting.step, bool(waiting.earliest), world.seen().chain) == (1, True, "island")
    (last,) = world.seen(later=2 * 86400).rollovers
    assert last.step == 2
