"""A primary is made the one that writes: because the one that wrote is gone, or on its way back.

Nothing is done without the digest of what was shown before. Said again, it goes on from what the servers hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netctl.change.roles import permit
from netctl.change.words import refuse_reason
from netctl.control.dns.outlook import Loss, Outlook, ServerTurn, Way, ZoneSerials
from netctl.control.dns.promoting import carry_out
from netctl.control.dns.prospect import Prospect, prospect
from netctl.control.dns.survey import Surveyor
from netctl.control.dns.turning import Emit, Turning
from netctl.errors import (
    ChangesWouldBeLost,
    PromotionOutdated,
    PromotionRefused,
    UsageError,
    WordsRefused,
)
from netctl.inventory.explain import did_you_mean
from netctl.model.promotion import Promotion, PromotionStep
from netctl.push.liveness import Heartbeat, worker_name, workers_of
from netctl.settings import Settings
from netctl.store import Store

__all__ = ["Loss", "Outlook", "Promoted", "PromotionStep", "ServerTurn", "Way", "ZoneSerials", "look", "promote"]

_DRIVES = "promotion"  # what a worker says that it drives
_DIGITS = 16  # of a digest, at least
_EVERYBODY = frozenset({""})  # names are the whole network's: an organisation's role does not do


@dataclass(frozen=True, slots=True)
class Promoted:
    """How a promotion ended. `behind` are copies that were not level in time, each with the reason."""

    server: str
    former: str
    way: Way
    owed: tuple[str, ...]
    behind: tuple[tuple[str, str], ...]
    steps: tuple[PromotionStep, ...]

    @property
    def complete(self) -> bool:
        """Nobody owes anything, and everybody serves what the writer serves."""
        return not self.owed and not self.behind

    def as_dict(self) -> dict[str, Any]:
        """The result as JSON output shows it; keys are part of the command line's contract."""
        return {
            "server": self.server,
            "former": self.former,
            "way": self.way,
            "complete": self.complete,
            "owed": self.owed,
            "behind": [{"place": place, "error": error} for place, error in self.behind],
            "steps": self.steps,
        }


def look(root: Path, settings: Settings, store: Store, server: str, *, user: str) -> Outlook:
    """What making `server` the one that writes would do, and what stands against it; nothing is changed.

    Raises `NotAllowed`, `UsageError`, `SecretMissing`, and what reading the declared network raises.
    """
    _permit(store, user)
    return _prospect(Surveyor(root, settings, store), server).outlook


def promote(
    root: Path,
    settings: Settings,
    store: Store,
    server: str,
    *,
    user: str,
    digest: str,
    reason: str = "",
    losing: Collection[str] = (),
    emit: Emit = lambda _step: None,
) -> Promoted:
    """Make `server` the one that writes, as `look` showed it: `digest` is of that, 16 digits or more.

    `losing` names the zones whose changes elsewhere are given up. Killed half way, it is said again and goes on.
    Raises `PromotionRefused`, `ChangesWouldBeLost`, `PromotionOutdated`, and `PromotionStopped` where it stopped: what
    it had turned is turned back, or it says why not.
    """
    _permit(store, user)
    _refuse_beside(store)
    surveyor = Surveyor(root, settings, store)
    found = _prospect(surveyor, server)
    outlook, before = found.outlook, _latest(store)
    _require_digest(outlook, digest, before)
    if outlook.refusals:
        raise PromotionRefused("; ".join(outlook.refusals), where=server)
    if outlook.way == "handover":
        _refuse_pushes(store)
    accepted = _accepted(outlook, losing, before)
    if outlook.way == "nothing":
        return Promoted(server, outlook.former, outlook.way, (), (), ())
    with _beating(store) as worker:
        promotion = _begun(surveyor, outlook, user, reason, losing=accepted, worker=worker)
        ended = carry_out(Turning(surveyor, promotion, user, emit), found)
        with store.writing() as books:
            books.writers.finish(promotion.number, user, ended.owed)
            steps = books.writers.steps(promotion.number)
    return Promoted(server, outlook.former, outlook.way, *ended, steps)


def _permit(store: Store, user: str) -> None:
    with store.reading() as books:
        permit(books.users.get(user), "promote", _EVERYBODY)


def _prospect(surveyor: Surveyor, server: str) -> Prospect:
    primaries = surveyor.configurations.primaries
    if server not in primaries:
        hint = did_you_mean(server, primaries) or f"primaries: {', '.join(primaries) or 'none'}"
        raise UsageError(f"no primary is named {server!r}", hint=hint)
    latest = _latest(surveyor.store)
    return prospect(surveyor, server, latest, wrote=latest is not None and _wrote(surveyor.store, latest))


def _latest(store: Store) -> Promotion | None:
    with store.reading() as books:
        return books.writers.latest()


def _wrote(store: Store, promotion: Promotion) -> bool:
    """It came to write before it stopped."""
    with store.reading() as books:
        steps = books.writers.steps(promotion.number)
    return any((each.target, each.step, each.outcome) == (promotion.server, "write", "ok") for each in steps)


def _refuse_beside(store: Store) -> None:
    """Nothing, or `PromotionRefused` while a living process promotes."""
    with store.reading() as books:
        living = workers_of(books.workers.all(), _DRIVES)
    if living:
        raise PromotionRefused(f"{living[0]} promotes a server now", hint="wait until it has ended")


def _refuse_pushes(store: Store) -> None:
    """Nothing, or `PromotionRefused` while a living process pushes a change: its zones would move under it."""
    with store.reading() as books:
        workers = books.workers.all()
        under_way = [each.id for each in books.changes.all(("pushing",)) if workers_of(workers, each.id)]
    if under_way:
        hint = f"wait until it has ended, or `netctl stop {under_way[0]}`"
        raise PromotionRefused(f"{under_way[0]} is being pushed", hint=hint)


def _require_digest(outlook: Outlook, digest: str, before: Promotion | None) -> None:
    """Nothing, or why this digest does not mean what would be done now; one that was begun goes on with its own."""
    if len(digest) < _DIGITS:
        raise UsageError(f"{digest!r} is too short: {_DIGITS} digits of the digest or more")
    known = [outlook.digest, *([before.digest] if outlook.under_way and before is not None else [])]
    if not any(each.startswith(digest) for each in known):
        raise PromotionOutdated(f"{digest[:_DIGITS]} is not what it would do now", where=outlook.server)


def _accepted(outlook: Outlook, losing: Collection[str], before: Promotion | None) -> tuple[str, ...]:
    """The zones whose changes are given up; raises `ChangesWouldBeLost` for those nobody named."""
    named = {_zone_view(each) for each in losing}
    known = set(before.losing) if outlook.under_way and before is not None else set()
    if strange := sorted(named - set(outlook.losing) - known):
        would = ", ".join(outlook.losing) or "none"
        raise UsageError(f"nothing of {strange[0]} would be lost", hint=f"zones that would lose changes: {would}")
    if left := [each for each in outlook.losing if each not in named | known]:
        holders = ", ".join(dict.fromkeys(each.holder for each in outlook.losses if each.zone in left))
        words = " ".join(f"--losing-changes {each}" for each in left)
        said = f"{', '.join(left)}: {holders} has changes that {outlook.server} does not have"
        raise ChangesWouldBeLost(said, where=outlook.server, hint=f"wait for {holders}, or give them up: {words}")
    return outlook.losing


def _zone_view(word: str) -> str:
    zone, _, view = word.rpartition("@")
    return f"{zone.rstrip('.')}@{view}"


def _begun(
    surveyor: Surveyor, outlook: Outlook, user: str, reason: str, *, losing: tuple[str, ...], worker: str
) -> Promotion:
    """The promotion in the store: the one that was begun and stopped, or a new one."""
    store, before = surveyor.store, _latest(surveyor.store)
    if outlook.under_way and before is not None:
        with store.writing() as books:
            return books.writers.take_over(before.number, user, worker, before=before.worker)
    if not reason.strip():
        raise WordsRefused("a promotion needs a reason", where="reason", hint="say why: the audit log has it")
    refuse_reason(reason)
    view = surveyor.declared.servers[outlook.server].views
    declared = bool(view) and surveyor.declared.primaries(view[0])[0].name == outlook.server
    with store.writing() as books:
        if before is not None and before.state == "begun":  # of another server: it came to write, or it never will
            end = books.writers.finish if outlook.former == before.server else books.writers.give_up
            end(before.number, user)
        told = {"user": user, "reason": reason, "digest": outlook.digest, "worker": worker}
        former = outlook.former
        return books.writers.begin(outlook.server, former, as_declared=declared, losing=losing, **told)


@contextmanager
def _beating(store: Store) -> Iterator[str]:
    """While it promotes, others hear of this process."""
    name = worker_name()
    heart = Heartbeat(store, name, lambda: _DRIVES)
    heart.start()
    try:
        yield name
    finally:
        heart.stop()
