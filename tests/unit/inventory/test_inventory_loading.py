"""What the reference files mean once they are loaded."""

import shutil

import pytest

from netctl.errors import InvalidNetwork, NetctlError
from netctl.inventory import load
from unit.inventory.declared import SITE, edit


def test_the_reference_network_is_what_its_files_say(root):
    network = load(root)
    assert (network.name, network.domain, network.asn, network.site_asn_base) == (
        "gov-wan",
        "gov-wan.example",
        64500,
        4200000000,
    )
    assert (len(network.organisations), len(network.sites), len(network.devices), len(network.backbone)) == (
        5,
        7,
        20,
        8,
    )
    assert {device.platform for device in network.devices.values()} == {"frr", "ietf_netconf"}
    assert {network.devices[name].platform for name in network.sites["rivers-east"].devices} == {"ietf_netconf"}


def test_every_router_has_a_number_of_its_own_within_its_role(root):
    numbers = [(device.role, device.number) for device in load(root).devices.values()]
    assert len(set(numbers)) == len(numbers)
    assert sorted(number for role, number in numbers if role == "core") == [1, 2, 3, 4]
    assert sorted(number for role, number in numbers if role == "border") == [1, 2]
    assert sorted(number for role, number in numbers if role == "ce") == list(range(2, 16))


def test_management_addresses_tell_role_and_number(root):
    devices = load(root).devices
    assert devices["core-backup-2"].management_address == "3fff:600::1:4"
    assert devices["border-main"].management_address == "3fff:600::2:1"
    assert devices["rivers-east-r2"].management_address == "3fff:600::3:5"


def test_lines_lead_to_the_core_their_site_number_chooses(root):
    sites = load(root).sites
    assert [line.core for line in sites["rivers-hq"].lines] == ["core-main-1", "core-backup-1"]
    assert [line.core for line in sites["rivers-east"].lines] == ["core-main-2", "core-backup-2"]


def test_a_line_may_name_its_core(root):
    edit(root, SITE, "to: main", "to: core-main-2")
    assert load(root).sites["rivers-hq"].lines[0].core == "core-main-2"


def test_every_router_is_in_exactly_one_group_of_two(root):
    network = load(root)
    members = [member for group in network.groups.values() for member in group.members]
    assert sorted(members) == sorted(network.devices)
    for name in network.devices:
        assert name in network.group_of(name).members
        assert network.mate_of(network.mate_of(name).name).name == name


def test_a_second_pair_of_cores_is_a_group_of_its_own_and_renumbers_nothing(root):
    before = load(root)
    for centre in ("main", "backup"):
        edit(
            root,
            "inventory/centres.yaml",
            f"- [core-{centre}-1, core-{centre}-2]",
            f"- [core-{centre}-1, core-{centre}-2]\n    - [core-{centre}-3, core-{centre}-4]",
        )
    path = root / "inventory/backbone.yaml"
    links = "".join(
        f"bb{number}: {{number: {number}, a: {a}, b: {b}, carrier: asagi, capacity: 1}}\n"
        for number, (a, b) in enumerate(
            [(f"core-{centre}-{k}", f"core-{centre}-{k + 2}") for centre in ("main", "backup") for k in (1, 2)]
            + [(f"core-{centre}-3", f"core-{centre}-4") for centre in ("main", "backup")],
            start=9,
        )
    )
    path.write_text(path.read_text() + links)
    after = load(root)
    assert after.groups["main-2"].members == ("core-main-3", "core-main-4")
    assert after.mate_of("core-backup-3").name == "core-backup-4"
    for name, device in before.devices.items():
        assert (after.devices[name].number, after.devices[name].management_address) == (
            device.number,
            device.management_address,
        )


def test_the_nearest_setting_wins(root):
    edit(root, "inventory/network.yaml", "  bfd_multiplier: 3", "  bfd_multiplier: 3\n  mtu: 1400")
    (root / "inventory/roles.yaml").write_text(
        "core: {platform: frr}\nborder: {platform: frr}\nce: {platform: frr, settings: {mtu: 1410, bfd_multiplier: 4}}\n"
    )
    edit(
        root,
        "inventory/organisations.yaml",
        "name_ja: 河川庁",
        "name_ja: 河川庁\n  settings: {mtu: 1420, vrrp_interval: 50}",
    )
    edit(root, SITE, "routers: [r1, r2]", "settings: {mtu: 1430}\nrouters: [{name: r1, settings: {mtu: 1440}}, r2]")
    devices = load(root).devices
    assert devices["core-main-1"].settings.mtu == 1400
    assert devices["harbours-hq-r1"].settings.mtu == 1410
    assert devices["rivers-east-r1"].settings.mtu == 1420
    assert devices["rivers-hq-r2"].settings.mtu == 1430
    assert devices["rivers-hq-r1"].settings.mtu == 1440
    first = devices["rivers-hq-r1"].settings
    assert (first.vrrp_interval, first.bfd_multiplier, first.bfd_interval) == (50, 4, 1000)


def test_an_empty_list_takes_away_what_was_said_above(root):
    edit(root, "inventory/organisations.yaml", "name_ja: 河川庁", "name_ja: 河川庁\n  settings: {syslog_servers: []}")
    devices = load(root).devices
    assert devices["rivers-hq-r1"].settings.syslog_servers == ()
    assert devices["harbours-hq-r1"].settings.syslog_servers != ()


def test_the_nearest_platform_wins(root):
    edit(root, "inventory/organisations.yaml", "name_ja: 河川庁", "name_ja: 河川庁\n  platform: ietf_netconf")
    edit(root, "inventory/sites/rivers-east.yaml", "platform: ietf_netconf", "platform: frr")
    edit(root, SITE, "[r1, r2]", "[r1, {name: r2, platform: frr}]")
    devices = load(root).devices
    platforms = {name: devices[name].platform for name in devices if name.startswith("rivers")}
    assert platforms == {
        "rivers-hq-r1": "ietf_netconf",
        "rivers-hq-r2": "frr",
        "rivers-east-r1": "frr",
        "rivers-east-r2": "frr",
    }


def test_snmp_is_off_unless_declared(root):
    assert all(device.settings.snmp is None for device in load(root).devices.values())
    edit(
        root,
        SITE,
        "routers:",
        "settings: {snmp: {user: noc, auth_secret: snmp/auth, privacy_secret: snmp/privacy}}\nrouters:",
    )
    snmp = load(root).devices["rivers-hq-r1"].settings.snmp
    assert (snmp.user, snmp.auth_secret, snmp.privacy_secret) == ("noc", "snmp/auth", "snmp/privacy")


def test_declarations_know_their_lines(root):
    network = load(root)
    site = network.sites["rivers-hq"]
    assert (site.source.file, site.source.line) == (SITE, 2)
    assert [line.source.line for line in site.lines] == [9, 10]
    assert network.devices["rivers-hq-r1"].source.line == 7
    lines = (root / "inventory/backbone.yaml").read_text().splitlines()
    for link in network.backbone:
        assert lines[link.source.line - 1].startswith(f"{link.id}:")
    lines = (root / "inventory/organisations.yaml").read_text().splitlines()
    for organisation in network.organisations.values():
        assert lines[organisation.source.line - 1] == f"{organisation.id}:"


def test_words_stay_words(root):
    """YAML 1.1 would read these as truth values and as a number of seconds."""
    edit(root, SITE, "name: Rivers Agency, headquarters", "name: no")
    edit(root, SITE, "name_ja: 河川庁 本庁", "name_ja: 1:30")
    site = load(root).sites["rivers-hq"]
    assert (site.name, site.name_ja) == ("no", "1:30")


def test_comments_layout_and_order_do_not_enter_the_digest(root):
    before = load(root)
    path = root / SITE
    lines = path.read_text().splitlines()
    path.write_text("\n".join(["# another comment", "", *lines[8:5:-1][3:], *lines[1:6][::-1], *lines[6:], ""]))
    after = load(root)
    assert after.digest == before.digest
    assert after.meanings == before.meanings


def test_every_change_of_meaning_changes_the_digest_of_its_file_alone(root):
    before = load(root)
    edit(root, SITE, "capacity: 1000", "capacity: 999")
    after = load(root)
    assert after.digest != before.digest
    assert {file for file in before.meanings if before.meanings[file] != after.meanings[file]} == {SITE}


def test_loading_twice_gives_the_same(root):
    assert load(root) == load(root)


def test_the_digest_does_not_depend_on_where_the_network_lies(root, tmp_path):
    shutil.copytree(root, tmp_path / "elsewhere")
    assert load(tmp_path / "elsewhere").digest == load(root).digest


def test_invalid_networks_say_how_many_errors_there_are_and_name_the_first(root):
    edit(root, SITE, "number: 1", "number: one")
    with pytest.raises(
        InvalidNetwork, match="1 error: inventory/sites/rivers-hq.yaml:2: number must be a number, not text 'one'"
    ) as caught:
        load(root)
    assert isinstance(caught.value, NetctlError)
    assert caught.value.exit_status == 4
