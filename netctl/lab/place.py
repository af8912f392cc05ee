"""Where a lab keeps things: what is kept, and what is gone when the lab is.

* ``NETCTL_HOME/labs/NAME``: ``settings.toml`` and ``state.json`` are there while the lab is raised. Keys stand beside,
  in ``labs/.keys``: they stay when a lab goes, and labs of one home share them, so that the host keys in a network's
  inventory are true of every lab raised from it.
* ``/run/netctl/labs/NAME``: a tmpfs that holds what hosts write; it is gone when the lab is.
"""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netctl.errors import LabUnknown

RUNTIME = Path("/run/netctl/labs")
NAME = re.compile(r"[a-z][a-z0-9]{0,11}")  # no hyphen: a namespace's name is <lab>-<host> and must read one way only


@dataclass(frozen=True, slots=True)
class Place:
    """Where one lab keeps things."""

    name: str
    home: Path

    @property
    def folder(self) -> Path:
        """What is kept."""
        return self.home / "labs" / self.name

    @property
    def runtime(self) -> Path:
        """What lives as long as the lab."""
        return RUNTIME / self.name

    @property
    def keys(self) -> Path:
        """SSH keys of hosts and of netctl."""
        return self.home / "labs" / ".keys"

    @property
    def secrets(self) -> Path:
        """Secrets of name servers that this host had no values for."""
        return self.keys / "secrets.toml"

    @property
    def settings_file(self) -> Path:
        """Laid over the installation's settings while the lab is chosen."""
        return self.folder / "settings.toml"

    @property
    def state_file(self) -> Path:
        """What was raised, and from which network."""
        return self.folder / "state.json"

    def host(self, host: str) -> Path:
        """Where one host's files are written."""
        return self.runtime / "hosts" / host

    def namespace(self, host: str) -> str:
        """The name of a host's network namespace."""
        return f"{self.name}-{host}"

    def read_state(self) -> dict[str, Any]:
        """What `up` wrote; empty where the lab was never raised or the file was cut short by a crash."""
        try:
            state = json.loads(self.state_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def write_state(self, state: dict[str, Any]) -> None:
        """Replace the state at once, so that a crash leaves the old or the new one."""
        draft = self.state_file.with_suffix(".new")
        draft.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(self.state_file)


def place(home: Path, name: str) -> Place:
    """The place of the lab `name`; raises `LabUnknown` where the name cannot be one."""
    if not NAME.fullmatch(name):
        raise LabUnknown(
            f"{name!r} cannot be a lab's name", hint="a letter, then letters and digits, twelve at most, lower case"
        )
    return Place(name, home.expanduser().absolute())


@contextmanager
def exclusive(where: Place) -> Iterator[None]:
    """Only one command changes a lab at a time; the kernel drops the lock with the process."""
    where.folder.mkdir(parents=True, exist_ok=True)
    with (where.folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
