from pathlib import Path

import textfsm

from netctl.devices.onbox.box import _described
from netctl.devices.target import PendingCommit
from netctl.devices.vtysh import answered

ROOT = Path(__file__).parents[3]


def parsed(text):
    with (ROOT / "devices/frr/show_version.textfsm").open() as file:
        return textfsm.TextFSM(file).ParseTextToDicts(text)


def test_the_version_of_frr_is_read():
    text = (
        "FRRouting 8.4.4 (rx-1) on Linux(6.1.0-18).\nCopyright 1996-2005 Kunihiro Ishiguro, et al.\nconfigured with:\n"
    )
    assert parsed(text) == [{"VERSION": "8.4.4", "HOSTNAME": "rx-1", "SYSTEM": "Linux"}]


def test_an_older_version_line_is_read():
    assert parsed("FRRouting 7.5.1 (rx-1).\n") == [{"VERSION": "7.5.1", "HOSTNAME": "rx-1", "SYSTEM": ""}]


def test_the_status_of_a_box_is_read():
    assert _described("idle\n") == (None, "")
    assert _described("idle\nlast netctl-C-1-rx-1-1 confirmed\n") == (None, "netctl-C-1-rx-1-1 confirmed")
    assert _described("pending netctl-C-1-rx-1-1 ana@noc:7 -1\n")[0] == PendingCommit(
        "netctl-C-1-rx-1-1", "ana@noc:7", 0
    )


def test_outputs_are_told_apart_by_the_echoed_commands():
    text = "rx-1# show bgp summary json\n{\n}\nrx-1# show vrrp json\n[\n]\n"
    assert answered(text, ["show bgp summary json", "show vrrp json"]) == {
        "show bgp summary json": "{\n}\n",
        "show vrrp json": "[\n]\n",
    }


def test_a_line_that_only_ends_like_a_command_is_output():
    text = 'rx-1# show a\n "x y# show b"\nfoo bar# show b\nrx-1# show b\nend\n'
    assert answered(text, ["show a", "show b"]) == {"show a": ' "x y# show b"\nfoo bar# show b\n', "show b": "end\n"}


def test_commands_after_one_that_stopped_vtysh_are_left_for_the_next():
    assert answered("rx-1# show a\nvrrpd is not running\n", ["show a", "show b"]) == {
        "show a": "vrrpd is not running\n"
    }
