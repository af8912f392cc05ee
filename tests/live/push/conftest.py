"""Each push test finds the lab as it was declared, and leaves it so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from live.push.operations import Operations
from live.small_lab import SITES, Lab


@pytest.fixture
def operations(lab: Lab, tmp_path: Path) -> Iterator[Operations]:
    """A store of the test's own; afterwards the sites are declared, and run, as at first."""
    made = Operations(lab, tmp_path)
    lab.wait_converged()
    try:
        yield made
    finally:
        for site in SITES:
            made.declare(site, "")
        lab.heal()
        lab.wait_converged()
        made.restore()
        lab.wait_converged()
