"""A lab comes, stands beside others, and goes without a trace, however it was left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from live.small_lab import FAR_V6, small_network

from netctl.control import lab as use_case
from netctl.errors import LabNameTaken, LabUnknown
from netctl.settings import Settings

pytestmark = pytest.mark.live


def kernel_state() -> tuple[set[str], set[str], set[int]]:
    """Network namespaces, mounts and processes of this machine."""
    names = {entry.name for entry in Path("/run/netns").iterdir()} if Path("/run/netns").exists() else set()
    mounts = set(Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines())
    return names, mounts, {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()}


def leftovers(name: str) -> list[str]:
    """Everything the kernel still holds that bears the lab's name."""
    names, mounts, pids = kernel_state()
    found = [entry for entry in (*names, *mounts) if f"{name}-" in entry or f"/{name}" in entry]
    for pid in pids:
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
            inside = Path(f"/proc/{pid}/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if f"/labs/{name}/" in command or f"/labs/{name}/" in inside:
            found.append(command)
    return found


def test_raising_a_raised_lab_says_so_and_changes_nothing(lab):
    before = (lab.root / "inventory" / "hostkeys.yaml").read_bytes()
    again = use_case.up(lab.root, lab.settings, lab.name)
    assert again.already
    assert (lab.root / "inventory" / "hostkeys.yaml").read_bytes() == before


def test_a_raised_lab_refuses_another_network_under_its_name(lab, tmp_path):
    with pytest.raises(LabNameTaken, match="is raised from the network at"):
        use_case.up(small_network(tmp_path), lab.settings, lab.name)


def test_two_labs_of_one_network_stand_side_by_side_and_one_goes_alone(lab, tmp_path):
    other = f"livex{os.getpid()}"
    settings = Settings(home=lab.settings.home)
    try:
        use_case.up(lab.root, settings, other, only=["rivers-hq"], wait=False)
        assert lab.lost("rivers-hq-host", FAR_V6) == 0
        use_case.fail(settings, "rivers-hq-r1", other)
        assert {entry.state for entry in use_case.status(lab.settings, lab.name).hosts} == {"up"}
    finally:
        removed = use_case.down(settings, other)
    assert removed.processes
    assert lab.lost("rivers-hq-host", FAR_V6) == 0


def test_down_leaves_nothing(lab_possible, tmp_path):
    name = f"livey{os.getpid()}"
    root, settings = small_network(tmp_path / "network", ("rivers-east",)), Settings(home=tmp_path / "home")
    use_case.up(root, settings, name, only=["rivers-east"], wait=False)
    assert leftovers(name)
    use_case.down(settings, name)
    assert leftovers(name) == []
    assert use_case.down(settings, name) == use_case.Removed(name, 0, 0, 0)
    with pytest.raises(LabUnknown):
        use_case.status(settings, name)


@pytest.mark.parametrize("at", ["namespaces made", "cables laid", "up"])
def test_down_leaves_nothing_of_an_up_that_was_killed(lab_possible, tmp_path, at):
    name = f"livez{os.getpid()}"
    root, settings = small_network(tmp_path / "network", ("rivers-east",)), Settings(home=tmp_path / "home")
    program = f"""
        import os, signal
        from pathlib import Path
        from netctl.control import lab
        from netctl.settings import Settings
        def die(host, now):
            if now == {at!r}:
                os.kill(os.getpid(), signal.SIGKILL)
        lab.up(Path({str(root)!r}), Settings(home=Path({str(settings.home)!r})), {name!r}, progress=die)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False, cwd=Path.cwd())
    assert done.returncode == -signal.SIGKILL
    assert leftovers(name)
    use_case.down(settings, name)
    assert leftovers(name) == []


def test_up_after_a_killed_up_begins_anew(lab_possible, tmp_path):
    name = f"livew{os.getpid()}"
    root, settings = small_network(tmp_path / "network", ("rivers-east",)), Settings(home=tmp_path / "home")
    program = f"""
        import os, signal
        from pathlib import Path
        from netctl.control import lab
        from netctl.settings import Settings
        die = lambda host, now: os.kill(os.getpid(), signal.SIGKILL) if now == "cables laid" else None
        lab.up(Path({str(root)!r}), Settings(home=Path({str(settings.home)!r})), {name!r}, progress=die)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False, cwd=Path.cwd())
    try:
        assert not use_case.up(root, settings, name, wait=False).already
    finally:
        use_case.down(settings, name)
    assert leftovers(name) == []
