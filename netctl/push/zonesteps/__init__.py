"""The acts behind the step names of a zone: functions from a `ZoneBench` to a `StepResult`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netctl.push.member import StepResult
from netctl.push.names import ROLL_BACK
from netctl.push.zonesteps.bench import ZoneBench
from netctl.push.zonesteps.prove import converge, verify
from netctl.push.zonesteps.roll_back import roll_back
from netctl.push.zonesteps.write import apply, confirm, release, running_check

ZONE_ACTS: Mapping[str, Callable[[ZoneBench], StepResult]] = {
    "running-check": running_check,
    "apply": apply,
    "converge": converge,
    "verify": verify,
    "confirm": confirm,
    "release": release,
    ROLL_BACK: roll_back,
}
