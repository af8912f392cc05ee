"""Problems: what is wrong now and since when, what was changed just before, who knows of it, what makes no noise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from netctl import inventory
from netctl.change.roles import Step, reach, reaches
from netctl.change.words import refuse_reason
from netctl.errors import SilenceInvalid, SilentReasonMissing, UnknownProblem, UnknownSilence
from netctl.model.change import ChangeState
from netctl.model.moments import read_moment, stamp
from netctl.model.network import Network
from netctl.model.watch import Problem, ProblemState, Silence
from netctl.settings import Settings
from netctl.store import Books, Store
from netctl.store.silences import EVERYTHING

SILENCED_AT_MOST = timedelta(days=30)
_BEFORE = timedelta(hours=1)
_STEP: Step = "acknowledge"

Reach = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A change that touched routers in the hour before a problem began; `touched` are those that show the problem."""

    change: str
    title: str
    author: str
    state: ChangeState
    at: str
    touched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One problem, the routers that show it, and what was changed just before it began: those on its routers first.

    `reach` says whose routers the user may look at; `None` for everybody's.
    """

    problem: Problem
    targets: tuple[str, ...]
    suspects: tuple[Suspect, ...]
    reach: Reach


def listing(
    store: Store, *, user: str, state: ProblemState | Literal[""] = "open", most: int = 1000, before: str = ""
) -> tuple[Problem, ...]:
    """Problems within the user's reach, without their symptoms.

    Open ones are the worst and oldest first, all of them; others the newest first, at most `most`, after `before`.
    """
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        if state == "open":
            return books.problems.open(organisations=seen)
        return books.problems.all(state, most=most, before=before, organisations=seen)


def show(store: Store, problem: str, *, user: str) -> ProblemView:
    """One problem; raises `UnknownProblem`, also for one that is none of the user's business."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        found = _get(books, problem, seen)
        targets = books.problems.targets(found.id)
        return ProblemView(found, targets, _suspects(books, found, targets, seen), seen)


def acknowledge(store: Store, problem: str, *, user: str, reason: str) -> Problem:
    """The problem with the user's word on it; raises `UnknownProblem`, `ProblemOver` or `SilentReasonMissing`."""
    _refuse_empty(reason)
    with store.writing() as books:
        found = _get(books, problem, reach(books.users.get(user), _STEP))
        return books.problems.acknowledge(found.id, user=user, reason=reason.strip())


def declared(root: Path, settings: Settings) -> Network:
    """The declared network, for whoever does not hold it in memory: silences are about what is declared."""
    return inventory.load(root, cache=settings.home / "cache")


def silence(
    store: Store, network: Network, subject: str, code: str = EVERYTHING, *, user: str, reason: str, until: str
) -> Silence:
    """No noise about `subject` (a router, a site, a line, or ``*``) and `code` until `until`, a moment of RFC 3339.

    Raises `SilenceInvalid` for what is not declared or ends later than in 30 days, `SilentReasonMissing`, and
    `SilenceInvalid` as well for what is outside of the user's reach.
    """
    _refuse_empty(reason)
    with store.writing() as books:
        seen = reach(books.users.get(user), _STEP)
        end = _end(books, until)
        owner = _owner(network, books, subject)
        if owner is None or not reaches(seen, frozenset((owner,))):
            raise SilenceInvalid(f"{subject!r} is nothing that you could silence", where="subject")
        if code != EVERYTHING and not code.startswith("WATCH-"):
            raise SilenceInvalid(
                f"{code!r} is not the code of a problem", where="code", hint="such as WATCH-DRIFT or *"
            )
        return books.silences.add(subject, code, user=user, reason=reason.strip(), until=end)


def silences(store: Store, network: Network, *, user: str) -> tuple[Silence, ...]:
    """Silences about what is within the user's reach, the newest first; those that are over as well."""
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        return tuple(each for each in books.silences.all() if _sees(network, books, seen, each))


def one_silence(store: Store, network: Network, silence: str, *, user: str) -> Silence:
    """One silence; raises `UnknownSilence`, also for one that is none of the user's business."""
    with store.reading() as books:
        return _silence(network, books, reach(books.users.get(user), "show"), silence)


def end_silence(store: Store, network: Network, silence: str, *, user: str, reason: str) -> Silence:
    """The silence, ended now; raises `UnknownSilence` or `SilenceOver`."""
    refuse_reason(reason)
    with store.writing() as books:
        seen = reach(books.users.get(user), _STEP)
        found = _silence(network, books, seen, silence)
        return books.silences.end(found.id, user=user, reason=reason.strip())


def _get(books: Books, problem: str, seen: Reach) -> Problem:
    found = books.problems.get(problem)
    if not reaches(seen, frozenset((found.organisation,))):
        raise UnknownProblem(f"there is no problem {found.id}")
    return found


def _silence(network: Network, books: Books, seen: Reach, silence: str) -> Silence:
    found = books.silences.get(silence)
    if not _sees(network, books, seen, found):
        raise UnknownSilence(f"there is no silence {silence!r}")
    return found


def _suspects(books: Books, problem: Problem, targets: Collection[str], seen: Reach) -> tuple[Suspect, ...]:
    since = stamp(read_moment(problem.opened_at) - _BEFORE)
    touched: dict[str, set[str]] = {}
    for trace in books.traces.of(targets, most=500):
        if since <= trace.at <= problem.opened_at:
            touched.setdefault(trace.change, set()).add(trace.target)
    found = [
        Suspect(
            trace.change, trace.title, trace.author, trace.state, trace.at, tuple(sorted(touched.get(trace.change, ())))
        )
        for trace in books.traces.between(since, problem.opened_at)
        if seen is None or reaches(seen, books.plans.organisations(trace.digest))
    ]
    return tuple(sorted(found, key=lambda suspect: not suspect.touched))


def _refuse_empty(reason: str) -> None:
    refuse_reason(reason)
    if not reason.strip():
        raise SilentReasonMissing("there is no reason", where="reason")


def _end(books: Books, until: str) -> str:
    now = books.now()
    try:
        moment = read_moment(until)
    except ValueError as error:
        raise SilenceInvalid(str(error), where="until", hint="write it like 2026-11-23T08:00:00+09:00") from error
    if not now < moment <= now + SILENCED_AT_MOST:
        raise SilenceInvalid(f"{until} is not within the next {SILENCED_AT_MOST.days} days", where="until")
    return stamp(moment)


def _owner(network: Network, books: Books, subject: str) -> str | None:
    """Whose a silence's subject is: "" for the backbone and for everything, `None` for what there is not."""
    site = subject if subject in network.sites else subject.partition(":")[0]
    if subject in network.devices:
        return network.organisation_of(subject)
    if subject == site and site in network.sites:
        return network.sites[site].organisation
    if site in network.sites and any(subject == f"{site}:{line.position}" for line in network.sites[site].lines):
        return network.sites[site].organisation
    if subject == EVERYTHING or any(subject == link.id for link in network.backbone):
        return ""
    return next((each.organisation for each in books.problems.about(subject, 1000) if each.subject == subject), None)


def _sees(network: Network, books: Books, seen: Reach, silence: Silence) -> bool:
    return seen is None or reaches(seen, frozenset((_owner(network, books, silence.subject) or "",)))
