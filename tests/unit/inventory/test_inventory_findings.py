"""Each thing that can be wrong: break the reference network in one place, and exactly that is found, there."""

import os
from pathlib import Path

import pytest
from unit.inventory.declared import SITE, edit

from netctl.errors import InvalidNetwork
from netctl.inventory import CODES, check, load

NETWORK = "inventory/network.yaml"
ORGANISATIONS = "inventory/organisations.yaml"
CENTRES = "inventory/centres.yaml"
BACKBONE = "inventory/backbone.yaml"
ROLES = "inventory/roles.yaml"
HOST_KEYS = "inventory/hostkeys.yaml"
CARRIERS = "inventory/carriers.yaml"
ADDRESSING = "inventory/addressing.yaml"
LEDGER = "inventory/ledger.yaml"

# (what, code, file, line, value, old, new)
EDITS = [
    ("syntax", "E0104", SITE, 8, "", "routers: [r1, r2]", "routers: [r1, r2"),
    ("tab", "E0104", CARRIERS, 4, "", "asagi: {", "\tasagi: {"),
    ("tag", "E0104", SITE, 3, "", "name: Rivers", "name: !!python/object:os.system Rivers"),
    ("second document", "E0104", SITE, 3, "", "name: Rivers", "---\nname: Rivers"),
    ("complex key", "E0104", SITE, 3, "", "name: Rivers", "? [a, b]\n: Rivers"),
    ("anchor", "E0105", SITE, 6, "", "region: east", "region: &here east"),
    ("alias", "E0105", SITE, 6, "", "region: east", "region: *here"),
    ("merge key", "E0107", SITE, 7, "<<", "region: east", "region: east\n<<: {}"),
    ("deep nesting", "E0105", SITE, 7, "", "routers: [r1, r2]", "routers: " + "[" * 30 + "]" * 30),
    ("key twice", "E0106", SITE, 6, "name", "region: east", "name: again\nregion: east"),
    ("entry twice", "E0106", CARRIERS, 5, "asagi", "kurenai: {", "asagi: {name: Again}\nkurenai: {"),
    ("unknown key", "E0107", SITE, 7, "regoin", "region: east", "region: east\nregoin: west"),
    ("unknown nested key", "E0107", SITE, 9, "capasity", "capacity: 1000, risk", "capacity: 1000, capasity: 1, risk"),
    ("missing key", "E0108", SITE, 2, "region", "region: east\n", ""),
    ("missing nested key", "E0108", SITE, 9, "carrier", "carrier: asagi, ", ""),
    ("text for a number", "E0109", SITE, 2, "one", "number: 1", "number: one"),
    ("number for text", "E0109", SITE, 3, "7", "name: Rivers Agency, headquarters", "name: 7"),
    ("truth for a number", "E0109", SITE, 2, "True", "number: 1", "number: true"),
    ("nothing for text", "E0109", SITE, 3, "", "name: Rivers Agency, headquarters", "name:"),
    ("mapping for a list", "E0109", SITE, 7, "{'a': 1}", "routers: [r1, r2]", "routers: {a: 1}"),
    (
        "list for a mapping",
        "E0109",
        ORGANISATIONS,
        4,
        "[]",
        "rivers:\n  name: Rivers Agency\n  name_ja: 河川庁",
        "rivers: []",
    ),
    ("out of range", "E0110", SITE, 2, "65536", "number: 1", "number: 65536"),
    ("ill-formed name", "E0110", SITE, 6, "East!", "region: east", "region: East!"),
    ("control character", "E0110", SITE, 3, "a\nb", "name: Rivers Agency, headquarters", 'name: "a\\nb"'),
    ("unknown word", "E0110", NETWORK, 33, "info", "syslog_level: informational", "syslog_level: info"),
    ("link named like a port", "E0110", BACKBONE, 6, "wan0", "bb1:", "wan0:"),
    ("link name too long", "E0110", BACKBONE, 6, "backbone-number-1", "bb1:", "backbone-number-1:"),
    ("host key that is none", "E0110", HOST_KEYS, 1, "secret", "{}", "rivers-hq-r1: [secret]"),
    ("empty risk", "E0110", SITE, 9, "0", "risk: [duct-kawabata, building-east-exchange]", "risk: []"),
    ("no such organisation", "E0111", SITE, 5, "river", "organisation: rivers", "organisation: river"),
    ("no such carrier", "E0111", SITE, 9, "asago", "carrier: asagi", "carrier: asago"),
    ("no such centre", "E0111", SITE, 9, "mein", "to: main", "to: mein"),
    ("line to a border", "E0111", SITE, 9, "border-main", "to: main", "to: border-main"),
    ("link to nowhere", "E0111", BACKBONE, 6, "core-9", "a: core-main-1", "a: core-9"),
    ("link's carrier", "E0111", BACKBONE, 6, "asago", "carrier: asagi", "carrier: asago"),
    ("key of no router", "E0111", HOST_KEYS, 1, "rivers-hq-r3", "{}", "rivers-hq-r3: [ssh-ed25519 AAAA]"),
    ("routers of one name", "E0112", SITE, 7, "rivers-hq-r1", "[r1, r2]", "[r1, r1]"),
    ("site number twice", "E0113", "inventory/sites/rivers-hq.yaml", 2, "3", "number: 1", "number: 3"),
    ("centre number twice", "E0113", CENTRES, 16, "1", "number: 2", "number: 1"),
    ("link number twice", "E0113", BACKBONE, 7, "1", "number: 2", "number: 1"),
    ("no such platform", "E0114", SITE, 6, "fr", "region: east", "platform: fr\nregion: east"),
    ("no such platform in a role", "E0114", ROLES, 5, "fr", "platform: frr", "platform: fr"),
    ("not a prefix", "E0120", NETWORK, 13, "3fff:100::/129", "sites_v6: 3fff:100::/32", "sites_v6: 3fff:100::/129"),
    ("host bits", "E0120", NETWORK, 13, "3fff:100::1/32", "sites_v6: 3fff:100::/32", "sites_v6: 3fff:100::1/32"),
    ("no length", "E0120", NETWORK, 25, "3fff:600::", "3fff:600::/64", "'3fff:600::'"),
    ("not an address", "E0120", NETWORK, 32, "3fff::1::1", "[3fff:200:1::514,", "[3fff::1::1,"),
    ("address with a scope", "E0120", NETWORK, 31, "fe80::1%lan0", "[3fff:200:1::123,", "[fe80::1%lan0,"),
    ("wrong family", "E0121", NETWORK, 13, "10.0.0.0/8", "sites_v6: 3fff:100::/32", "sites_v6: 10.0.0.0/8"),
    ("management by IPv4", "E0121", NETWORK, 34, "10.0.0.0/8", "[3fff:600::/112]", "[10.0.0.0/8]"),
    (
        "overlapping pools",
        "E0122",
        NETWORK,
        23,
        "3fff:400::/48",
        "backbone_v6: 3fff:500::/64",
        "backbone_v6: 3fff:400::/48",
    ),
    (
        "overlapping aggregates",
        "E0122",
        NETWORK,
        26,
        "3fff:200::/33",
        "3fff:200::/32]",
        "3fff:200::/32, 3fff:200::/33]",
    ),
    ("pool too small for a site", "E0123", SITE, 2, "16", "number: 1", "number: 16"),
    ("pool outside the aggregates", "E0124", NETWORK, 26, "3fff:200::/32", ", 3fff:200::/32]", "]"),
    ("one router", "E0130", SITE, 7, "1", "[r1, r2]", "[r1]"),
    ("three routers", "E0130", SITE, 7, "3", "[r1, r2]", "[r1, r2, r3]"),
    ("one line", "E0131", SITE, 8, "1", "  - {to: main", "#  - {to: main"),
    ("shared duct", "E0132", SITE, 10, "duct-kawabata", "risk: [duct-hashimoto", "risk: [duct-kawabata"),
    ("one centre for both", "E0133", SITE, 10, "main", "to: backup", "to: main"),
    ("core and its centre", "E0133", SITE, 10, "core-main-2", "to: backup", "to: core-main-2"),
    ("two main centres", "E0134", CENTRES, 20, "main", "standing: backup", "standing: main"),
    ("one region", "E0134", CENTRES, 19, "east", "region: west", "region: east"),
    ("pool off the nibble", "E0125", ADDRESSING, 9, "3fff:800::/23", "3fff:800::/24", "3fff:800::/23"),
    ("level off the nibble", "E0125", ADDRESSING, 13, "42", "region: {length: 40", "region: {length: 42"),
    (
        "level wider than what it is cut from",
        "E0125",
        ADDRESSING,
        13,
        "32",
        "region: {length: 40",
        "region: {length: 32",
    ),
    ("link that is none", "E0125", ADDRESSING, 17, "126", "length: 127", "length: 126"),
    ("lan that is none", "E0125", ADDRESSING, 15, "60", "lan: {length: 64", "lan: {length: 60"),
    ("links all over a site", "E0125", ADDRESSING, 17, "127", "within: links, kind", "within: site, kind"),
    ("level of nothing", "E0111", ADDRESSING, 13, "organization", "within: organisation", "within: organization"),
    ("pool that is no prefix", "E0120", ADDRESSING, 9, "3fff:800::1/24", "3fff:800::/24", "3fff:800::1/24"),
    ("global pool that is local", "E0126", ADDRESSING, 24, "fdb8:20:1db8::/48", "scope: ula", "scope: gua"),
    ("local pool that is not", "E0126", ADDRESSING, 24, "fc00::/48", "fdb8:20:1db8::/48", "fc00::/48"),
    ("local pool of many sites", "E0126", ADDRESSING, 24, "fdb8::/32", "fdb8:20:1db8::/48", "fdb8::/32"),
    ("scope of IPv4", "E0126", ADDRESSING, 33, "gua", "vrf: guests", "scope: gua"),
    (
        "pools that overlap",
        "E0122",
        ADDRESSING,
        32,
        "198.51.100.0/25",
        "198.51.100.0/24\n    vrf: guests",
        "198.51.100.0/25",
    ),
    ("reserved elsewhere", "E0110", ADDRESSING, 21, "3fff:900::/28", "3fff:8f0::/28", "3fff:900::/28"),
    ("reserved family", "E0121", ADDRESSING, 21, "192.0.2.0/24", "3fff:8f0::/28", "192.0.2.0/24"),
    (
        "pool without levels",
        "E0110",
        ADDRESSING,
        34,
        "{}",
        "levels:\n      site: {length: 28, order: sequential}",
        "levels: {}",
    ),
    (
        "ledger with a conflict",
        "E0127",
        LEDGER,
        5,
        "<<<<<<< HEAD",
        "agencies/forests:",
        "<<<<<<< HEAD\nagencies/forests:",
    ),
    (
        "ledger with an overlap",
        "E0127",
        LEDGER,
        20,
        "198.51.100.0/28",
        "prefix: 198.51.100.32/28",
        "prefix: 198.51.100.0/28",
    ),
    ("allocation that was moved", "E0127", LEDGER, 23, "fdb8:20:1db9::/64", "fdb8:20:1db8::/64", "fdb8:20:1db9::/64"),
    ("allocation of what is reserved", "E0127", LEDGER, 8, "3fff:8f8::/32", "3fff:880::/32", "3fff:8f8::/32"),
]

# the same, where other things follow from the mistake and are found as well
WITH_FOLLOWERS = [
    ("core named twice", "E0112", CENTRES, 12, "core-main-1", "core-main-2]", "core-main-1]"),
    ("one core", "E0130", CENTRES, 12, "1", "[core-main-1, core-main-2]", "[core-main-1]"),
    (
        "link to itself",
        "E0137",
        BACKBONE,
        12,
        "border-main",
        "b: core-main-1, carrier: asagi, capacity: 10000,",
        "b: border-main, carrier: asagi, capacity: 10000,",
    ),
    ("both cores of a centre gone", "E0110", CENTRES, 11, "0", "cores:\n    - [core-main-1, core-main-2]", "cores: []"),
]


@pytest.mark.parametrize(
    ("code", "file", "line", "value", "old", "new"), [each[1:] for each in EDITS], ids=[each[0] for each in EDITS]
)
def test_one_mistake_is_one_finding_with_its_place(root, code, file, line, value, old, new):
    assert check(root) == ()
    edit(root, file, old, new)
    findings = check(root)
    assert [(finding.code, finding.file, finding.line) for finding in findings] == [(f"NETCTL-{code}", file, line)], (
        findings
    )
    if value:
        assert findings[0].value == value
    assert findings[0].message
    with pytest.raises(InvalidNetwork) as caught:
        load(root)
    assert caught.value.findings == findings


@pytest.mark.parametrize(
    ("code", "file", "line", "value", "old", "new"),
    [each[1:] for each in WITH_FOLLOWERS],
    ids=[each[0] for each in WITH_FOLLOWERS],
)
def test_a_mistake_is_found_among_what_follows_from_it(root, code, file, line, value, old, new):
    edit(root, file, old, new)
    assert (f"NETCTL-{code}", file, line, value) in [
        (each.code, each.file, each.line, each.value) for each in check(root)
    ]


def found(root):
    return [(finding.code, finding.file, finding.line) for finding in check(root)]


@pytest.mark.parametrize("file", [NETWORK, ORGANISATIONS, CARRIERS, CENTRES, BACKBONE, ROLES, HOST_KEYS])
def test_a_missing_file_is_one_finding_and_nothing_is_said_of_what_it_would_declare(root, file):
    (root / file).unlink()
    assert found(root) == [("NETCTL-E0101", file, 1)]


@pytest.mark.parametrize("folder", ["inventory/sites", "devices"])
def test_a_missing_folder_is_one_finding(root, folder):
    (root / folder).rename(root / "elsewhere")
    assert found(root) == [("NETCTL-E0101", folder, 1)]


def test_no_network_at_all_is_a_list_of_missing_files(tmp_path):
    assert {finding.code for finding in check(tmp_path / "nowhere")} == {"NETCTL-E0101"}


def test_an_empty_file_must_be_a_mapping(root):
    (root / ORGANISATIONS).write_text("")
    assert found(root) == [("NETCTL-E0109", ORGANISATIONS, 1)]


def test_what_is_not_utf8_is_told_by_line_and_column(root):
    (root / SITE).write_bytes(b"number: 1\nname: Caf\xe9\n")
    (finding,) = check(root)
    assert (finding.code, finding.line, finding.column, finding.value) == ("NETCTL-E0103", 2, 10, "0xe9")


def test_utf16_is_not_utf8(root):
    (root / SITE).write_bytes((root / SITE).read_text().encode("utf-16"))
    assert found(root) == [("NETCTL-E0103", SITE, 1)]


def test_a_byte_order_mark_is_no_mistake(root):
    (root / SITE).write_bytes(b"\xef\xbb\xbf" + (root / SITE).read_bytes())
    assert check(root) == ()


def test_nul_octets_are_not_yaml(root):
    (root / SITE).write_bytes(b"\0" * 100)
    assert found(root) == [("NETCTL-E0104", SITE, 1)]


def test_a_file_of_100_megabytes_is_refused_without_reading_it(root):
    with (root / SITE).open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)  # sparse: costs nothing unless someone reads it
    (finding,) = check(root)
    assert (finding.code, finding.file, finding.value) == ("NETCTL-E0102", SITE, "104857600")


def test_a_folder_in_place_of_a_file_is_refused(root):
    (root / CARRIERS).unlink()
    (root / CARRIERS).mkdir()
    assert found(root) == [("NETCTL-E0102", CARRIERS, 1)]


@pytest.mark.timeout(10)
def test_a_pipe_in_place_of_a_file_is_not_waited_for(root):
    (root / CARRIERS).unlink()
    os.mkfifo(root / CARRIERS)
    assert found(root) == [("NETCTL-E0102", CARRIERS, 1)]


def test_a_link_in_a_circle_is_refused(root):
    (root / CARRIERS).unlink()
    (root / CARRIERS).symlink_to(root / CARRIERS)
    assert found(root) == [("NETCTL-E0102", CARRIERS, 1)]


def test_an_unreadable_file_is_refused(root, monkeypatch):
    """Root may read everything, so the refusal comes from the one call that opens files."""
    real = Path.open

    def refuse(path, *args, **kwargs):
        if path.name == "carriers.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    (finding,) = check(root)
    assert (finding.code, finding.file, finding.message) == ("NETCTL-E0102", CARRIERS, "Permission denied")


@pytest.mark.timeout(10)
def test_an_alias_bomb_is_refused_at_its_first_anchor(root):
    rows = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    (root / SITE).write_text("\n".join(rows))
    assert found(root) == [("NETCTL-E0105", SITE, 1)]


@pytest.mark.timeout(10)
def test_ten_thousand_open_brackets_are_refused_not_followed(root):
    (root / SITE).write_text("a: " + "[" * 10_000)
    assert found(root) == [("NETCTL-E0105", SITE, 1)]


def test_a_number_of_a_thousand_digits_is_text_in_the_wrong_place(root):
    edit(root, SITE, "number: 1", "number: 1" + "0" * 1000)
    (finding,) = check(root)
    assert finding.code == "NETCTL-E0109"
    assert len(finding.value) < 300


def test_a_file_netctl_would_not_read_is_pointed_out(root):
    (root / "inventory/sites/new-site.yml").write_text("number: 8\n")
    assert found(root) == [("NETCTL-E0107", "inventory/sites/new-site.yml", 1)]


def test_a_file_beside_the_known_ones_is_pointed_out(root):
    (root / "inventory/organisation.yaml").write_text("{}\n")
    (finding,) = check(root)
    assert (finding.code, finding.file, finding.hint) == (
        "NETCTL-E0107",
        "inventory/organisation.yaml",
        "did you mean 'organisations.yaml'?",
    )


def test_a_site_named_like_a_centre_is_refused(root):
    (root / SITE).rename(root / "inventory/sites/main.yaml")
    assert found(root) == [("NETCTL-E0112", "inventory/sites/main.yaml", 1 + 1)]


@pytest.mark.parametrize("name", ["Rivers", "rivers_hq", "-rivers", "rivers hq", "河川", "r" * 41])
def test_a_site_whose_name_cannot_begin_a_hostname_is_refused(root, name):
    (root / SITE).rename(root / f"inventory/sites/{name}.yaml")
    assert ("NETCTL-E0115", f"inventory/sites/{name}.yaml", 2) in found(root)


def test_a_hostname_of_more_than_63_characters_is_refused(root):
    name = f"inventory/sites/{'s' * 30}.yaml"
    (root / SITE).rename(root / name)
    edit(root, name, "[r1, r2]", f"[r1, {'r' * 39}]")
    assert found(root) == [("NETCTL-E0115", name, 7)]


def test_a_backbone_in_two_parts_is_refused(root):
    for link in ("bb3", "bb4"):
        path = root / BACKBONE
        path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith(f"{link}:")))
    (finding,) = check(root)
    assert finding.code == "NETCTL-E0135"
    assert "core-backup-1" in finding.value or "core-main-1" in finding.value


def test_a_backbone_that_one_router_can_cut_is_refused(root):
    path = root / BACKBONE
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("bb6:")))
    (finding,) = check(root)
    assert (finding.code, finding.value) == ("NETCTL-E0136", "core-main-1")
    assert "border-main" in finding.message


def test_one_centre_is_refused(root):
    path = root / CENTRES
    text = path.read_text()
    path.write_text(text[: text.index("backup:")])
    assert ("NETCTL-E0134", CENTRES, 5) in found(root)


def test_a_network_whose_own_controller_is_locked_out_is_refused(root):
    edit(root, NETWORK, "  management_prefixes: [3fff:600::/112]", "  #")
    (finding,) = check(root)
    assert (finding.code, finding.value, finding.line) == ("NETCTL-E0108", "management_prefixes", 30)


def test_a_router_of_no_platform_is_refused(root):
    (root / ROLES).write_text("core: {}\nborder: {platform: frr}\nce: {}\n")
    findings = check(root)
    assert {finding.code for finding in findings} == {"NETCTL-E0108"}
    assert {finding.file for finding in findings} == {CENTRES} | {
        f"inventory/sites/{name}.yaml"
        for name in ("rivers-hq", "harbours-hq", "forests-hq", "forests-north", "lighthouses-hq")
    }


def test_levels_that_go_around_in_a_circle_are_refused(root):
    edit(root, ADDRESSING, "organisation: {length: 32}", "organisation: {length: 32, within: region}")
    assert found(root) == [("NETCTL-E0111", ADDRESSING, 12), ("NETCTL-E0111", ADDRESSING, 13)]


def test_a_ledger_without_a_plan_is_refused(root):
    (root / ADDRESSING).unlink()
    assert found(root) == [("NETCTL-E0127", LEDGER, 1)]


def test_all_mistakes_come_out_at_once(root):
    for _, code, file, _, _, old, new in (
        each for each in EDITS if each[0] in {"not an address", "link number twice", "no such platform in a role"}
    ):
        edit(root, file, old, new)
    (root / "inventory/sites/forests-hq.yaml").write_text("number: [")
    (root / "inventory/sites/records-hq.yaml").write_text(
        "number: 6\nregoin: x\norganisation: nobody\nname: 7\nrouters: [r1]\n"
    )
    assert [(finding.code, finding.file.rpartition("/")[2]) for finding in check(root)] == [
        ("NETCTL-E0113", "backbone.yaml"),
        ("NETCTL-E0120", "network.yaml"),
        ("NETCTL-E0114", "roles.yaml"),
        ("NETCTL-E0104", "forests-hq.yaml"),
        ("NETCTL-E0108", "records-hq.yaml"),
        ("NETCTL-E0108", "records-hq.yaml"),
        ("NETCTL-E0108", "records-hq.yaml"),
        ("NETCTL-E0107", "records-hq.yaml"),
        ("NETCTL-E0111", "records-hq.yaml"),
        ("NETCTL-E0109", "records-hq.yaml"),
        ("NETCTL-E0130", "records-hq.yaml"),
    ]


def test_hints_name_the_word_that_was_meant(root):
    edit(root, SITE, "organisation: rivers", "organisation: rivrs")
    edit(root, SITE, "region: east", "regoin: east")
    assert {"did you mean 'rivers'?", "did you mean 'region'?"} <= {finding.hint for finding in check(root)}


def test_every_code_has_a_test_of_its_own():
    text = Path(__file__).read_text()
    untested = [code for code in CODES if code.removeprefix("NETCTL-") not in text]
    assert untested == []
