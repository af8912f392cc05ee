"""What commands do on a platform with sections."""

from __future__ import annotations

import pytest

from netctl.config.commands import Command
from netctl.config.engine import Engine
from netctl.config.syntax import render
from unit.config.platforms import IOS, platform

ENGINE = Engine(platform(IOS))


def after(running: str, *commands: tuple[str, ...]) -> tuple[str, list[str]]:
    """The text after commands, each given as its path and line."""
    outcome = ENGINE.apply(ENGINE.parse(running), [Command(command[:-1], command[-1]) for command in commands])
    return render(outcome.tree), [command.line for command in outcome.ignored]


PORT = "interface GigabitEthernet0/1\n description north\n ip address 192.0.2.1 255.255.255.0\n"


def test_a_value_is_overwritten_at_its_place() -> None:
    text, ignored = after(PORT, ("interface Gi0/1", "description south"))
    assert text == PORT.replace("north", "south")
    assert ignored == []


def test_the_beginning_of_a_statement_takes_it_away() -> None:
    text, _ = after(PORT, ("interface GigabitEthernet0/1", "no description"))
    assert text == PORT.replace(" description north\n", "")


def test_moving_a_port_to_another_vrf_drops_its_addresses() -> None:
    text, _ = after(PORT, ("interface GigabitEthernet0/1", "vrf forwarding BLUE"))
    assert text == "interface GigabitEthernet0/1\n description north\n vrf forwarding BLUE\n"


def test_an_address_stays_while_a_secondary_one_stands() -> None:
    running = PORT + " ip address 192.0.2.2 255.255.255.0 secondary\n"
    text, ignored = after(running, ("interface GigabitEthernet0/1", "no ip address"))
    assert text == running
    assert ignored == ["no ip address"]


def test_removing_the_remote_as_removes_the_neighbour_and_what_stands_below() -> None:
    running = (
        "router bgp 64500\n neighbor 192.0.2.9 remote-as 64501\n neighbor 192.0.2.9 route-map IN in\n"
        " neighbor 192.0.2.8 remote-as 64501\n address-family ipv4\n  neighbor 192.0.2.9 activate\n"
        "  neighbor 192.0.2.8 activate\n exit-address-family\n"
    )
    text, _ = after(running, ("router bgp 64500", "no neighbor 192.0.2.9 remote-as 64501"))
    assert text == (
        "router bgp 64500\n neighbor 192.0.2.8 remote-as 64501\n address-family ipv4\n"
        "  neighbor 192.0.2.8 activate\n exit-address-family\n"
    )


def test_what_is_said_already_does_nothing() -> None:
    text, ignored = after(PORT, ("interface GigabitEthernet0/1", "description north"), ("no hostname",))
    assert text == PORT
    assert ignored == ["description north", "no hostname"]


def test_a_physical_port_is_emptied_and_stays() -> None:
    assert after(PORT, ("default interface GigabitEthernet0/1",))[0] == "interface GigabitEthernet0/1\n"


def test_a_loopback_goes_as_a_whole() -> None:
    assert after("interface Loopback0\n description x\n" + PORT, ("no interface Loopback0",))[0] == PORT


@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("switchport trunk allowed vlan add 30", "10-20,30"),
        ("switchport trunk allowed vlan remove 12-13", "10-11,14-20"),
        ("switchport trunk allowed vlan 5", "5"),
    ],
)
def test_a_list_of_vlans_grows_shrinks_and_is_overwritten(command: str, left: str) -> None:
    running = "interface GigabitEthernet0/1\n switchport trunk allowed vlan 10-20\n"
    text, _ = after(running, ("interface GigabitEthernet0/1", command))
    assert text == running.replace("10-20", left)


def test_one_of_a_range_of_vlans_goes() -> None:
    assert after("vlan 10-12\n name users\n", ("no vlan 11",))[0] == ("vlan 10\n name users\nvlan 12\n name users\n")


def test_a_shutdown_is_taken_back_by_its_negation_and_nothing_is_left() -> None:
    running = PORT + " shutdown\n"
    assert after(running, ("interface GigabitEthernet0/1", "no shutdown"))[0] == PORT


def test_what_is_on_by_default_shows_when_it_is_off() -> None:
    assert after("hostname a\n", ("no ip domain lookup",))[0] == "hostname a\nno ip domain lookup\n"
    assert after("hostname a\nno ip domain lookup\n", ("ip domain lookup",))[0] == "hostname a\n"


def test_one_line_of_a_sequence_goes_or_all_of_them() -> None:
    running = "access-list 10 permit 192.0.2.1\naccess-list 10 permit 192.0.2.2\n"
    assert after(running, ("no access-list 10 permit 192.0.2.1",))[0] == "access-list 10 permit 192.0.2.2\n"
    assert after(running, ("no access-list 10",))[0] == ""


def test_unknown_lines_are_kept_and_taken_away_as_they_stand() -> None:
    assert after("frobnicate 1\n", ("no frobnicate 1",))[0] == ""
    assert after("", ("frobnicate 2",), ("no gadget",))[0] == "frobnicate 2\nno gadget\n"
    assert after("no gadget\n", ("default gadget",))[0] == ""


def test_the_given_tree_is_left_alone() -> None:
    tree = ENGINE.parse(PORT)
    ENGINE.apply(tree, [Command(("interface GigabitEthernet0/1",), "no description")])
    assert render(tree) == PORT


def test_new_lines_are_written_as_the_text_writes_them() -> None:
    running = "router bgp 1\r\n   address-family ipv4\r\n      neighbor a activate\r\n   exit-address-family\r\nend"
    text, _ = after(
        running,
        ("router bgp 1", "neighbor b remote-as 2"),
        ("router bgp 1", "address-family ipv6", "neighbor b activate"),
    )
    assert text == (
        "router bgp 1\r\n   address-family ipv4\r\n      neighbor a activate\r\n   exit-address-family\r\n"
        "   address-family ipv6\r\n    neighbor b activate\r\n   exit-address-family\r\n   neighbor b remote-as 2\r\nend\r\n"
    )
    assert [node.line for node in ENGINE.parse(text).children[0].children[1].children] == ["neighbor b activate"]


def test_what_a_statement_takes_takes_what_it_would_take_alone() -> None:
    rules = platform("""
layout: {style: indent}
statements:
  "neighbor {group} peer-group": {takes: ["neighbor * peer-group {group}"]}
  "neighbor {peer} peer-group <group>": {takes: ["neighbor {peer}"]}
""")
    running = "neighbor G peer-group\nneighbor a peer-group G\nneighbor a description x\nneighbor b description y\n"
    outcome = Engine(rules).apply(Engine(rules).parse(running), [Command((), "no neighbor G peer-group")])
    assert render(outcome.tree) == "neighbor b description y\n"


def test_a_mode_that_is_refused_while_another_one_stands_is_not_entered() -> None:
    bgp = IOS.replace('"router bgp {as}":\n', '"router bgp <as>":\n    change: rebuild\n')
    it, running = Engine(platform(bgp)), "router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n"
    said = (Command((), "router bgp 64511"), Command(("router bgp 64511",), "neighbor 192.0.2.9 remote-as 64509"))
    outcome = it.apply(it.parse(running), said)
    assert render(outcome.tree) == running
    assert outcome.ignored == list(said)
    text = it.predict(running, "no router bgp 64500\nrouter bgp 64511\n neighbor 192.0.2.9 remote-as 64509\n").text
    assert text == "router bgp 64511\n neighbor 192.0.2.9 remote-as 64509\n"


def test_a_beginning_that_ends_in_a_name_takes_away_what_defines_it() -> None:
    running = "route-map UP permit 10\nroute-map UP deny 20\nroute-map UPPER permit 10\n"
    text, ignored = after(running, ("no route-map UP",))
    assert text == "route-map UPPER permit 10\n"
    assert ignored == []
