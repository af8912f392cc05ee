"""docs/inventory.md shows what works."""

import re
from pathlib import Path

from netctl.inventory import load
from unit.inventory.declared import edit

PAGE = (Path(__file__).resolve().parents[3] / "docs/inventory.md").read_text(encoding="utf-8")
SITE, ROUTERS = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_site_on_the_page_can_be_added_to_the_reference_network(root):
    (root / "inventory/sites/rivers-south.yaml").write_text(SITE, encoding="utf-8")
    network = load(root)
    assert network.sites["rivers-south"].devices == ("rivers-south-r1", "rivers-south-r2")
    assert [line.core for line in network.sites["rivers-south"].lines] == ["core-main-2", "core-backup-2"]


def test_the_router_on_the_page_can_replace_a_name(root):
    edit(root, "inventory/sites/rivers-hq.yaml", "routers: [r1, r2]\n", ROUTERS)
    device = load(root).devices["rivers-hq-r2"]
    assert (device.platform, device.settings.mtu) == ("ietf_netconf", 1400)


def test_the_page_names_every_file_of_the_inventory(root):
    for path in (root / "inventory").glob("*.yaml"):
        assert f"`{path.name}`" in PAGE
