"""What one run of the program works with: the network, this host's settings, who is asking, in which form to answer."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from netctl.errors import AsNotAllowed

if TYPE_CHECKING:
    from netctl.control.books import Store
    from netctl.settings import Settings


@dataclass
class Session:
    """Options of the program, and what follows from them, worked out only when a command asks."""

    network: str = ""
    lab: str = ""
    acting_as: str = ""
    verbose: bool = False
    json: bool = False
    standing: Callable[[], str] = field(default=lambda: "nothing was changed")  # what Ctrl-C has to say

    @cached_property
    def settings(self) -> Settings:
        """Settings of this host, with the chosen lab's laid over them."""
        from netctl.settings import load  # commands that need none stay quick

        return load(lab=self.lab)

    @cached_property
    def host_settings(self) -> Settings:
        """Settings of this host alone: for commands that raise and remove labs."""
        from netctl.settings import load

        return load({name: value for name, value in os.environ.items() if name != "NETCTL_LAB"})

    @property
    def lab_name(self) -> str:
        """The chosen lab, or the one that needs no name."""
        return self.lab or "lab"

    @cached_property
    def root(self) -> Path:
        """The folder of the declared network."""
        from netctl.control.network.scaffold import find_root

        return find_root(self.network, os.environ, Path.cwd())

    def open_store(self, *, create: bool = False) -> Store:
        """The store of this installation; a context manager."""
        from netctl.control.books import open_store

        return open_store(self.settings, create=create)

    @cached_property
    def user(self) -> str:
        """Who is asking: the operating system's user, or whom `--as` names where the settings allow it."""
        if not self.acting_as:
            return system_user()
        if not self.settings.allow_as:
            raise AsNotAllowed(f"--as {self.acting_as}: this host's settings do not allow to act as someone else")
        return self.acting_as


def system_user() -> str:
    """The name of the operating system's user that runs the program."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
