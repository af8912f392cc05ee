"""The order of things: the steps of one member, the members of one group, the waves of one change.

Nothing here reads a router, a clock or a database. All of it goes through a `Journal`, which remembers how each step
ended: run again after a crash with the same journal, the same steps are asked for in the same order, those that ended
are not repeated, and the rest follows. DBOS is one such journal (`netctl.push.engine`); the property tests have one
of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypedDict

from netctl.model.change import MemberState
from netctl.model.plan import TargetKind
from netctl.push.member import StepResult
from netctl.push.names import COMMITS, COURSES, ROLL_BACK, Course


class MemberEnd(TypedDict):
    """Where one member ended, and which of its sessions wait for a far end that comes later."""

    target: str
    state: MemberState
    detail: str
    awaited: list[str]


class Journal(Protocol):
    """What the order of things may ask for. Every answer is remembered; `excused` are sessions a mate may have down."""

    def kind(self, target: str) -> TargetKind:
        """What the target is; a plan says so, and nothing of it is remembered."""
        ...

    def step(self, target: str, step: str, excused: list[str]) -> StepResult: ...
    def may_go_on(self, place: str) -> str:
        """Nothing to go on, else why not: somebody asked to stop, or a member elsewhere failed."""
        ...

    def in_flight(self, target: str) -> str:
        """Mark the member as in flight; nothing, or why that is refused (safety law 1)."""
        ...

    def ended(self, end: MemberEnd) -> None:
        """Mark where the member ended."""

    def groups(self, wave: int, groups: list[tuple[str, list[str]]]) -> list[list[MemberEnd]]:
        """Change the groups of a wave side by side, never two members of one group at once."""
        ...


def change_member(journal: Journal, target: str, excused: list[str]) -> MemberEnd:
    """One member from the first check of its course to its release, or back to the state before."""
    course = COURSES[journal.kind(target)]
    refused = journal.in_flight(target)
    if refused:
        return _ended(journal, target, "untouched", refused)
    end = _attempt(journal, course, target, excused)
    if end is None:
        # The worker died and the commit was taken back by itself: the change begins anew, once.
        twice = ["its commit went back twice"]
        end = _attempt(journal, course, target, excused) or _back(journal, target, course.first[0], twice)
    journal.ended(end)
    return end


def _attempt(journal: Journal, course: Course, target: str, excused: list[str]) -> MemberEnd | None:
    """How the attempt ended; `None` where the commit was taken back while no worker looked after it."""
    for step in course.before:
        result = journal.step(target, step, excused)
        if result["outcome"] == "already":
            return _end(target, "done", "it held the intended state already; not touched")
        if result["outcome"] != "ok":
            return _end(target, "failed", f"{step}: {_told(result)}; not touched")
    committer = ""
    for step in course.first:
        result = journal.step(target, step, [])
        if result["outcome"] == "reverted" and result["worker"] != committer:
            return None
        if result["outcome"] != "ok":
            return _back(journal, target, step, result["problems"])
        if step in COMMITS:
            committer = result["worker"]
    return _under_second_token(journal, course, target)


def _under_second_token(journal: Journal, course: Course, target: str) -> MemberEnd:
    """What is left under the second token, where there is one: nothing is led away from zones and servers."""
    awaited: list[str] = []
    for attempt in (1, 2):
        committer = ""
        for step in course.second:
            result = journal.step(target, step, [])
            awaited = result["notes"].get("awaited", awaited)
            if result["outcome"] not in {"ok", "already"}:
                break
            if step in COMMITS:
                committer = result["worker"]
        else:
            break
        # Another worker found the commit gone: the one that made it died, and the timer ran out in between.
        if attempt == 2 or result["worker"] == committer:
            return _back(journal, target, step, result["problems"])
    for step in course.after:
        result = journal.step(target, step, [])
        if result["outcome"] != "ok":
            return _back(journal, target, step, result["problems"])
    return _end(target, "done", "changed and verified", awaited)


def _back(journal: Journal, target: str, step: str, problems: list[str]) -> MemberEnd:
    why = f"{step}: {'; '.join(problems)}"
    result = journal.step(target, ROLL_BACK, [])
    if result["outcome"] == "ok":
        told = "; ".join(result["problems"]) or "it holds the state before the change again"
        return _end(target, "rolled_back", f"{why}; {told}")
    return _end(target, "unknown", f"{why}; {_told(result)}")


def change_group(journal: Journal, group: str, members: Iterable[str]) -> list[MemberEnd]:
    """The members of one redundancy group, one after the other; one that does not end well is the last touched."""
    ends: list[MemberEnd] = []
    excused: list[str] = []
    for target in members:
        halted = "a member of its group did not end well" if _bad(ends) else journal.may_go_on(f"{group}/{target}")
        if halted:
            ends.append(_ended(journal, target, "untouched", halted))
            continue
        ends.append(change_member(journal, target, excused))
        excused = ends[-1]["awaited"]
    return ends


def change_waves(journal: Journal, waves: Iterable[tuple[int, list[tuple[str, list[str]]]]]) -> list[MemberEnd]:
    """Wave after wave; nothing after the first that holds a member that did not end well."""
    ends: list[MemberEnd] = []
    for number, groups in waves:
        halted = "an earlier wave did not end well" if _bad(ends) else journal.may_go_on(f"wave {number}")
        if halted:
            ends += [_ended(journal, target, "untouched", halted) for _, members in groups for target in members]
            continue
        for group in journal.groups(number, groups):
            ends += group
    return ends


def verdict(ends: Iterable[MemberEnd]) -> Literal["done", "stopped", "unknown"]:
    """The change as a whole."""
    states = {end["state"] for end in ends}
    if "unknown" in states or "in_flight" in states:
        return "unknown"
    return "done" if states <= {"done"} else "stopped"


def _bad(ends: list[MemberEnd]) -> bool:
    return any(end["state"] != "done" for end in ends)


def _ended(journal: Journal, target: str, state: MemberState, detail: str) -> MemberEnd:
    end = _end(target, state, detail)
    journal.ended(end)
    return end


def _end(target: str, state: MemberState, detail: str, awaited: list[str] | None = None) -> MemberEnd:
    return MemberEnd(target=target, state=state, detail=detail, awaited=awaited or [])


def _told(result: StepResult) -> str:
    return "; ".join(result["problems"]) or result["outcome"]
