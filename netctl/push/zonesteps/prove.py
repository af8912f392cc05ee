"""After a write: every server of the zone serves it, and what each of them serves is what was written (law 7)."""

from __future__ import annotations

from datetime import UTC, datetime

from netctl.checks.wait import wait_until_clean
from netctl.devices.nameserver.notes import touched_by
from netctl.devices.nameserver.signed import examine
from netctl.errors import NetctlError
from netctl.plan.zonepart import holds_after
from netctl.push.member import TOLD, StepResult, answer
from netctl.push.zonesteps.bench import ZoneBench
from netctl.push.zonesteps.write import reverted
from netctl.zones.data import ZoneData


def converge(bench: ZoneBench) -> StepResult:
    """Every server that copies the zone serves the serial of the one that writes it, or a later one, in time.

    One that a promotion still owes its turn, and that is silent, is told and not waited for.
    """
    gone = reverted(bench)
    if gone:
        return gone
    serial = bench.zone.fetch().data.serial or 0
    levels = bench.copies.level(serial, bench.deadlines.settle)
    served = [f"{level.server} serves {level.serial} after {level.seconds:.1f} s" for level in levels]
    away = set(bench.owed).difference(level.server for level in levels)
    served += [f"{each} is away since another primary was promoted" for each in sorted(away)]
    return answer("ok", notes={TOLD: ["; ".join([f"{_writer(bench)} serves {serial}", *served])]})


def verify(bench: ZoneBench) -> StepResult:
    """What was written is what is served: where it was written, with signatures that hold, and on every copy."""
    gone = reverted(bench)
    if gone:
        return gone
    told: list[str] = []

    def look() -> list[str]:
        told.clear()
        try:
            return _here(bench, told) or _elsewhere(bench, told)
        except NetctlError as error:
            return [str(error)]

    problems = wait_until_clean(look, bench.deadlines.settle, clock=bench.clock, pause=bench.pause)
    return answer("failed", *problems) if problems else answer("ok", notes={TOLD: ["; ".join(told)]})


def _here(bench: ZoneBench, told: list[str]) -> list[str]:
    data = bench.zone.fetch().data
    if not holds_after(data, bench.wanted):
        return [f"{bench.target}: {_writer(bench)} does not serve what was written"]
    told.append(f"{_writer(bench)} serves what was written")
    owners = {owner for owner, _ in touched_by(bench.wanted)}
    signed = examine(data, datetime.fromtimestamp(bench.now(), UTC), owners)
    if signed is None:
        return []
    told.append("its signatures hold")
    return [f"{bench.target}: the signatures do not hold: {problem}" for problem in signed.problems[:4]]


def _elsewhere(bench: ZoneBench, told: list[str]) -> list[str]:
    """Copies that serve something else; one that lets nobody read all of it has shown its serial, and no more."""
    problems, same, closed = [], [], []
    for server, found in bench.copies.read():
        if not isinstance(found, ZoneData):
            closed.append(f"{server} lets nobody copy it ({found})")
        elif holds_after(found, bench.wanted):
            same.append(server)
        else:
            problems.append(f"{bench.target}: {server} serves serial {found.serial}, and not what was written")
    told += [f"{', '.join(same)} the same"] if same else []
    told += closed
    return problems


def _writer(bench: ZoneBench) -> str:
    return bench.zone.name.split()[0]
