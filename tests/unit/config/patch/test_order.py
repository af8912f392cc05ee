"""What is said before what."""

from __future__ import annotations

from unit.config.patch.patches import codes, patched, rules

BOUND = rules("""
    "acl {name}": {defines: "acl {name}", inside: {}}
    "list {name} seq {number} <entry...>": {defines: "list {name}", remove: "no list {name} seq {number}"}
    "vlan {vlans:numbers}": {defines: "vlan {vlans}", each: vlans}
    "port {name}":
      defines: "port {name}"
      inside:
        "acl in <acl>": {uses: acl <acl>}
        "list in <list>": {uses: list <list>}
        "trunk <vlans:numbers>": {uses: vlan <vlans>}
        "source <port>": {uses: port <port>}
""")


def test_a_name_is_defined_before_it_is_used() -> None:
    assert patched(BOUND, "", "port a\n text\n acl in X\nacl X\n permit") == [
        *("acl X", " permit"),
        *("port a", " text", " acl in X"),
    ]


def test_a_name_is_left_before_it_is_taken_away() -> None:
    running = "acl X\n permit\nport a\n acl in X\nport b\n acl in X"
    assert patched(BOUND, running, "port a\nport b") == [
        *("port a", " no acl in X"),
        *("port b", " no acl in X"),
        "no acl X",
    ]


def test_a_name_is_exchanged_without_a_moment_in_between() -> None:
    running, intended = "port a\n acl in X\nacl X\n permit", "port a\n acl in Y\nacl Y\n permit"
    assert patched(BOUND, running, intended) == ["acl Y", " permit", "port a", " acl in Y", "no acl X"]


def test_a_name_of_several_statements_is_used_when_all_are_said() -> None:
    intended = "port a\n list in L\nlist L seq 5 x\nlist L seq 10 y"
    assert patched(BOUND, "port a", intended) == ["list L seq 5 x", "list L seq 10 y", "port a", " list in L"]


def test_each_number_of_a_list_is_a_name() -> None:
    assert patched(BOUND, "vlan 1\nport a\n trunk 1", "port a\n trunk 2-3\nvlan 2\nvlan 3") == [
        *("vlan 2", "vlan 3"),
        *("port a", " trunk 2-3"),
        "no vlan 1",
    ]


def test_ports_that_refer_to_ports_are_said_after_them() -> None:
    lines = patched(BOUND, "", "port a\n source b\nport b\n source c\nport c")
    assert lines == ["port c", "port b", " source c", "port a", " source b"]


def test_ports_that_refer_to_each_other_are_both_said_first() -> None:
    lines = patched(BOUND, "", "port a\n source b\nport b\n source a")
    assert lines.index("port b") < lines.index(" source b")
    assert lines.index("port a") < lines.index(" source a")
    assert codes(BOUND, "", "port a\n source b\nport b\n source a") == set()


def test_a_reference_to_nothing_is_told_unless_it_was_there() -> None:
    assert codes(BOUND, "acl X", "acl X\nport a\n acl in Z") == {"HAZ-DANGLING"}
    assert codes(BOUND, "acl X\nport a\n acl in Z", "acl X\nport a\n text\n acl in Z") == set()
    assert codes(BOUND, "", "port a\n acl in Z") == set()  # nobody says what an acl is


def test_a_removal_that_leaves_users_behind_is_told() -> None:
    assert codes(BOUND, "acl X\nacl Y\nport a\n acl in X", "acl Y\nport a\n acl in X") == {"HAZ-DANGLING"}


def test_statements_stand_before_and_after_each_other_as_told() -> None:
    it = rules("""
        "alpha": {after: [gamma]}
        "beta": {order: last}
        "gamma":
        "delta": {order: first}
        "epsilon": {before: [delta]}
    """)
    intended = "beta\nalpha\ngamma\ndelta\nepsilon"
    assert patched(it, "", intended) == ["epsilon", "delta", "gamma", "alpha", "beta"]


def test_needs_that_contradict_each_other_are_told() -> None:
    it = rules('"alpha": {after: [beta]}\n"beta": {after: [alpha]}')
    assert sorted(patched(it, "", "alpha\nbeta")) == ["alpha", "beta"]
    assert codes(it, "", "alpha\nbeta") == {"HAZ-CYCLE"}


DROPPING = rules("""
    "port {name}":
      inside:
        "vrf <vrf>": {drops: [address]}
        "address <address>": {gone_first: [address * second]}
        "address {address} second": {after: [address *]}
""")


def test_what_a_command_drops_is_said_again_at_once() -> None:
    running = "port a\n vrf X\n address 2 second\n address 1\n text"
    intended = running.replace("vrf X", "vrf Y")
    assert patched(DROPPING, running, intended) == ["port a", " vrf Y", " address 1", " address 2 second"]


def test_what_a_command_drops_and_nobody_wants_is_not_taken_away() -> None:
    assert patched(DROPPING, "port a\n address 1\n address 2 second", "port a\n vrf Y\n address 3") == [
        *("port a", " vrf Y", " address 3")
    ]


def test_what_drops_others_is_said_before_them_in_a_new_section() -> None:
    assert patched(DROPPING, "", "port a\n address 1\n vrf X") == ["port a", " vrf X", " address 1"]


def test_what_must_be_gone_first_goes_first() -> None:
    assert patched(DROPPING, "port a\n address 1\n address 2 second", "port a") == [
        *("port a", " no address 2 second", " no address 1")
    ]
    assert patched(DROPPING, "port a\n address 1\n address 2 second", "port a\n address 2") == [
        *("port a", " no address 2 second", " address 2")
    ]


def test_what_goes_with_a_statement_is_not_taken_away_again() -> None:
    it = rules("""
        "router {as}":
          inside:
            "peer {peer} as <as>": {takes: ["peer {peer}"]}
            "peer {peer} policy <policy>":
            "family {name}": {inside: {"peer {peer} active": }}
    """)
    running = "router 1\n peer a as 2\n peer a policy X\n peer b as 3\n family v4\n  peer a active\n  peer b active"
    intended = "router 1\n peer b as 3\n family v4\n  peer b active"
    assert patched(it, running, intended) == ["router 1", " no peer a as 2"]
