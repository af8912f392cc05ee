import pytest
from unit.inventory.declared import copy_inventory


@pytest.fixture
def root(tmp_path):
    """A copy of the reference inventory, with its plan and its ledger."""
    return copy_inventory(tmp_path / "wan")
