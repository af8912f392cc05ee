"""What many targets hold now, read side by side; a target that cannot be read is told, and stops nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from netctl.devices.target import PendingCommit, Target
from netctl.errors import NetctlError
from netctl.model.artefact import RunningState

Connect = Callable[[str], Target]


@dataclass(frozen=True, slots=True)
class Fetched:
    """Running states by target, commits that wait for confirmation there, and (target, error) of what failed."""

    states: Mapping[str, RunningState]
    pending: Mapping[str, PendingCommit]
    unreachable: tuple[tuple[str, str], ...]


def fetch_states(
    names: Iterable[str],
    connect: Connect,
    workers: int,
    on_done: Callable[[str, str], None] = lambda _name, _error: None,
) -> Fetched:
    """Read all `names` with at most `workers` sessions at a time; `on_done(name, error)` is called as each one ends."""
    states: dict[str, RunningState] = {}
    pending: dict[str, PendingCommit] = {}
    failed: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="fetch") as pool:
        waiting = {pool.submit(_read, connect, name): name for name in names}
        try:
            for future in as_completed(waiting):
                name = waiting[future]
                try:
                    states[name], commit = future.result()
                    if commit is not None:
                        pending[name] = commit
                except NetctlError as error:
                    failed[name] = str(error)
                on_done(name, failed.get(name, ""))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Fetched(states, pending, tuple(sorted(failed.items())))


def _read(connect: Connect, name: str) -> tuple[RunningState, PendingCommit | None]:
    with connect(name) as target:
        return target.fetch(), target.pending()
