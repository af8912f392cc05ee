"""What an interrupted push says of where things stand."""

from __future__ import annotations

from netctl.cli.pushview import Tally


def test_zones_in_flight_are_named_with_their_view_and_step() -> None:
    tally = Tally("C-000001", "resume")
    assert tally.standing() == "C-000001: nothing was touched"
    target = "gov-wan.example@internal~leaving"
    tally.take({"event": "member", "target": "ns3", "state": "done"})
    tally.take({"event": "member", "target": target, "state": "in_flight"})
    tally.take({"event": "step", "target": target, "step": "converge"})
    said = tally.standing()
    assert "1 targets done" not in said
    assert "1 target done" in said
    assert (
        "gov-wan.example (internal): names that go first (converge), which is taken back when its deadline ends" in said
    )
