"""The ledger is shown as a difference, and written whole or not at all."""

from datetime import date

import pytest

from netctl.control.addresses import change
from netctl.control.addresses.book import open_book
from netctl.control.addresses.change import Request
from netctl.control.addresses.importing import import_files
from netctl.errors import AddressingNotDeclared, AllocationInUse, LedgerNotWritten, PoolFull
from netctl.inventory import check
from unit.inventory.declared import SITE, edit

TODAY = date(2026, 11, 22)
LEDGER = "inventory/ledger.yaml"


def allocated(root, *keys, **options):
    return change.allocate(root, [Request(key) for key in keys], by="aoi", today=TODAY, **options)


def test_a_difference_is_shown_and_nothing_is_written(root):
    before = (root / LEDGER).read_bytes()
    found = allocated(root, "guests/records-hq")
    assert found.lines == (
        '+ guests/records-hq: {level: site, prefix: 198.51.100.48/28, since: "2026-11-22", by: "aoi"}',
    )
    assert found.allocated == {"guests/records-hq": "198.51.100.48/28"}
    assert (root / LEDGER).read_bytes() == before


def test_what_is_written_is_what_was_shown(root):
    found = allocated(root, "guests/records-hq", "agencies/records/west")
    found.write()
    assert (root / LEDGER).read_text() == found.after.text()
    assert check(root) == ()
    again = allocated(root, "guests/records-hq", "agencies/records/west")
    assert (again.lines, again.differs) == ((), False)
    assert sorted(path.name for path in (root / "inventory").iterdir() if "ledger" in path.name) == ["ledger.yaml"]


def test_the_patch_is_of_the_file(root):
    patch = allocated(root, "guests/records-hq").patch
    assert patch.startswith(f"--- a/{LEDGER}\n+++ b/{LEDGER}\n")
    assert [line[0] for line in patch.splitlines()[3:]].count("+") == 1


def test_a_release_rests_from_today_on(root):
    found = change.release(root, ["guests/rivers-hq"], below=False, by="aoi", today=TODAY)
    assert [line[:2] for line in found.lines] == ["- ", "+ "]
    assert 'released: "2026-11-22"' in found.lines[1]
    assert found.allocated == {}


def test_a_ledger_that_somebody_wrote_meanwhile_is_not_overwritten(root):
    mine, theirs = allocated(root, "guests/records-hq"), allocated(root, "guests/lighthouses-hq")
    theirs.write()
    after = (root / LEDGER).read_bytes()
    with pytest.raises(LedgerNotWritten, match="somebody wrote"):
        mine.write()
    assert (root / LEDGER).read_bytes() == after


def test_a_ledger_that_cannot_be_written_is_told_and_left_as_it_was(root, monkeypatch):
    found = allocated(root, "guests/records-hq")
    before = (root / LEDGER).read_bytes()

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(change.os, "fsync", full)
    with pytest.raises(LedgerNotWritten, match="No space left"):
        found.write()
    assert (root / LEDGER).read_bytes() == before
    assert not list((root / "inventory").glob(".ledger*"))


def test_the_first_allocation_makes_the_file(root):
    (root / LEDGER).unlink()
    allocated(root, "guests/records-hq").write()
    assert check(root) == ()
    assert "guests/records-hq" in (root / LEDGER).read_text()


def test_the_pools_of_numbers_are_left_out(root):
    plan = root / "inventory/addressing.yaml"
    plan.write_text(
        "pools:\n  all:\n    prefix: 3fff::/20\n    levels:\n      block: {length: 32, order: sequential}\n"
    )
    (root / LEDGER).unlink()
    found = allocated(root, *(f"all/b{number:03}" for number in range(0x100, 0x103)))
    assert set(found.allocated.values()) == {"3fff::/32", "3fff:1::/32", "3fff:2::/32"}
    many = allocated(root, *(f"all/b{number:04}" for number in range(0x1000 - 6)))
    blocks = set(many.allocated.values())
    assert not blocks & {f"3fff:{number}00::/32" for number in range(1, 7)}
    with pytest.raises(PoolFull):
        allocated(root, *(f"all/b{number:04}" for number in range(0x1000 - 5)))


def test_a_network_without_a_plan_allocates_nothing(root):
    for name in ("addressing", "ledger"):
        (root / f"inventory/{name}.yaml").unlink()
    with pytest.raises(AddressingNotDeclared):
        allocated(root, "guests/records-hq")


def test_a_name_that_cannot_stand_in_the_file_is_left_out(root):
    found = change.allocate(root, [Request("guests/records-hq")], by='a"} x', today=TODAY)
    assert "by:" not in found.lines[0]


def test_what_a_site_has_on_its_lan_is_not_released(root):
    block = "agencies/rivers/east/rivers-hq"
    change.allocate(root, [Request(f"{block}/lan0", "lan")], by="aoi", today=TODAY).write()
    edit(root, SITE, "region: east", f"block: {block}\nregion: east")
    edit(root, "inventory/network.yaml", "aggregate_v6: [", "aggregate_v6: [3fff:800::/24, ")
    assert check(root) == ()
    for keys, below in ((["agencies/rivers"], True), ([f"{block}/lan0"], False)):
        with pytest.raises(AllocationInUse, match="on the LAN of site rivers-hq"):
            change.release(root, keys, below=below, by="aoi", today=TODAY)
    assert change.release(root, [f"{block}/cameras"], below=False, by="aoi", today=TODAY).differs


def test_what_was_released_of_a_pool_that_is_gone_stops_nothing(root, tmp_path):
    change.release(root, ["guests/rivers-hq", "guests/forests-hq"], below=False, by="aoi", today=TODAY).write()
    plan = root / "inventory/addressing.yaml"
    plan.write_text(plan.read_text().partition("  guests:")[0])
    assert check(root) == ()
    assert "guests" not in {node.holding.key.partition("/")[0] for node in open_book(root, today=TODAY).tree}
    assert allocated(root, "agencies/records").differs
    assert change.release(root, ["agencies/harbours"], below=False, by="aoi", today=TODAY).differs
    (tmp_path / "one.csv").write_text("prefix,tenant\n3fff:8c0::/32,records\n")
    assert import_files(root, [tmp_path / "one.csv"], today=TODAY).change.allocated == {}
