"""One small lab for all live tests of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from live.small_lab import Lab, raised, remove_abandoned, small_network

from netctl.errors import LabNotPossible
from netctl.lab import machine


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
    with raised(home, root, f"live{os.getpid()}") as made:
        yield made
