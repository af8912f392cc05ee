"""What Prometheus reads of routers: its own parser understands it, and nothing is said that was not seen."""

from __future__ import annotations

from dataclasses import replace

from networks import reference
from prometheus_client.parser import text_string_to_metric_families

from netctl.model.health import Clock, Health, Interface, Observation, Session
from netctl.model.watch import Rate, Reason, Standing
from netctl.observe.exposition import exposition, label

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
    for family in text_string_to_metric_families(exposition(reference(), standings)):
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
    assert not [family for family in found if family.startswith(("netctl_interface", "netctl_sessions"))]


def test_a_router_that_never_answered_or_is_no_longer_declared_is_left_out() -> None:
    assert exposition(reference(), [replace(STANDING, state="unknown")]) == ""
    assert exposition(reference(), [replace(STANDING, target="gone-r1")]) == ""


def test_labels_hold_whatever_routers_say() -> None:
    assert label('a\\b"c\nd') == 'a\\\\b\\"c\\nd'
