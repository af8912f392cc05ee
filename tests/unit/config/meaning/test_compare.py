"""What differs by meaning, and what only looks different."""

from __future__ import annotations

import pytest

from netctl.config.engine import Engine
from netctl.config.views import changes
from unit.config.platforms import IOS, JUNOS, platform

ENGINE = Engine(platform(IOS))
EXTENDED = """
    "switchport trunk allowed vlan add <vlans:numbers>": {key: switchport trunk allowed vlan, extends: true}
"""


def told(running: str, intended: str, engine: Engine = ENGINE) -> list[tuple[str, str, str]]:
    """Each change as its sign, its path and its line."""
    pairs = engine.differences(engine.parse(running), engine.parse(intended))
    return [(change.op, " > ".join(change.path), change.line) for change in changes(pairs)]


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        ("interface Gi0/1\n description x\n", "interface GigabitEthernet0/1\n description x\n"),
        ("interface Gi0/1\n no shutdown\n no ip address\n", "interface Gi0/1\n"),
        ("ip domain lookup\nhostname a\n", "hostname a\n"),
        ("vlan 10-12\n", "vlan 10\nvlan 12\nvlan 11\n"),
        (
            "interface Gi0/1\n switchport trunk allowed vlan 1-3\n",
            "interface Gi0/1\n switchport trunk allowed vlan 3,1,2\n",
        ),
        ("hostname a\nfoo\n", "foo\n!\nhostname a\n"),
        ("interface Gi0/1\n a\n!\ninterface Gi0/1\n b\n", "interface Gi0/1\n b\n a\n"),
        ("username op secret 0 word\n", "username op secret word\n"),
    ],
)
def test_what_means_the_same_is_no_difference(running: str, intended: str) -> None:
    assert told(running, intended) == []
    assert told(intended, running) == []


def test_a_value_goes_and_comes_in_its_section() -> None:
    assert told("interface Gi0/1\n description x\n", "interface Gi0/1\n description y\n") == [
        ("remove", "interface Gi0/1", "description x"),
        ("add", "interface Gi0/1", "description y"),
    ]


def test_a_section_comes_with_every_line_of_it() -> None:
    assert told("", "router bgp 1\n address-family ipv4\n  neighbor a activate\n") == [
        ("add", "", "router bgp 1"),
        ("add", "router bgp 1", "address-family ipv4"),
        ("add", "router bgp 1 > address-family ipv4", "neighbor a activate"),
    ]


def test_what_is_off_where_it_was_on_is_one_change() -> None:
    assert told("interface Gi0/1\n shutdown\n", "interface Gi0/1\n no shutdown\n") == [
        ("remove", "interface Gi0/1", "shutdown"),
    ]


def test_the_order_of_an_access_list_is_a_difference_in_either_form() -> None:
    assert told(
        "ip access-list extended A\n permit a\n deny b\n", "ip access-list extended A\n deny b\n permit a\n"
    ) == [
        ("move", "ip access-list extended A", "deny b"),
    ]
    assert {
        op
        for op, _, _ in told(
            "access-list 1 permit a\naccess-list 1 deny b\n", "access-list 1 deny b\naccess-list 1 permit a\n"
        )
    } == {"move"}


def test_an_entry_in_the_middle_is_one_line() -> None:
    old = "ip access-list extended A\n permit a\n permit b\n"
    assert told(old, old.replace(" permit b", " deny x\n permit b")) == [("add", "ip access-list extended A", "deny x")]


def test_a_secret_that_changes_is_a_difference() -> None:
    assert told("username op secret word\n", "username op secret other\n") == [
        ("remove", "", "username op secret word"),
        ("add", "", "username op secret other"),
    ]


def test_lines_of_a_curly_text_keep_their_sections() -> None:
    engine = Engine(platform(JUNOS))
    old = "system {\n    host-name a;\n    services {\n        ssh;\n    }\n}\n"
    assert told(old, old.replace("ssh;", "ssh;\n        netconf;"), engine) == [("add", "system > services", "netconf")]
    assert told(old, "set system host-name b\nset system services ssh\n", engine) == [
        ("remove", "system", "host-name a"),
        ("add", "", "set system host-name b"),
    ]


def test_sections_that_nest_deeper_than_calls_can_are_compared() -> None:
    deep = "".join(f"{' ' * depth}level {depth}\n" for depth in range(600))
    engine = Engine(platform(IOS))
    (pair,) = engine.differences(engine.parse(deep), engine.parse(deep.replace("level 599", "end")))
    depth = 1
    while pair.below:
        pair, depth = pair.below[-1], depth + 1
    assert depth == 600


@pytest.mark.parametrize(
    ("running", "intended"),
    [
        (
            "access-list 10 permit a\naccess-list 10 deny b\naccess-list 10 permit a\n",
            "access-list 10 permit a\naccess-list 10 deny b\n",
        ),
        ("interface Gi0/1\n switchport trunk allowed vlan add 10\n", "interface Gi0/1\n"),
        (
            "interface Gi0/1\n switchport trunk allowed vlan none\n switchport trunk allowed vlan add 10\n",
            "interface Gi0/1\n switchport trunk allowed vlan 10\n",
        ),
        (
            "interface Gi0/1\n switchport trunk allowed vlan all\n switchport trunk allowed vlan add 10\n",
            "interface Gi0/1\n switchport trunk allowed vlan all\n",
        ),
        (
            "ip access-list extended A\n permit a\n deny b\n permit a\n",
            "ip access-list extended A\n permit a\n deny b\n",
        ),
    ],
)
def test_what_adds_nothing_to_what_was_said_means_nothing(running: str, intended: str) -> None:
    it = Engine(
        platform(IOS.replace("change: swap, inside: {}", 'change: swap, inside: {"permit|deny {what}": }') + EXTENDED)
    )
    assert told(running, intended, it) == []
    assert told(intended, running, it) == []
    remedy = it.remedy(it.parse(""), it.parse(running))
    assert (len(set(remedy.commands)), remedy.hazards) == (len(remedy.commands), ())


def test_two_words_for_one_identity_are_one_statement() -> None:
    it = Engine(platform('layout: {style: indent}\nstatements: {"hostname|switchname <name>": {key: hostname}}\n'))
    assert told("switchname a\n", "hostname b\n", it) == [("remove", "", "switchname a"), ("add", "", "hostname b")]
    assert it.predict("switchname a\n", "hostname b\n").text == "hostname b\n"
    assert it.predict("switchname a\n", "no switchname a\n").text == ""
