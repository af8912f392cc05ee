"""The digest of what is declared of names: it follows what files mean, and not how they are written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from netctl.inventory import load, reference_root
from netctl.services.dns.load import load as load_names
from netctl.services.dns.meaning import names_digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("inventory", "dns", "devices", "templates"):
        shutil.copytree(reference_root() / folder, tmp_path / folder)
    return tmp_path


def digest(root: Path) -> str:
    declared = load_names(load(root))
    assert declared is not None
    return names_digest(declared)


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_comments_layout_and_order_do_not_enter(root: Path) -> None:
    before = digest(root)
    for path in [*root.glob("dns/*.yaml"), *root.glob("dns/zones/*.yaml")]:
        path.write_text(f"# more to read\n\n{path.read_text()}\n# the end\n")
    zone = next(root.glob("dns/zones/*.yaml"))
    zone.rename(zone.with_name("zz-another-name.yaml"))
    assert digest(root) == before


@pytest.mark.parametrize(("file", "old", "new"), [
    ("dns/servers.yaml", "standing: backup", "standing: backup, port: 5353"),
    ("dns/servers.yaml", "secret: dns/update,", "secret: dns/update-2,"),
    ("dns/policy.yaml", "ttl: 3600", "ttl: 7200"),
])  # fmt: skip
def test_whatever_is_meant_otherwise_is_another_digest(root: Path, file: str, old: str, new: str) -> None:
    before = digest(root)
    edit(root, file, old, new)
    assert digest(root) != before


def test_a_record_more_is_another_digest_in_a_zone_and_in_its_bulk_file(root: Path) -> None:
    seen = {digest(root)}
    bulk = root / "dns/bulk/harbours.zone"
    bulk.write_text(f"{bulk.read_text()}berth-99 IN TXT more\n")
    seen.add(digest(root))
    edit(root, "dns/zones/rivers.gov-wan.example.yaml", "records:", "records:\n  one-more: {TXT: more}")
    seen.add(digest(root))
    assert len(seen) == 3
