"""One small lab for all live tests of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from live.filled import fill
from live.small_lab import Lab, remove_abandoned, settings_of, small_network

from netctl.control import lab as use_case
from netctl.errors import LabNotPossible
from netctl.lab import machine
from netctl.settings import Settings


@pytest.fixture(scope="session")
def lab_possible() -> None:
    """Skips, with the one sentence a user sees, where this machine cannot raise a lab."""
    try:
        machine.require()
        machine.require_servers(machine.SERVERS)
    except LabNotPossible as error:
        pytest.skip(f"{error.message} ({error.hint})")


@pytest.fixture(scope="session")
def lab(lab_possible: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The lab all live tests share, its zones filled. A test that changes it puts it back."""
    home = tmp_path_factory.mktemp("home")
    remove_abandoned(home)
    root = small_network(tmp_path_factory.mktemp("network"))
    name = f"live{os.getpid()}"
    try:
        use_case.up(root, Settings(home=home), name)
        fill(root, settings_of(home, name), home)
        yield Lab(name, root, settings_of(home, name))
    finally:
        use_case.down(Settings(home=home), name)
