from pathlib import Path

import pytest
import yaml
from netmiko.ssh_dispatcher import CLASS_MAPPER
from ntc_templates.parse import parse_output

from netctl.devices.facts import load_sheet
from netctl.devices.facts.sheet import FactSheet
from netctl.devices.platform import platform_names
from netctl.errors import PlatformInvalid

ROOT = Path(__file__).parents[3]
PLATFORMS = platform_names(ROOT)
PROMISED = {"hostname", "vendor", "model", "serial_number", "os_version", "uptime"}
NOBODY_KNOWS_HOW = {"furukawa_fitelnet": {"serial_number", "uptime"}}  # docs/facts.md says why


def sheets():
    return {name: load_sheet(ROOT, name) for name in PLATFORMS}


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_platform_has_a_sheet_that_asks_for_every_fact(name):
    sheet = load_sheet(ROOT, name)
    if sheet.session == "driver":
        return
    assert sheet.vendor
    asked = {fact for question in sheet.questions for fact in question.facts} | {"vendor"}
    asked |= {"hostname"} if sheet.prompt else set()
    assert PROMISED - asked == NOBODY_KNOWS_HOW.get(name, set())


@pytest.mark.parametrize("name", [name for name in PLATFORMS if load_sheet(ROOT, name).session == "netmiko"])
def test_every_device_type_is_one_of_netmikos(name):
    assert load_sheet(ROOT, name).device_type in CLASS_MAPPER


@pytest.mark.parametrize(
    ("platform", "command"),
    sorted({(each.ntc, each.command) for sheet in sheets().values() for each in sheet.questions if each.ntc}),
)
def test_ntc_templates_knows_every_command_it_is_named_for(platform, command):
    assert parse_output(platform=platform, command=command, data="") == []


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in ROOT.glob("devices/*/*.textfsm")))
def test_no_template_of_ours_lies_about_unused(folder):
    there = {path.name for path in (ROOT / "devices" / folder).glob("*.textfsm")}
    assert there == {question.template for question in load_sheet(ROOT, folder).questions if question.template}


@pytest.mark.parametrize(
    ("platform", "prompt", "name"),
    [
        ("cisco_ios", "rx-1#", "rx-1"),
        ("cisco_ios", "rx-1(config)#", "rx-1"),
        ("cisco_iosxr", "RP/0/RP0/CPU0:rx-1#", "rx-1"),
        ("juniper_junos", "netctl@rx-1>", "rx-1"),
        ("juniper_junos", "rx-1>", "rx-1"),
        ("alaxala", "!rx-1#", "rx-1"),
        ("yamaha", "[rx-1] >", "rx-1"),
        ("yamaha", ">", ""),
        ("furukawa_fitelnet", "#", ""),
        ("frr", "rx-1#", ""),
    ],
)
def test_a_name_is_found_in_the_prompt_where_it_stands_there(platform, prompt, name):
    assert load_sheet(ROOT, platform).name_in(prompt) == name


def written(folder, **changes):
    question = {"command": "show version", "json": True, "facts": {"model": "model"}}
    data = {"vendor": "Example", "session": "netmiko", "device_type": "cisco_ios", "questions": [question]} | changes
    path = folder / "devices/box/facts.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data))
    return folder


ASK = {"command": "show version", "facts": {"model": "model"}}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"session": "pigeon"}, "pigeon"),
        ({"colour": "red"}, "colour"),
        ({"prompt": "("}, "unterminated"),
        ({"prompt": "no group"}, "one group"),
        ({"device_type": ""}, "device_type"),
        ({"session": "shell"}, "device_type"),
        ({"questions": []}, "questions"),
        ({"questions": [ASK]}, "exactly one of"),
        ({"questions": [ASK | {"json": True, "ntc": "cisco_ios"}]}, "exactly one of"),
        ({"questions": [ASK | {"template": "missing.textfsm"}]}, "no template missing.textfsm"),
        ({"questions": [ASK | {"json": True, "facts": {"colour": "x"}}]}, "colour"),
        ({"questions": [ASK | {"json": True, "facts": {"model": {"since": "A", "now": "B"}}}]}, "two moments"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_told_with_its_file(tmp_path, changes, word):
    with pytest.raises(PlatformInvalid, match=word) as caught:
        load_sheet(written(tmp_path, **changes), "box")
    assert caught.value.where == "devices/box/facts.yaml"


@pytest.mark.parametrize("text", [b"", b"- 1\n", b"a: [", b"\xff\xfe", b"a: &a [*a]\n"])
def test_a_file_that_is_no_sheet_is_told(tmp_path, text):
    (written(tmp_path) / "devices/box/facts.yaml").write_bytes(text)
    with pytest.raises(PlatformInvalid):
        load_sheet(tmp_path, "box")


def test_a_platform_without_a_sheet_is_asked_through_its_driver(tmp_path):
    assert load_sheet(tmp_path, "box") == FactSheet(vendor="", session="driver")
