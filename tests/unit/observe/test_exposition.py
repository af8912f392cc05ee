"""What Prometheus reads of routers: its own parser understands it, and nothing is said that was not seen."""

from __future__ import annotations

from dataclasses import replace

from outages import world
from prometheus_client.parser import text_string_to_metric_families

from netctl.model.health import Clock, Health, Interface, Observation, Session
from netctl.model.watch import Rate, Reason, Standing
from netctl.observe.exposition import exposition, label

NETWORK, TOPOLOGY, _ = world()
AT, EARLIER = "2026-11-22T03:00:00.000000Z", "2026-11-22T02:00:00.000000Z"
SEEN = Observation(
    Health("rivers-hq-r1", (Session("bgp", "3fff:400::1", "Idle", False, 6), Session("bfd", "x", "up", True)), ()),
    (Interface("wan0", True, 1000, 10, 20, 1, None, None, 4),),
    0.25,
    None,
    Clock(False, "", None, None),
    '8.4 "of the house"',
    60.0,
)
STANDING = Standing(
    "rivers-hq-r1",
    "degraded",
    EARLIER,
    AT,
    AT,
    (Reason("WATCH-BGP", "routing", "medium", "a", ""), Reason("WATCH-BGP", "routing", "medium", "b", "")),
    SEEN.version,
    "drifted",
    3,
    AT,
    None,
    SEEN,
    (Rate("wan0", 8.0, None),),
)


def samples(*standings: Standing) -> dict[str, dict[str, float]]:
    """Family → what sets one sample apart from the others → value."""
    found: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families("".join(exposition(NETWORK, TOPOLOGY, standings))):
        for sample in family.samples:
            labels = {name: value for name, value in sample.labels.items() if name != "device"}
            found.setdefault(family.name, {})[" ".join(labels.values())] = sample.value
    return found


def test_a_router_that_was_seen_tells_all_it_showed() -> None:
    found = samples(STANDING)
    assert found["netctl_device_up"] == {"rivers-hq rivers": 1}
    assert found["netctl_device_degraded"] == {"": 1}
    assert found["netctl_device_reasons"] == {"WATCH-BGP": 2}
    assert found["netctl_device_info"] == {'frr ce 8.4 "of the house"': 1}
    assert found["netctl_device_sessions"] == {"up": 1, "down": 1}
    assert found["netctl_sessions"] == {"bgp down": 1, "bfd up": 1}
    assert found["netctl_interface_bytes"] == {"wan0 receive": 10, "wan0 transmit": 20}
    assert found["netctl_interface_errors"] == {"wan0 receive": 1}
    assert found["netctl_interface_dropped"] == {"wan0 transmit": 4}
    assert found["netctl_interface_bits_per_second"] == {"wan0 receive": 8}
    assert found["netctl_clock_synchronised"] == {"": 0}
    assert found["netctl_device_drift_lines"] == {"": 3}
    assert "netctl_device_memory_ratio" not in found
    assert "netctl_clock_offset_seconds" not in found


def test_a_router_that_does_not_answer_tells_that_and_not_what_it_showed_before() -> None:
    found = samples(replace(STANDING, state="down", seen_at=EARLIER, rates=()))
    assert found["netctl_device_up"] == {"rivers-hq rivers": 0}
    assert found["netctl_device_seen_timestamp_seconds"] == {"": 1795312800}
    assert not [family for family in found if family.startswith(("netctl_interface", "netctl_sessions", "netctl_line"))]


def test_a_router_that_never_answered_or_is_no_longer_declared_is_left_out() -> None:
    assert exposition(NETWORK, TOPOLOGY, [replace(STANDING, state="unknown")]) == ("", "")
    assert exposition(NETWORK, TOPOLOGY, [replace(STANDING, target="gone-r1")]) == ("", "")


def test_no_family_is_in_both_parts_and_ports_are_only_in_the_second() -> None:
    usual, rest = (
        {family.name for family in text_string_to_metric_families(text)}
        for text in exposition(NETWORK, TOPOLOGY, [STANDING])
    )
    assert usual.isdisjoint(rest)
    assert usual >= {"netctl_device_up", "netctl_device_sessions", "netctl_line_up", "netctl_line_bits_per_second"}
    assert {family for family in rest if family.startswith("netctl_interface")}
    assert not {family for family in usual if family.startswith("netctl_interface")}


def test_a_line_is_told_once_in_the_names_of_its_first_end_and_is_down_where_either_end_says_so() -> None:
    line = TOPOLOGY.lines["rivers-hq:1"]
    ends = []
    for device, up in ((line.a, True), (line.b, False)):
        (port,) = (port for (name, port), those in TOPOLOGY.by_port.items() if (name, those) == (device, line.id))
        seen = SEEN._replace(interfaces=(Interface(port, up, 1000),))
        ends.append(replace(STANDING, target=device, observation=seen, rates=(Rate(port, 5.0, 7.0),)))
    found = samples(*ends)
    assert found["netctl_line_up"] == {"rivers-hq:1": 0}
    assert found["netctl_line_bits_per_second"] == {"rivers-hq:1 receive": 5, "rivers-hq:1 transmit": 7}
    assert samples(ends[0])["netctl_line_up"] == {"rivers-hq:1": 1}


def test_a_router_without_drift_or_reasons_needs_no_series_for_them() -> None:
    found = samples(replace(STANDING, drift="none", drift_lines=0, reasons=(), state="up"))
    assert not found.keys() & {"netctl_device_drift_lines", "netctl_device_reasons"}


def test_labels_hold_whatever_routers_say() -> None:
    assert label('a\\b"c\nd') == 'a\\\\b\\"c\\nd'
