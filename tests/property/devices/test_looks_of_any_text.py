"""Whatever a box prints, a look at it is an observation or is told to be malformed."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.devices import operational, seen
from netctl.devices.look import COMMANDS, VERSION, Look
from netctl.errors import ReplyMalformed

KEYS = st.sampled_from(
    ["ipv4Unicast", "peers", "state", "areas", "circuits", "adj", "interface", "vrid", "v4", "addresses", "status",
     "ifname", "flags", "stats64", "rx", "bytes", "peer"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["up", "Established", "Master", "wan0", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
TEXTS = VALUES.map(json.dumps) | st.text(max_size=40) | st.sampled_from(["", "{}", "[]"])
BOX = ("links", "speeds", "load", "processors", "memory", "uptime", "first_process", "clock", "kernel")


@given(st.fixed_dictionaries(dict.fromkeys(COMMANDS, TEXTS)), st.dictionaries(st.sampled_from(BOX), TEXTS))
@settings(max_examples=200)
def test_a_look_is_understood_or_told(frr, box):
    try:
        found = seen.by_shell("rx-1", Look(frr, box))
    except ReplyMalformed as error:
        assert error.where == "rx-1"
        return
    assert found.health.target == "rx-1"
    assert all(share is None or 0 <= share <= 1 for share in (found.cpu, found.memory))
    assert found.uptime is None or found.uptime >= 0


@given(TEXTS)
@settings(max_examples=100)
def test_ports_alone_are_understood_or_told(links):
    quiet = {command: "" for command in (*operational.HEALTH_COMMANDS, VERSION)}
    try:
        ports = seen.by_shell("rx-1", Look(quiet, {"links": links})).interfaces
    except ReplyMalformed:
        return
    assert all(port.name for port in ports)
