"""The reference network's zones on real servers, and an installation that pushes to them."""

from pathlib import Path

import pytest
from served_names import network, served  # noqa: F401  fixtures
from zone_pushes import Office


@pytest.fixture
def office(served, tmp_path: Path) -> Office:  # noqa: F811  the fixture above
    """An installation for the network whose zones are served."""
    found = Office(served[0], tmp_path / "home")
    found.open()
    return found
