"""Real rollovers by BIND, a few seconds long: each step is told while it lasts, and what a person does leads on."""

from pathlib import Path

import pytest
from nameservers import RIVERS, SECRETS, TRANSFER, UPDATE
from signed_world import World, key, signed_world, vouched_for

from netctl.model.signing import ZoneSigning


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NETCTL_SECRET_DNS_TRANSFER", SECRETS[TRANSFER])
    monkeypatch.setenv("NETCTL_SECRET_DNS_UPDATE", SECRETS[UPDATE])
    with signed_world(tmp_path) as made:
        yield made


def steps(looks: list[ZoneSigning], kind: str) -> list[int]:
    """The steps that were seen, each once, in their order."""
    found = [each.step for look in looks for each in look.rollovers if each.kind == kind]
    return list(dict.fromkeys(found))


def test_it_is_signed_vouched_for_and_its_zsk_is_rolled(world: World) -> None:
    old = key(vouched_for(world), "zsk").tag
    world.rndc("dnssec", "-rollover", "-key", str(old), RIVERS)
    looks = world.until(lambda found: any(each.state == "removed" for each in found.keys))
    assert steps(looks, "zsk") in ([0, 1, 2, 3], [0, 2, 3], [0, 1, 2], [0, 2])  # the server may be as quick as is safe
    assert all(look.chain == "secure" and not look.problems for look in looks)
    waiting = next(each for look in looks for each in look.rollovers if each.step == 0)
    assert waiting.earliest and not waiting.to_do
    assert [(each.tag, each.role) for each in looks[-1].keys if each.state == "removed"] == [(old, "zsk")]
    states = [each.state for look in looks for each in look.keys if each.tag == old]
    assert [each for each in dict.fromkeys(states) if each != "retiring"] == ["active", "retired", "removed"]
    states = [each.state for look in looks for each in look.keys if each.role == "zsk" and each.tag != old]
    assert list(dict.fromkeys(states)) == ["published", "active"]


def test_a_ksk_is_rolled_by_a_ds_that_a_person_replaces(world: World) -> None:
    old = key(vouched_for(world), "ksk")
    world.rndc("dnssec", "-rollover", "-key", str(old.tag), RIVERS)
    looks = world.until(lambda found: any(each.to_do for each in found.rollovers))
    assert steps(looks, "ksk") == [0, 1]
    (rollover,) = looks[-1].rollovers
    new = key(looks[-1], "ksk", state="published")
    assert new.ds_text in rollover.to_do[0] and old.ds_text not in rollover.to_do[0]
    assert rollover.to_do[0].startswith("dns/zones/1.yaml: ds: [") and "netctl plan" in rollover.to_do[1]
    world.follow(looks[-1])
    looks = world.until(lambda found: any(each.state == "removed" for each in found.keys))
    assert steps(looks, "ksk") in ([2, 3], [2])
    assert [each.tag for each in looks[-1].keys if each.state == "removed"] == [old.tag]
    assert all(look.chain == "secure" and not look.problems for look in looks)
    assert [(each.tag, each.matches) for each in looks[-1].ds] == [(new.tag, new.tag)]


def test_an_algorithm_is_rolled_with_signatures_first_and_the_ds_then(world: World) -> None:
    vouched_for(world)
    world.policy = "other"
    file = world.server.folder / "named.conf"
    before, after = (f'zone "{RIVERS}"', f"netctl-{world.policy}")
    text = file.read_text()
    at = text.index("netctl-fast", text.index(before))
    file.write_text(text[:at] + after + text[at + len("netctl-fast") :])
    world.rndc("reconfig")
    looks = world.until(lambda found: any(each.to_do for each in found.rollovers))
    assert steps(looks, "algorithm") in ([0, 1, 2], [1, 2])
    assert {each.algorithm for each in looks[-1].keys} == {"ECDSAP256SHA256", "ECDSAP384SHA384"}
    world.follow(looks[-1])
    looks = world.until(lambda found: len([each for each in found.keys if each.state != "removed"]) == 2)
    assert steps(looks, "algorithm") in ([3], [3, 4])  # the server may be as quick as is safe
    assert {each.algorithm for each in looks[-1].keys if each.state != "removed"} == {"ECDSAP384SHA384"}
    assert all(look.chain == "secure" and not look.problems for look in looks)
