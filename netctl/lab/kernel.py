"""What the kernel holds of a lab, and taking it away. Nothing here believes a state file: only names and inodes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from netctl.errors import LabCommandFailed
from netctl.lab.place import Place

NAMESPACES = Path("/run/netns")


def run(*command: str, stdin: str | None = None, check: bool = True) -> str:
    """Run a command of the base system; its standard output. Raises `LabCommandFailed` with its own words."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()
        raise LabCommandFailed("; ".join(said[:3]), where=" ".join(command[:6]))
    return done.stdout


def namespaces(where: Place) -> dict[str, Path]:
    """Host → the file of its network namespace, for every namespace named after this lab."""
    prefix = f"{where.name}-"
    try:
        entries = sorted(NAMESPACES.iterdir())
    except FileNotFoundError:
        return {}
    return {entry.name.removeprefix(prefix): entry for entry in entries if entry.name.startswith(prefix)}


def processes(files: Iterable[Path]) -> dict[Path, list[int]]:
    """Namespace file → the processes whose network namespace it is."""
    by_inode = {file.stat().st_ino: file for file in files}
    found: dict[Path, list[int]] = {file: [] for file in by_inode.values()}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                file = by_inode.get((entry / "ns" / "net").stat().st_ino)
            except OSError:
                continue  # it ended meanwhile
            if file is not None:
                found[file].append(int(entry.name))
    return found


def inside(files: Iterable[Path]) -> list[int]:
    """The processes in any of these namespaces."""
    return [pid for pids in processes(files).values() for pid in pids]


def init_of(pids: Iterable[int]) -> int | None:
    """The process that is number 1 of its own process namespace, if one of `pids` is: the host's init."""
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        numbers = next((line.split()[1:] for line in status.splitlines() if line.startswith("NSpid:")), [])
        if len(numbers) > 1 and numbers[-1] == "1":
            return pid
    return None


def resident(pid: int) -> int:
    """The resident set of a process in KiB; 0 once it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def kill(find: Callable[[], Iterable[int]], deadline: float = 10.0) -> None:
    """End every process that `find` finds, abruptly, and wait until the kernel has let go of them."""
    until = time.monotonic() + deadline
    while left := [pid for pid in find() if pid != os.getpid()]:
        if time.monotonic() > until:
            raise LabCommandFailed(f"processes {left} do not end", where="kill")
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.02)


def strays(where: Place) -> list[int]:
    """Processes that live in a host's file system, whatever became of the host's network namespace."""
    mark = f"upperdir={where.runtime}/"
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                mounts = (entry / "mountinfo").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it ended meanwhile
            if mark in mounts.partition("\n")[0]:
                found.append(int(entry.name))
    return found


def mounted(folder: Path) -> list[str]:
    """Mount points at or below `folder` in this mount namespace, deepest first."""
    points = [line.split()[1] for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    return sorted((point for point in points if Path(point).is_relative_to(folder)), key=len, reverse=True)


def sweep(where: Place) -> Mapping[str, int]:
    """Take away everything of this lab the kernel holds; what there was, counted."""
    files = namespaces(where) if claimed(where) else {}
    counted = len({*inside(files.values()), *strays(where)})
    kill(lambda: {*inside(files.values()), *strays(where)})
    for file in files.values():
        run("ip", "netns", "delete", file.name)
    points = mounted(where.runtime)
    for point in points:
        run("umount", point)
    for folder in (where.runtime, *where.runtime.parents[:2]):  # NAME, labs, netctl: the last two where empty
        try:
            folder.rmdir()
        except OSError:
            break
    return {"processes": counted, "namespaces": len(files), "mounts": len(points)}


def claimed(where: Place) -> bool:
    """True where this lab's tmpfs is mounted: only then are namespaces with its prefix its own."""
    return str(where.runtime) in mounted(where.runtime)


def claim(where: Place) -> None:
    """Mount the lab's tmpfs: from now on `sweep` finds whatever follows, also after a crash."""
    where.runtime.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", "mode=0755", "netctl-lab", str(where.runtime))
