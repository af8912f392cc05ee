"""docs/addresses.md shows what works."""

import re
from pathlib import Path

import pytest
from unit.inventory.declared import copy_inventory

from netctl.inventory import check, load

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_plan_on_the_page_is_one(tmp_path):
    root = copy_inventory(tmp_path / "wan")
    (plan,) = re.findall(r"```yaml\n(.*?)```", (DOCS / "addresses.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    (root / "inventory/ledger.yaml").unlink()
    (root / "inventory/addressing.yaml").write_text(plan, encoding="utf-8")
    assert check(root) == ()
    assert list(load(root).addressing.pools) == ["agencies", "guests"]


@pytest.mark.parametrize("page", ["addresses.md", "ja/addresses.md"])
def test_every_command_of_the_plan_is_on_the_page(page):
    from netctl.cli.addresses import COMMANDS

    text = (DOCS / page).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"netctl addresses {name}" not in text] == []
