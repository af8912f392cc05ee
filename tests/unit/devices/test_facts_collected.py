from pathlib import Path

import pytest

from netctl.devices.facts import SavedOutputs, collect, load_sheet
from netctl.errors import PlatformInvalid, ReplyMalformed
from recorded_facts import FACTS, RECORDED

ROOT = Path(__file__).parents[3]
DAY, HOUR, MINUTE = 86400, 3600, 60


def facts(platform, text):
    sheet = load_sheet(ROOT, platform)
    return collect(sheet, SavedOutputs(text, sheet), "rx-1")


@pytest.mark.parametrize("platform", FACTS)
def test_a_recorded_session_is_understood(platform):
    assert facts(platform, (RECORDED / f"{platform}.txt").read_text(encoding="utf-8")) == FACTS[platform]


@pytest.mark.parametrize("platform", FACTS)
def test_lines_may_end_as_a_terminal_ends_them(platform):
    text = (RECORDED / f"{platform}.txt").read_text(encoding="utf-8").replace("\n", "\r\n")
    assert facts(platform, text) == FACTS[platform]


NXOS = """\
Cisco Nexus Operating System (NX-OS) Software
Software
  BIOS: version 07.69
  NXOS: version 9.3(10)
  NXOS image file is: bootflash:///nxos.9.3.10.bin
Hardware
  cisco Nexus9000 C93180YC-FX Chassis
  Processor Board ID FDO0BOARD01
  Device name: rx-1
Kernel uptime is 12 day(s), 3 hour(s), 0 minute(s), 5 second(s)
Last reset
  Reason: Unknown
"""
EOS = """\
Arista DCS-7050SX3-48YC8-F
Hardware version:    12.03
Serial number:       JPE0EXAMPLE
System MAC address:  0000.5e00.5301

Software image version: 4.28.3M
Architecture:           x86_64

Uptime:                 0 weeks, 4 days, 5 hours and 6 minutes
Total memory:           8155460 kB
Free memory:            5512340 kB
"""
JUNOS = """\
netctl@rx-1> show version
Hostname: rx-1
Model: mx204
Junos: 21.4R3-S5.4
JUNOS OS Kernel 64-bit  [20230101.example_builder_stable_12_214]

netctl@rx-1> show chassis hardware
Hardware inventory:
Item             Version  Part number  Serial number     Description
Chassis                                JN0EXAMPLE        JNP204 [MX204]

netctl@rx-1> show system uptime
Current time: 2026-11-22 10:00:00 JST
Time Source:  NTP CLOCK
System booted: 2026-11-16 06:48:00 JST (6d 03:12 ago)
"""
YAMAHA = """\
RTX1200 BootROM Ver.1.01
RTX1200 Rev.10.01.78 (Thu Sep 29 15:08:40 2016)
  main:  RTX1200 ver=c0 serial=D0EXAMPLE MAC-Address=00:00:5e:00:53:01 MAC-Addr
ess=00:00:5e:00:53:02 MAC-Address=00:00:5e:00:53:03
CPU:   1%(5sec)   2%(1min)   3%(5min)    Memory: 24% used
Packet-buffer:   0%(small)   0%(middle)   5%(large)   0%(huge) used
Firmware: exec1  Config. file: config1
Default firmware: exec0  Default config. file: config0
Boot time: 2026/01/24 12:32:36 +09:00
Current time: 2026/01/30 09:44:53 +09:00
Elapsed time from boot: 5days 21:12:17
Security Class: 1, FORGET: ON, TELNET: OFF
Inside Temperature(C.): 36
"""
IX_R = """\
NEC Portable Internetwork Core Operating System Software
IX-R/IX-V Series IX-R2530 (example) Software, Version 1.3.21, RELEASE SOFTWARE
System uptime is 4 minutes
"""


@pytest.mark.parametrize(
    ("platform", "text", "expected"),
    [
        ("cisco_nxos", NXOS, ("rx-1", "C93180YC-FX", "FDO0BOARD01", "9.3(10)", 12 * DAY + 3 * HOUR + 5)),
        ("arista_eos", EOS, ("", "DCS-7050SX3-48YC8-F", "JPE0EXAMPLE", "4.28.3M", 4 * DAY + 5 * HOUR + 6 * MINUTE)),
        ("juniper_junos", JUNOS, ("rx-1", "mx204", "JN0EXAMPLE", "21.4R3-S5.4", 6 * DAY + 3 * HOUR + 12 * MINUTE)),
        ("yamaha", YAMAHA, ("", "RTX1200", "D0EXAMPLE", "10.01.78", 5 * DAY + 21 * HOUR + 12 * MINUTE + 17)),
        ("nec_ix", IX_R, ("", "IX-R2530", "", "1.3.21", 240)),
    ],
)
def test_what_older_or_other_software_prints_is_understood_too(platform, text, expected):
    found = facts(platform, text)
    assert (found.hostname, found.model, found.serial_number, found.os_version, found.uptime) == expected


def test_junos_of_several_members_tells_of_the_first():
    member = '{"re-name": [{"data": "fpc%d"}], "software-information": [{"host-name": [{"data": "rx-1"}],' \
        ' "product-model": [{"data": "qfx5100"}], "junos-version": [{"data": "17.3R1.10"}]}]}'  # fmt: skip
    text = '{"multi-routing-engine-results": [{"multi-routing-engine-item": [%s, %s]}]}\n{master:0}\n'
    found = facts("juniper_junos", text % (member % 0, member % 1))
    assert (found.hostname, found.model, found.os_version) == ("rx-1", "qfx5100", "17.3R1.10")


def test_json_is_found_whatever_stands_around_it():
    text = '{master:0}\nWarning: {odd}\n{"hostname": "rx-1", "version": "4.28.3M"}\n{master:0}\n'
    assert facts("arista_eos", text).os_version == "4.28.3M"


def test_a_stack_tells_of_its_master():
    switch = "Switch {0} ({1})\n-----------------\nModel: AX3660S-48T4XW\nS/W: OS-L3M Ver. 12.1.{2}\nH/W: Main board\n" \
        "       AX-3660-48T4XW [BOARD{0}:SL-L3A-001]\n"  # fmt: skip
    found = facts("alaxala", switch.format(2, "Master", "H") + switch.format(1, "Backup", "G"))
    assert (found.serial_number, found.os_version) == ("BOARD2", "12.1.H")


def test_what_makers_write_for_nothing_is_nothing():
    text = (RECORDED / "frr.txt").read_text().replace("EX0001000", "Not Specified")
    assert facts("frr", text).serial_number == ""


def test_output_of_other_commands_in_a_session_is_left_out():
    text = (RECORDED / "cisco_ios.txt").read_text()
    other = "rx-1#show archive\nrx-9 uptime is 5 minutes\n"
    assert facts("cisco_ios", other + text + other) == FACTS["cisco_ios"]


@pytest.mark.parametrize("platform", FACTS)
@pytest.mark.parametrize("text", ["", "% Invalid input detected at '^' marker.\n", "{", '{"a": ' * 5000, "\x00\x1b[2J"])
def test_what_is_not_understood_is_told_with_what_was_said(platform, text):
    with pytest.raises(ReplyMalformed, match="no fact is understood") as caught:
        facts(platform, text)
    assert caught.value.where == "rx-1"
    assert len(caught.value.message) < 400


def test_a_template_that_is_none_is_told_with_its_file(tmp_path):
    folder = tmp_path / "devices/box"
    folder.mkdir(parents=True)
    (folder / "show.textfsm").write_text("Value A (\\S+\n\nStart\n")
    (folder / "facts.yaml").write_text(
        "vendor: Example\nsession: shell\nquestions:\n"
        "  - { command: show, template: show.textfsm, facts: { model: A } }\n"
    )
    sheet = load_sheet(tmp_path, "box")
    with pytest.raises(PlatformInvalid) as caught:
        collect(sheet, SavedOutputs("text", sheet), "rx-1")
    assert caught.value.where == "devices/box/show.textfsm"
