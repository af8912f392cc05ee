"""What a box is made of: its files, and the commands that lay its ports."""

import tarfile

from lxml import etree
from networks import ROOT, reference

from netctl.lab import keys, seed, wiring
from netctl.lab.place import place
from netctl.lab.topology import topology
from netctl.render import render
from netctl.services.routing import derive


def files_of(tmp_path, name):
    """The files of one router of the reference network as a new box."""
    where = place(tmp_path, "lab")
    keys.ensure(where, [name])
    intents = derive(reference())
    box = next(router for router in topology(reference(), intents).routers if router.name == name)
    return where, seed.router(where, box, render(intents[name], ROOT).parts, ROOT)


def test_an_frr_box_holds_its_artefact_in_debians_places(tmp_path):
    where, files = files_of(tmp_path, "rivers-hq-r1")
    by_path = {file.path: file for file in files}
    parts = {part.name: part.text for part in render(derive(reference())["rivers-hq-r1"], ROOT).parts}
    assert by_path["etc/frr/frr.conf"].text == parts["frr.conf"]
    assert by_path["etc/issue.net"].text == parts["banner"]
    assert by_path["etc/netctl/management.nft"].text == parts["management.nft"]
    assert "830" not in by_path["etc/ssh/sshd_config"].text


def test_a_netconf_box_holds_its_document_the_modules_and_the_agent(tmp_path):
    _, files = files_of(tmp_path, "rivers-east-r1")
    by_path = {file.path: file for file in files}
    startup = etree.fromstring(by_path["etc/netctl/startup.xml"].text.encode())
    assert etree.QName(startup).localname == "config"
    assert len(startup)
    assert "usr/share/netctl/yang/netctl-bgp.yang" in by_path
    assert "usr/lib/netctl/netctl_agent/__main__.py" in by_path
    assert "Port 830" in by_path["etc/ssh/sshd_config"].text


def test_only_a_host_that_serves_time_has_a_clock_of_its_own():
    hosts = {host.name: host for host in topology(reference(), derive(reference())).endpoints}
    texts = {name: {file.path: file.text for file in seed.endpoint(host)} for name, host in hosts.items()}
    assert "allow" in texts["main-host"]["etc/chrony/chrony.conf"]
    assert "etc/chrony/chrony.conf" not in texts["rivers-hq-host"]


def test_private_files_are_private_and_no_folder_of_debian_is_touched(tmp_path, monkeypatch):
    monkeypatch.setattr("netctl.lab.place.RUNTIME", tmp_path / "run")
    where, files = files_of(tmp_path, "rivers-hq-r1")
    seed.write(where, "rivers-hq-r1", files)
    with tarfile.open(where.host("rivers-hq-r1") / "seed.tar") as archive:
        members = {member.name: member for member in archive}
    assert members["etc/ssh/ssh_host_ed25519_key"].mode == 0o600
    assert members["etc/shadow"].mode == 0o600
    assert members["etc/frr/frr.conf"].uname == "frr"
    assert all(member.isfile() for member in members.values())


def test_the_machines_own_passwords_do_not_enter_a_box(tmp_path):
    _, files = files_of(tmp_path, "rivers-hq-r1")
    shadow = next(file.text for file in files if file.path == "etc/shadow")
    assert {line.split(":")[1] for line in shadow.splitlines()} == {"*"}


def test_keys_are_made_once(tmp_path):
    where = place(tmp_path, "lab")
    first = keys.ensure(where, ["rivers-hq-r1"])
    assert keys.ensure(where, ["rivers-hq-r1"]) == first
    assert first["rivers-hq-r1"][0].startswith("ssh-ed25519 AAAA")
    assert len(first["rivers-hq-r1"][0].split()) == 2


def test_a_key_cut_short_by_a_crash_is_made_anew(tmp_path):
    where = place(tmp_path, "lab")
    where.keys.mkdir(parents=True)
    (where.keys / "host-rivers-hq-r1").write_text("half a k")
    assert keys.ensure(where, ["rivers-hq-r1"])["rivers-hq-r1"][0].startswith("ssh-ed25519 ")


def test_every_port_name_fits_the_kernel_and_stands_in_one_namespace_once(tmp_path):
    shape = topology(reference(), derive(reference()), ["rivers-hq"])
    halves = [
        half.split() for line in wiring.port_lines(place(tmp_path, "lab"), shape) for half in line.split(" peer name ")
    ]
    ends = [(words[words.index("netns") + 1], words[2 if words[0] == "link" else 0]) for words in halves]
    assert all(len(port) <= 15 for _, port in ends)
    assert len(set(ends)) == len(ends)
