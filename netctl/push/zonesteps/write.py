"""A zone is read, written and confirmed: each step looks first at what it holds, and at the write in the store."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.model.zonewrites import ZoneWrite
from netctl.plan.zonepart import changed, content_digest, holds_after, holds_before, unnumbered
from netctl.push.member import TOLD, StepResult, answer
from netctl.push.names import token
from netctl.push.zonesteps.bench import ZoneBench
from netctl.services.dns.rules.limits import exceeded
from netctl.zones.data import MADE_BY_SERVER, ZoneData

TOKEN = "token"  # noqa: S105  the name of a note, under which `apply` leaves the token of its write


def running_check(bench: ZoneBench) -> StepResult:
    """The zone holds exactly what the plan was made against, nobody writes to it, and no limit is passed (law 4).

    Serials and what signing adds may have moved. ``already`` where it holds what is intended, or what follows from it
    in the same change (law 10).
    """
    waiting = bench.zone.pending()
    if waiting is not None:
        return answer("failed", f"{bench.target}: a write of {waiting.owner} waits for confirmation ({waiting.token})")
    data = bench.zone.fetch().data
    if content_digest(data) == bench.share.running_digest:
        beyond = list(_beyond(bench, data))
        return answer("failed", *beyond) if beyond else answer("ok", notes={TOLD: [f"serial {data.serial}"]})
    if bench.share.done_in(data) or (bench.later is not None and bench.later.done_in(data)):
        return answer("already")
    return answer("failed", f"{bench.target}: {_moved(bench, data)}")


def apply(bench: ZoneBench) -> StepResult:
    """Write the difference under a token, to be taken back by the watchdog unless it is confirmed (law 3).

    A write that was found whole is left as it is; one that its process left half way is taken back first.
    """
    stranger = bench.stranger()
    if stranger is not None:
        return answer("failed", f"{bench.target}: a write of {stranger.owner} waits for confirmation")
    number, write = bench.last_write()
    if write is not None and write.state == "applied":
        return answer("ok", notes={TOKEN: [write.token], TOLD: ["it was written already"]})
    if write is not None and write.state == "begun":
        bench.zone.roll_back(write.token)
    data = bench.zone.fetch().data
    if content_digest(data) != bench.share.running_digest:
        return answer("failed", f"{bench.target}: {_moved(bench, data)}")
    staged = bench.zone.stage(changed(data, bench.wanted))
    if unnumbered(staged) != unnumbered(bench.wanted):
        return answer("failed", f"{bench.target}: what would be written is not what the plan says: plan again")
    name = token(bench.change, bench.target, number + 1)
    bench.zone.commit(name, bench.deadlines.confirm)
    told = f"{bench.wanted.records_removed} records gone, {bench.wanted.records_added} come"
    return answer("ok", notes={TOKEN: [name], TOLD: [told]})


def confirm(bench: ZoneBench) -> StepResult:
    """The write stays, where the zone still holds it; one that is confirmed already was confirmed before a crash."""
    gone = reverted(bench)
    if gone:
        return gone
    write = written(bench)
    if not holds_after(bench.zone.fetch().data, bench.wanted):
        return answer("failed", f"{bench.target}: somebody changed what was written before it was confirmed")
    if write is not None and write.state == "applied":
        bench.zone.confirm(write.token)
    return answer("ok")


def release(bench: ZoneBench) -> StepResult:
    """The zone holds what is intended, and no write waits: the member is done."""
    waiting = bench.stranger()
    write = written(bench)
    data = bench.zone.fetch().data
    if holds_after(data, bench.wanted) and (write is None or write.state == "confirmed"):
        beside = f", and {waiting.owner} writes to it now" if waiting else ""
        return answer("ok", notes={TOLD: [f"serial {data.serial}{beside}"]})
    return answer("failed", f"{bench.target}: it does not hold what is intended at the end of its change")


def written(bench: ZoneBench) -> ZoneWrite | None:
    """The write of this attempt, as the store knows it now."""
    noted = bench.memory.get("apply")
    names = noted["notes"].get(TOKEN, []) if noted else []
    return bench.written(names[0]) if names else None


def reverted(bench: ZoneBench) -> StepResult | None:
    """An answer where the write of this attempt does not stand any more."""
    write = written(bench)
    if write is not None and write.state in {"applied", "confirmed"}:
        return None
    if write is not None and write.state == "taken_back":
        return answer("reverted", f"{bench.target}: its deadline passed, and the write was taken back")
    state = write.state.replace("_", " ") if write else "not in the store"
    return answer("failed", f"{bench.target}: the write of this change is {state}")


def _beyond(bench: ZoneBench, data: ZoneData) -> Iterator[str]:
    """Limits of the policy that the difference passes, and the plan does not speak of."""
    if bench.allowed is None:
        return
    held = sum(len(rrset.rdatas) for key, rrset in data.rrsets.items() if key[1] not in MADE_BY_SERVER)
    for limit in exceeded(bench.wanted, held, bench.allowed):
        yield f"{bench.target}: {limit.message}; the plan would have to say `{limit.needed}` ({limit.rule})"


def _moved(bench: ZoneBench, data: ZoneData) -> str:
    touched = "" if holds_before(data, bench.wanted) else ", and names that this change touches are among what differs"
    return (
        f"it holds other records than when the plan was made (serial {data.serial}, {content_digest(data)[:12]}, "
        f"planned against {bench.share.running_digest[:12]}){touched}: plan again"
    )
