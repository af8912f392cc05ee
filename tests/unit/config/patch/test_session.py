"""The session that says the commands is never cut by them."""

from __future__ import annotations

import pytest
from unit.config.patch.patches import codes, patched, rules

from netctl.config.commands import Session
from netctl.errors import SessionWouldBeCut

IT = rules("""
    "hostname <name>":
    "user {user} secret <secret>": {carries: "account {user}", remove: "no user {user}"}
    "port {name}":
      inside:
        "address {address:address}": {carries: "address {address}"}
        "acl <acl> in": {carries: filter <acl>}
    "line {name}": {inside: {"access <acl>": {carries: filter <acl>}}}
""")
OURS = Session(user="netop", address="2001:db8::1")


def test_the_own_secret_is_said_over_the_old_one_and_last() -> None:
    running = "user netop secret a\nuser other secret a\nhostname a"
    intended = "user netop secret b\nuser other secret b\nhostname b"
    lines = patched(IT, running, intended, OURS)
    assert lines == ["user other secret b", "hostname b", "user netop secret b"]
    assert codes(IT, running, intended, OURS) == {"HAZ-SESSION-ACCOUNT"}


def test_the_own_account_is_not_taken_away() -> None:
    with pytest.raises(SessionWouldBeCut, match="account netop") as refused:
        patched(IT, "user netop secret a\nhostname a", "hostname a", OURS)
    assert refused.value.exit_status == 5
    assert patched(IT, "user other secret a", "", OURS) == ["no user other"]


def test_the_own_address_goes_last_and_not_without_another() -> None:
    running = "port a\n address 2001:DB8::1/64\nhostname a"
    intended = "port a\n address 2001:db8::2/64\nhostname b"
    expected = ["port a", " address 2001:db8::2/64", "hostname b", "port a", " no address 2001:DB8::1/64"]
    assert patched(IT, running, intended, OURS) == expected
    assert codes(IT, running, intended, OURS) == {"HAZ-SESSION-ADDRESS"}
    with pytest.raises(SessionWouldBeCut, match="address"):
        patched(IT, running, "port a\nhostname a", OURS)
    with pytest.raises(SessionWouldBeCut, match="address"):
        patched(IT, running, "hostname a", OURS)


def test_an_address_may_move_to_another_port() -> None:
    intended = "port b\n address 2001:db8::1/64\nhostname b"
    lines = patched(IT, "port a\n address 2001:db8::1/64\nhostname a", intended, OURS)
    assert lines == ["port b", " address 2001:db8::1/64", "hostname b", "no port a"]


def test_the_filter_on_the_way_in_is_watched_and_others_are_not() -> None:
    running = (
        "port a\n address 2001:db8::1/64\n acl X in\nport b\n address 2001:db8::9/64\n acl Y in\nline v\n access Z"
    )
    assert codes(IT, running, running.replace("acl X", "acl W"), OURS) == {"HAZ-SESSION-FILTER"}
    assert codes(IT, running, running.replace("acl Y", "acl W"), OURS) == set()
    with pytest.raises(SessionWouldBeCut, match="filter Z"):
        patched(IT, running, running.replace("line v\n access Z", "line v"), OURS)


def test_where_the_session_is_not_known_whatever_may_carry_it_is_told() -> None:
    running = "user netop secret a\nport a\n address 2001:db8::1/64"
    assert codes(IT, running, running.replace("::1", "::2"), Session()) == {"HAZ-SESSION-ADDRESS"}
    assert codes(IT, running, running.replace("secret a", "secret b"), Session()) == {"HAZ-SESSION-ACCOUNT"}


def test_without_a_session_nothing_is_told_but_removals_still_go_last() -> None:
    running, intended = "port a\n address 2001:db8::1/64\nhostname a", "port a\n address 2001:db8::2/64\nhostname b"
    lines = patched(IT, running, intended)
    assert lines[-1] == " no address 2001:db8::1/64"
    assert codes(IT, running, intended) == set()
