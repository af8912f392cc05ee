"""The acts behind the step names: functions from a `Bench` to a `StepResult`, each beginning with a look (law 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netctl.push.bench import Bench
from netctl.push.member import StepResult
from netctl.push.names import ROLL_BACK
from netctl.push.steps.before import identity, mate_check, running_check
from netctl.push.steps.confirm import confirm, release, undrain_confirm
from netctl.push.steps.drain import drain, drained_check
from netctl.push.steps.roll_back import roll_back
from netctl.push.steps.verify import read_back, undrain_verify, verify
from netctl.push.steps.write import apply, undrain

ACTS: Mapping[str, Callable[[Bench], StepResult]] = {
    "mate-check": mate_check,
    "identity": identity,
    "running-check": running_check,
    "drain": drain,
    "drained-check": drained_check,
    "apply": apply,
    "read-back": read_back,
    "verify": verify,
    "confirm": confirm,
    "undrain": undrain,
    "undrain-verify": undrain_verify,
    "undrain-confirm": undrain_confirm,
    "release": release,
    ROLL_BACK: roll_back,
}
