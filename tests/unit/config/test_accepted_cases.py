"""What the acceptor found: cases made without a look at the rules, each by a simulator that knows nothing of them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from configurations import engine
from netctl.config.patch import dangling
from netctl.config.secrets import Redactor


def patched(platform: str, running: str, intended: str) -> str:
    """The patch as text; what it is predicted to lead to means what was intended, and no command does nothing."""
    it = engine(platform)
    one, other = it.parse(dedent(running)), it.parse(dedent(intended))
    remedy = it.remedy(one, other)
    assert not [told for told in remedy.hazards if told.code == "HAZ-UNPREDICTED"]
    outcome = it.apply(one, remedy.commands)
    assert it.same(outcome.tree, other)
    assert not outcome.ignored
    assert it.same(it.apply(outcome.tree, remedy.rollback).tree, one)
    return it.write(remedy.commands)


QUIET = "router ospf 1\n passive-interface GigabitEthernet0/2\n"
LOUD = "router ospf 1\n router-id 192.0.2.1\n"
EXCEPT = "router ospf 1\n passive-interface default\n no passive-interface GigabitEthernet0/2\n"


@pytest.mark.parametrize(
    ("running", "intended", "wanted"),
    [
        (LOUD, LOUD + QUIET.splitlines()[1] + "\n", "router ospf 1\n passive-interface GigabitEthernet0/2\n"),
        (LOUD + QUIET.splitlines()[1] + "\n", LOUD, "router ospf 1\n no passive-interface GigabitEthernet0/2\n"),
        (QUIET, EXCEPT, "router ospf 1\n passive-interface default\n no passive-interface GigabitEthernet0/2\n"),
        (EXCEPT, QUIET, "router ospf 1\n no passive-interface default\n passive-interface GigabitEthernet0/2\n"),
        (EXCEPT, LOUD, "router ospf 1\n router-id 192.0.2.1\n no passive-interface default\n"),
    ],
    ids=["quiet", "loud", "default-on", "default-off", "default-gone"],
)
def test_a_port_is_quiet_or_not_in_ospf_under_either_default(running: str, intended: str, wanted: str) -> None:
    assert patched("cisco_ios", running, intended) == wanted


def test_a_policy_loses_its_old_entries_before_somebody_begins_to_use_it() -> None:
    running = """\
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        route-map IMPORT permit 10
         set metric 3
        """
    intended = """\
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 route-map IMPORT in
        route-map IMPORT permit 20
         set metric 4
        """
    lines = [line.strip() for line in patched("cisco_ios", running, intended).splitlines()]
    assert lines.index("no route-map IMPORT permit 10") < lines.index("neighbor 192.0.2.1 route-map IMPORT in")


UNNUMBERED = "ip access-list extended MGMT\n permit ip any any\n deny udp any any\n"
NUMBERED = "ip access-list extended MGMT\n 10 permit tcp any any\n 20 deny udp any any\n"


@pytest.mark.parametrize(("running", "intended"), [(UNNUMBERED, NUMBERED), (NUMBERED, UNNUMBERED)])
def test_a_list_that_gets_or_loses_its_numbers_is_said_anew_as_a_whole(running: str, intended: str) -> None:
    # 10 is taken, if not by a line that says so: "Duplicate sequence number"
    assert patched("cisco_ios", running, intended) == "no ip access-list extended MGMT\n" + intended


def test_a_prefix_is_let_go_before_it_is_said_under_another_number() -> None:
    running = "ip prefix-list A seq 5 permit 192.0.2.0/24\nip prefix-list A seq 10 permit 198.51.100.0/24\n"
    intended = "ip prefix-list A seq 10 permit 192.0.2.0/24\nip prefix-list A seq 20 permit 198.51.100.0/24\n"
    # "Insertion failed - prefix-list entry exists", and "seq # exists with different policy"
    seen: list[str] = running.splitlines()
    for command in patched("cisco_ios", running, intended).splitlines():
        if command.startswith("no "):
            seen.remove(command.removeprefix("no "))
            continue
        number, entry = command.split()[4], command.split()[5:]
        assert not [line for line in seen if line.split()[4] == number or line.split()[5:] == entry], command
        seen.append(command)
    assert sorted(seen) == sorted(intended.splitlines())


def test_a_list_changes_after_its_last_user_left_and_before_its_next_one_comes() -> None:
    running = """\
        interface GigabitEthernet0/0
         ip access-group EDGE in
        interface GigabitEthernet0/1
         description to-lab
        ip access-list extended EDGE
         10 permit tcp any any
        """
    intended = """\
        interface GigabitEthernet0/0
         description to-lab
        interface GigabitEthernet0/1
         ip access-group EDGE in
        ip access-list extended EDGE
         10 permit udp any any
        """
    said = [line.strip() for line in patched("cisco_ios", running, intended).splitlines()]
    assert said.index("no ip access-group EDGE in") < said.index("no 10")
    assert said.index("10 permit udp any any") < said.index("ip access-group EDGE in")


IOS_PEER = "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.1 route-map EXPORT out\n"
NXOS_PEER = """\
router bgp 65000
  neighbor 192.0.2.1
    remote-as 65001
    address-family ipv4 unicast
      route-map EXPORT out
"""


@pytest.mark.parametrize(("platform", "peer"), [("cisco_ios", IOS_PEER), ("cisco_nxos", NXOS_PEER)])
def test_an_entry_of_a_policy_in_use_never_stands_without_what_it_matches(platform: str, peer: str) -> None:
    running = peer + "route-map EXPORT permit 10\n  match tag 10\n"
    entry = "route-map EXPORT permit 20\n  match tag 20\n"
    bound, said = "EXPORT", []
    for line in patched(platform, running, running + entry).splitlines():
        words = line.split()
        if "route-map" in words and words[-1] == "out" and words[0] != "no":
            bound = words[-2]
        if words[:2] == ["route-map", bound] and words[-1] != "out":
            said.append(line)
    assert not said


def test_what_is_deleted_is_not_activated_after_it() -> None:
    running = """\
        interfaces {
            inactive: ge-0/0/1 {
                description lab;
                mtu 9000;
            }
            lo0 {
                description loopback;
            }
        }
        """
    intended = "set interfaces lo0 description loopback\n"
    assert patched("juniper_junos", running, intended) == "delete interfaces ge-0/0/1\n"
    spelled = "set interfaces ge-0/0/1 mtu 9000\ndeactivate interfaces ge-0/0/1\n" + intended
    assert patched("juniper_junos", spelled, intended) == "delete interfaces ge-0/0/1\n"


@pytest.mark.parametrize("platform", ["cisco_ios", "cisco_nxos", "frr"])
def test_a_renamed_policy_is_whole_before_it_is_used_though_its_list_changes_with_it(platform: str) -> None:
    peer = NXOS_PEER if platform == "cisco_nxos" else IOS_PEER
    running = (
        peer
        + "ip prefix-list P seq 5 permit 192.0.2.0/24\nip prefix-list P seq 10 permit 198.51.100.0/24\n"
        + "route-map EXPORT permit 10\n match ip address prefix-list P\n"
    )
    # the same prefix under another number: nowhere can it be said over the old one
    intended = running.replace("EXPORT", "LEAVE").replace("seq 5", "seq 7")
    lines = [line.strip() for line in patched(platform, running, intended).splitlines()]
    bound = next(number for number, line in enumerate(lines) if line.endswith("route-map LEAVE out"))
    assert "match ip address prefix-list P" in lines[:bound]
    it, tree = engine(platform), engine(platform).parse(running)
    commands = it.patch(tree, it.parse(intended)).commands
    before = dangling(tree, it.rules)
    for count in range(len(commands)):
        assert dangling(it.apply(tree, commands[:count]).tree, it.rules) <= before


def test_a_range_of_vlans_shrinks_without_those_that_stay() -> None:
    assert (
        patched("alaxala", "vlan 10-14\n!\nvlan 20\n!\n", "vlan 10-12\n!\nvlan 20\n!\n") == "no vlan 13\nno vlan 14\n"
    )


def test_nobody_is_left_on_a_list_that_is_taken_away_to_be_said_anew() -> None:
    bind, lists = " ip access-group EDGE in\n", "ip access-list extended EDGE\n 5 permit {}\n 10 permit {}\n"
    running = (
        f"interface Loopback0\n{bind}interface Tunnel1\n{bind}interface GigabitEthernet0/1\n description lab\n"
        + lists.format("tcp any any", "udp any any")
    )
    intended = (
        f"interface Loopback0\n{bind}interface Tunnel2\n{bind}interface GigabitEthernet0/1\n description lab\n{bind}"
        + lists.format("udp any any", "tcp any any")
    )
    it, tree = engine("cisco_ios"), engine("cisco_ios").parse(running)
    assert "no ip access-list extended EDGE" in patched("cisco_ios", running, intended)
    commands = it.patch(tree, it.parse(intended)).commands
    for count in range(len(commands)):
        assert not dangling(it.apply(tree, commands[:count]).tree, it.rules)


def test_a_policy_that_is_said_anew_is_not_entered_for_the_copy_of_its_list() -> None:
    lists = "ip prefix-list P seq 5 {} 192.0.2.0/24\n"
    policy = "route-map SPARE {} 10\n match ip address prefix-list P\n"
    running = lists.format("permit") + policy.format("permit") + " set metric 5\n"
    intended = lists.format("deny") + policy.format("deny")
    said = [line for line in patched("cisco_ios", running, intended).splitlines() if "route-map" in line]
    assert said[:2] == ["no route-map SPARE permit 10", "route-map SPARE deny 10"]  # entering it changes the action


def test_the_key_of_a_wireless_network_is_no_text_for_a_review() -> None:
    line = "security wpa psk set-key ascii 0 wisteria-9"
    assert "wisteria" not in Redactor((), lambda _value: "<secret-fingerprint:0a1b>").line(line)


def test_two_vrfs_with_a_neighbour_of_one_address_go_without_a_hazard() -> None:
    family = " address-family ipv4 vrf {}\n  neighbor 192.0.2.1 remote-as 65001\n  neighbor 192.0.2.1 activate\n"
    bare = "router bgp 65000\n bgp router-id 192.0.2.9\n"
    it = engine("cisco_ios")
    running = it.parse(bare + family.format("RED") + family.format("BLUE"))
    patch = it.patch(running, it.parse(bare))
    assert sorted(command.line for command in patch.commands if command.line.startswith("no ")) == [
        "no address-family ipv4 vrf BLUE",
        "no address-family ipv4 vrf RED",
    ]
    assert not [told for told in patch.hazards if told.code == "HAZ-CYCLE"]
