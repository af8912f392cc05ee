"""Take a zone back to what it was before the change, or say that nobody knows: what others wrote since stays theirs."""

from __future__ import annotations

from netctl.errors import DeviceError, NetctlError, OutcomeUnknown, StoreError
from netctl.model.zonewrites import OPEN
from netctl.plan.zonepart import changed, holds_after, holds_before
from netctl.push.member import StepResult, answer
from netctl.push.names import token
from netctl.push.zonesteps.bench import ZoneBench


def roll_back(bench: ZoneBench) -> StepResult:
    """``ok``: nothing of the change is left in the zone. ``unknown``: that cannot be told, or could not be done.

    A server that cannot be reached is asked again for as long as a router would be. A write that stays open then is
    taken back by the watchdog.
    """
    ends = bench.clock() + bench.deadlines.patience
    while True:
        try:
            return _take_back(bench)
        except StoreError:
            raise
        except OutcomeUnknown as error:
            return answer("unknown", f"{bench.target}: {error}")
        except DeviceError as error:
            last = f"{bench.target} could not be read: {error}"
        except NetctlError as error:
            last = f"{bench.target} could not be taken back: {error}"
        if bench.clock() >= ends:
            return answer("unknown", last)
        bench.pause(1.0)


def _take_back(bench: ZoneBench) -> StepResult:
    number, write = bench.last_write()
    if write is not None and write.state in OPEN:
        bench.zone.roll_back(write.token)
        number, write = bench.last_write()
    data = bench.zone.fetch().data
    if holds_before(data, bench.wanted):
        return answer("ok")
    if holds_after(data, bench.wanted) and write is not None:
        _restore(bench, number + 1)
        if holds_before(bench.zone.fetch().data, bench.wanted):
            return answer("ok")
    if write is None or write.state in {"taken_back", "refused"}:
        return answer("ok", "nothing of this change is left in it; what somebody else wrote stays")
    return answer("unknown", f"{bench.target}: it holds neither what was before the change nor what the change wrote")


def _restore(bench: ZoneBench, number: int) -> None:
    """Write the inverse, for a change that was confirmed and failed after."""
    name = token(bench.change, bench.target, number)
    bench.zone.stage(changed(bench.zone.fetch().data, bench.wanted.taken_back()))
    bench.zone.commit(name, bench.deadlines.confirm)
    bench.zone.confirm(name)
