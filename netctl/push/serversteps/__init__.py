"""The acts behind the step names of a name server: functions from a `ServerBench` to a `StepResult`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from netctl.push.member import StepResult
from netctl.push.names import ROLL_BACK
from netctl.push.serversteps.before import mate_check, running_check
from netctl.push.serversteps.bench import ServerBench
from netctl.push.serversteps.write import apply, read_back, verify
from netctl.push.steps.before import identity
from netctl.push.steps.confirm import confirm_intended, release
from netctl.push.steps.roll_back import roll_back

SERVER_ACTS: Mapping[str, Callable[[ServerBench], StepResult]] = {
    "mate-check": mate_check,
    "identity": identity,
    "running-check": running_check,
    "apply": apply,
    "read-back": read_back,
    "verify": verify,
    "confirm": confirm_intended,
    "release": release,
    ROLL_BACK: roll_back,
}
