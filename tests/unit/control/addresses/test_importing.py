"""CSV and NetBox exports as a reviewed change of the ledger."""

import csv
import io
import json
from datetime import date

import pytest

from netctl.control.addresses.importing import COLUMNS, export_rows, import_files
from netctl.errors import ImportRefused
from netctl.inventory import check

TODAY = date(2026, 11, 22)

PREFIXES = """\
Prefix,VRF,Tenant,Site,Role,Status,Description
3fff:8c0:0:1::/64,,Lighthouse Board,Lighthouses HQ,Lan,Active,Fog horns
3fff:8c0::/32,,Lighthouse Board,,,Container,
3fff:800::/24,,,,,Container,the pool itself
198.51.100.64/28,65000:7,,visitors hq,,Active,
"""
VRFS = "name,rd,enforce_unique\nGuests,65000:7,true\n"
ADDRESSES = {
    "count": 2,
    "results": [
        {
            "address": "3fff:840:0:8000::4/127",
            "vrf": None,
            "tenant": {"id": 1, "name": "Rivers", "slug": "rivers"},
            "status": {"value": "active", "label": "Active"},
            "dns_name": "mast-2.rivers.example",
        },
        {
            "address": "3fff:840:0:4000::77/128",
            "vrf": None,
            "role": {"value": "loopback", "label": "Loopback"},
            "dns_name": "gauge-2.rivers.example",
        },
    ],
}


@pytest.fixture
def files(tmp_path):
    """Writes files, by name, and gives their paths."""

    def write(**texts):
        paths = []
        for name, text in texts.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
            paths.append(path)
        return paths

    return write


def imported(root, paths, **options):
    return import_files(root, paths, by="aoi", today=TODAY, **options)


def added(found):
    before = found.change.before.entries
    return {key: str(entry.prefix) for key, entry in found.change.after.entries.items() if key not in before}


def test_prefixes_of_netbox_find_their_pool_level_and_names(root, files):
    found = imported(root, files(p_csv=PREFIXES, v_csv=VRFS))
    assert added(found) == {
        "agencies/lighthouse-board": "3fff:8c0::/32",
        "agencies/lighthouse-board/3fff-8c0-40": "3fff:8c0::/40",
        "agencies/lighthouse-board/3fff-8c0-40/lighthouses-hq": "3fff:8c0::/48",
        "agencies/lighthouse-board/3fff-8c0-40/lighthouses-hq/fog-horns": "3fff:8c0:0:1::/64",
        "guests/visitors-hq": "198.51.100.64/28",
    }
    assert found.left_out == ()


def test_addresses_of_netbox_are_loopbacks_or_the_links_they_are_on(root, files):
    assert added(imported(root, files(a_json=ADDRESSES))) == {
        "agencies/rivers/east/rivers-hq/radio/mast-2": "3fff:840:0:8000::4/127",
        "agencies/rivers/east/rivers-hq/routers/gauge-2": "3fff:840:0:4000::77/128",
    }


def test_a_scope_of_netbox_names_what_its_type_says(root, files):
    item = {
        "prefix": "3fff:8c0::/40",
        "tenant": {"slug": "lights"},
        "scope_type": "dcim.region",
        "scope": {"slug": "west"},
    }
    assert "agencies/lights/west" in added(imported(root, files(p_json=[item])))


def test_an_import_that_was_written_changes_nothing_again(root, files):
    paths = files(p_csv=PREFIXES, v_csv=VRFS, a_json=ADDRESSES)
    imported(root, paths).change.write()
    assert check(root) == ()
    assert imported(root, paths).change.lines == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("203.0.113.0/28,,x,,,Active,", "outside every pool"),
        ("3fff:840::/60,,,,,Active,", "no level of /60"),
        ("3fff:8c0::/32,,,,,Deprecated,", "deprecated"),
        ("3fff:8c0::1/32,,,,,Active,", "host bits"),
        ("nonsense,,,,,Active,", "no address"),
        ("3fff:8c0::/32,elsewhere,,,,Active,", "VRF elsewhere"),
        ("3fff:8f0::/32,,,,,Active,", "reserved: agencies that do not exist yet"),
        ("198.51.100.16/28,guests,,,,Active,", "was guests/harbours-hq's and rests"),
        (",,,,,Active,", "no prefix"),
    ],
)
def test_a_line_without_a_place_refuses_the_import_with_its_reason(root, files, line, said):
    paths = files(p_csv=f"{PREFIXES.splitlines()[0]}\n{line}\n3fff:8d0::/32,,fine,,,Active,\n")
    with pytest.raises(ImportRefused) as caught:
        imported(root, paths)
    assert [said in str(finding) for finding in caught.value.findings] == [True]
    assert caught.value.findings[0].line == 2
    left = imported(root, paths, leave_out=True)
    assert added(left) == {"agencies/fine": "3fff:8d0::/32"}
    assert [finding.line for finding in left.left_out] == [2]


def test_all_lines_without_a_place_are_told_at_once(root, files):
    lines = "203.0.113.0/28,,,,,,\n3fff:840::/60,,,,,,\n"
    with pytest.raises(ImportRefused, match="2 lines") as caught:
        imported(root, files(p_csv=f"{PREFIXES.splitlines()[0]}\n{lines}"))
    assert [finding.line for finding in caught.value.findings] == [2, 3]


def csv_of(rows):
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    return out.getvalue()


def test_what_is_exported_can_be_imported_into_an_empty_ledger(root, files):
    rows = export_rows(root)
    ledger = root / "inventory/ledger.yaml"
    before = ledger.read_text()
    (path,) = files(out_csv=csv_of(rows))
    assert imported(root, [path]).change.lines == ()
    ledger.unlink()
    imported(root, [path]).change.write()
    assert ledger.read_text() == before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("agencies/rivers,organisation,3fff:8c0::/32", "is 3fff:840::/32, a organisation, already"),
        ("agencies/x,region,3fff:8c0::/32", "a region of agencies is a /40"),
        ("agencies/x,organisation,3fff:840::/32", "overlaps"),
        ("agencies/x/y,region,3fff:8c0::/40", "agencies/x, which it is cut from, is not allocated"),
        ("nowhere/x,region,3fff:8c0::/40", "no key of this plan"),
    ],
)
def test_a_row_of_our_own_form_that_does_not_hold_is_refused(root, files, row, said):
    with pytest.raises(ImportRefused) as caught:
        imported(root, files(own_csv=f"key,level,prefix\n{row}\n"))
    assert [said in str(finding) for finding in caught.value.findings] == [True]


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2\n", "{}", "[1]", "[", '{"results": 1}', "\x00", 'prefix\n"unclosed', "[" * 100_000],
    ids=range(9),
)
def test_a_file_of_another_kind_is_refused_or_holds_nothing(root, files, text):
    try:
        found = imported(root, files(x_csv=text))
    except ImportRefused as error:
        assert error.message
    else:
        assert not found.change.differs


def test_a_file_that_is_not_there_or_no_utf_8_is_refused(root, tmp_path):
    (tmp_path / "latin.csv").write_bytes(b"prefix\n\xff\n")
    for name in ("missing.csv", "latin.csv", "wan"):
        with pytest.raises(ImportRefused):
            imported(root, [tmp_path / name])
