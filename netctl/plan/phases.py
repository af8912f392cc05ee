"""What comes when in a plan of routers, name servers and zones, in words a person can be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from netctl.model.places import zone_target
from netctl.model.plan import Plan

Phase = Literal["servers", "leaving", "routers", "coming", "names"]
"""`leaving` and `coming` are names before and after the routers; `names` are those of a plan without routers."""


def phases(plan: Plan) -> Mapping[str, Phase]:
    """Which part of the order each target is in."""
    after: Phase = "coming" if any(target.kind == "router" for target in plan.targets) else "names"
    found: dict[str, Phase] = {}
    for target in plan.targets:
        zone = zone_target(target.target) if target.kind == "zone" else None
        if zone is not None:
            found[target.target] = "leaving" if zone.leaving else after
        else:
            found[target.target] = "servers" if target.kind == "server" else "routers"
    return found
