"""`netctl config …` as other tools run it: every word of its contract, in the real program."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from unit.cli.program import environment

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
RUNNING = """\
hostname r1
vrf definition STAFF
 address-family ipv4
 exit-address-family
!
username netop privilege 15 secret 9 $9$h2Vn8RtXw4LqSk$mB7cYzT1oKe5gDvUaJ0xNpHiQf9rWs3Lu6EbMtZyC2o
interface GigabitEthernet0/1
 description 渚県庁
 vrf forwarding STAFF
 ip address 192.0.2.1 255.255.255.0
!
ip access-list extended EDGE
 permit tcp any any eq bgp
 permit ip any host 198.51.100.1
 deny   ip any any
!
"""
INTENDED = (
    RUNNING.replace("渚県庁", "渚県庁 別館")
    .replace("$9$h2Vn8RtXw4LqSk$mB7", "$9$h2Vn8RtXw4LqSk$xx7")
    .replace(
        " permit tcp any any eq bgp\n permit ip any host 198.51.100.1\n",
        " permit ip any host 198.51.100.1\n permit tcp any any eq bgp\n",
    )
    + "interface Loopback0\n ip address 203.0.113.1 255.255.255.255\n"
)


class Program:
    """The real program in a folder that is no network, with two configurations beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "a").write_text(RUNNING, encoding="utf-8")
        (folder / "b").write_text(INTENDED, encoding="utf-8")

    def run(self, *words: str, stdin: bytes | None = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "netctl", "config", *words],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            env=environment(self.folder / "home", more),
            cwd=self.folder,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def ios(self, verb: str, *words: str, **more: object) -> subprocess.CompletedProcess[bytes]:
        return self.run(verb, *words, "--platform", "cisco_ios", **more)

    def json(self, verb: str, *words: str) -> dict:
        return json.loads(self.ios(verb, *words, "--json").stdout)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.mark.parametrize("platform", sorted(folder.name for folder in CORPUS.iterdir()))
def test_parse_prints_the_file_again_byte_for_byte(program: Program, platform: str) -> None:
    file = sorted((CORPUS / platform).iterdir())[-1]
    done = program.run("parse", str(file), "--platform", platform)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == file.read_bytes()


def test_parse_keeps_bytes_that_are_no_text_of_any_encoding(program: Program) -> None:
    data = b"hostname \xff\xfe\r\ninterface Lo0\n description caf\xe9\ttab \r\n!\n\n exit"
    done = program.ios("parse", "-", stdin=data)
    assert (done.returncode, done.stdout) == (0, data)


def test_the_tree_has_lines_and_children(program: Program) -> None:
    (program.folder / "c").write_text("interface Lo0\n description 渚県\n!\nhostname a\n", encoding="utf-8")
    done = program.ios("parse", "c", "--json")
    assert json.loads(done.stdout) == {
        "platform": "cisco_ios",
        "tree": [
            {"line": "interface Lo0", "children": [{"line": "description 渚県", "children": []}]},
            {"line": "hostname a", "children": []},
        ],
    }
    assert json.loads(program.ios("parse", "-", "--json", stdin=b"").stdout) == {"platform": "cisco_ios", "tree": []}


def test_bytes_that_are_no_utf_8_are_escapes_in_json_and_lose_nothing(program: Program) -> None:
    done = program.ios("parse", "-", "--json", stdin=b"hostname caf\xe9\n")
    assert b"caf\\udce9" in done.stdout
    line = json.loads(done.stdout)["tree"][0]["line"]
    assert line.encode("utf-8", "surrogateescape") == b"hostname caf\xe9"


def test_equal_configurations_differ_in_nothing_with_status_0(program: Program) -> None:
    (program.folder / "c").write_text(RUNNING.replace("\n!", "").replace("0/1\n", "0/1\n no shutdown\n"))
    for words in (("a", "a"), ("a", "c"), ("c", "a")):
        done = program.ios("diff", *words)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert program.json("diff", "a", "c") == {"changes": []}


def test_a_difference_has_status_3_and_is_a_list_of_changes(program: Program) -> None:
    done = program.ios("diff", "a", "b", "--json")
    assert done.returncode == 3
    changes = json.loads(done.stdout)["changes"]
    assert {"op": "remove", "path": ["interface GigabitEthernet0/1"], "line": "description 渚県庁"} in changes
    assert {"op": "add", "path": ["interface GigabitEthernet0/1"], "line": "description 渚県庁 別館"} in changes
    assert [change for change in changes if change["op"] == "move"] == [
        {"op": "move", "path": ["ip access-list extended EDGE"], "line": "permit ip any host 198.51.100.1"}
    ]
    assert changes[-2:] == [
        {"op": "add", "path": [], "line": "interface Loopback0"},
        {"op": "add", "path": ["interface Loopback0"], "line": "ip address 203.0.113.1 255.255.255.255"},
    ]


def test_people_see_signs_and_sections(program: Program) -> None:
    done = program.ios("diff", "a", "b")
    assert done.returncode == 3
    text = done.stdout.decode()
    assert "  interface GigabitEthernet0/1\n-  description 渚県庁\n+  description 渚県庁 別館\n" in text
    assert "  ip access-list extended EDGE\n>  permit ip any host 198.51.100.1\n" in text
    assert text.endswith("+ interface Loopback0\n+  ip address 203.0.113.1 255.255.255.255\n")


def test_two_columns_are_as_wide_as_asked_by_the_terminal(program: Program) -> None:
    lines = program.ios("diff", "a", "b", "--side-by-side", COLUMNS="83").stdout.decode().splitlines()
    row = next(line for line in lines if "別館" in line)
    assert row == " description 渚県庁" + " " * 21 + " ~  description 渚県庁 別館"
    assert max(map(len, lines)) <= 83


def test_secrets_are_fingerprints_and_a_changed_one_still_differs(program: Program) -> None:
    for words in ((), ("--json",), ("--side-by-side",)):
        shown = program.ios("diff", "a", "b", *words, COLUMNS="300").stdout.decode()
        assert "$9$" not in shown
        assert shown.count("<secret-fingerprint:") == 2


def test_comparing_files_leaves_nothing_behind(program: Program) -> None:
    before = sorted(program.folder.iterdir())
    program.ios("diff", "a", "b")
    assert sorted(program.folder.iterdir()) == before


def test_fingerprints_are_comparable_under_the_key_of_the_installation(program: Program) -> None:
    (program.folder / "home").mkdir(mode=0o700)
    key = program.folder / "home" / "fingerprint.key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    assert program.ios("diff", "a", "b").stdout == program.ios("diff", "a", "b").stdout


def test_the_patch_leads_from_one_to_the_other_and_back(program: Program) -> None:
    done = program.ios("patch", "a", "b")
    assert done.returncode == 0, done.stderr
    assert b"interface GigabitEthernet0/1\n description " in done.stdout
    assert b"$9$h2Vn8RtXw4LqSk$xx7" in done.stdout  # a router must be told it
    (program.folder / "patch").write_bytes(done.stdout)
    (program.folder / "after").write_bytes(program.ios("predict", "a", "patch").stdout)
    assert program.ios("diff", "after", "b").returncode == 0


def test_the_patch_in_json_has_commands_rollback_and_hazards(program: Program) -> None:
    told = program.json("patch", "a", "b")
    assert set(told) == {"commands", "rollback", "hazards"}
    for command in (*told["commands"], *told["rollback"]):
        assert set(command) == {"path", "line"}
    assert {"path": ["interface Loopback0"], "line": "ip address 203.0.113.1 255.255.255.255"} in told["commands"]
    assert {"path": [], "line": "no interface Loopback0"} in told["rollback"]
    assert all(set(hazard) == {"code", "path", "line", "why"} for hazard in told["hazards"])


def test_nothing_to_do_is_an_empty_patch(program: Program) -> None:
    done = program.ios("patch", "a", "a")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert program.json("patch", "a", "a") == {"commands": [], "rollback": [], "hazards": []}


def test_hazards_are_warnings_on_stderr_without_secrets(program: Program) -> None:
    done = program.ios("patch", "a", "b", "--session-user", "netop")
    told = done.stderr.decode()
    assert told.startswith("warning: HAZ-SESSION")
    assert "username netop" in told
    assert "$9$" not in told


def test_the_account_of_the_session_is_not_taken_away(program: Program) -> None:
    (program.folder / "b").write_text(RUNNING.replace("username netop", "username other"))
    done = program.ios("patch", "a", "b", "--session-user", "netop")
    assert done.returncode == 5
    assert done.stdout == b""


def test_predict_tells_what_is_held_and_what_did_nothing(program: Program) -> None:
    commands = b"hostname r2\nno interface Loopback9\n"
    done = program.ios("predict", "a", "-", stdin=commands)
    assert done.stdout.decode() == RUNNING.replace("hostname r1", "hostname r2")
    assert done.stderr == b"warning: did nothing: no interface Loopback9\n"
    told = json.loads(program.ios("predict", "a", "-", "--json", stdin=commands).stdout)
    assert told == {"text": RUNNING.replace("hostname r1", "hostname r2"), "ignored": ["no interface Loopback9"]}


@pytest.mark.parametrize("words", [("-", "b"), ("a", "-")])
def test_a_dash_is_standard_input_on_either_side(program: Program, words: tuple[str, str]) -> None:
    stdin = (RUNNING if words[0] == "-" else INTENDED).encode()
    assert program.ios("diff", *words, "--json", stdin=stdin).returncode == 3
    named = program.json("diff", "a", "b")["changes"]
    assert len(json.loads(program.ios("diff", *words, "--json", stdin=stdin).stdout)["changes"]) == len(named)


@pytest.mark.parametrize("verb", ["diff", "patch", "predict"])
def test_standard_input_cannot_be_both(program: Program, verb: str) -> None:
    done = program.ios(verb, "-", "-")
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: NETCTL-E0801: only one of the two can be standard input\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x7fELF\x02\0\0", "is no text: it holds a NUL byte"),
        ("hostname a\n".encode("utf-16"), "is no text in UTF-8, but in UTF-16"),
    ],
)
@pytest.mark.parametrize("verb", ["parse", "diff", "patch", "predict"])
def test_binary_input_is_one_clear_error(program: Program, verb: str, data: bytes, said: str) -> None:
    (program.folder / "binary").write_bytes(data)
    done = program.ios(verb, *(["a"] if verb != "parse" else []), "binary")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[0] == f"error: NETCTL-E0805: binary: {said}"
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "said"), [("missing", "No such file or directory"), (".", "Is a directory")])
def test_what_cannot_be_read_is_one_clear_error(program: Program, name: str, said: str) -> None:
    done = program.ios("parse", name, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["message"] == f"cannot be read: {said}"
    assert done.stderr.decode().startswith(f"error: NETCTL-E0805: {name}: cannot be read: {said}\n")


def test_a_device_that_never_ends_is_given_up(program: Program) -> None:
    done = program.ios("parse", "/dev/zero")
    assert done.returncode == 2
    assert b"/dev/zero: is no text: it holds a NUL byte" in done.stderr


def test_closed_standard_input_is_one_clear_error(program: Program) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m netctl config parse - --platform frr <&-', sys.executable],
        env=environment(program.folder / "home"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: NETCTL-E0805: standard input: is closed\n")


def test_a_platform_nobody_knows_is_told_with_those_that_are_known(program: Program) -> None:
    done = program.run("parse", "a", "--platform", "routeros")
    assert done.returncode == 4
    assert b"NETCTL-E0315: no rules for a platform 'routeros'" in done.stderr
    assert b"nec_ix" in done.stderr


def test_deep_nesting_is_read_and_printed_without_end(program: Program) -> None:
    depth = 20_000
    data = b"a {\n" * depth + b"b;\n" + b"}\n" * depth
    done = program.run("parse", "-", "--platform", "juniper_junos", stdin=data)
    assert (done.returncode, done.stdout) == (0, data)
    done = program.run("parse", "-", "--platform", "juniper_junos", "--json", stdin=data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b'{"line": "a", "children": [') == depth
    assert done.stdout.count(b"[") == done.stdout.count(b"]") == depth + 2


def test_control_characters_and_hidden_ones_are_shown_not_obeyed(program: Program) -> None:
    new = "hostname r1\ninterface Lo0\n description \x1b[2Jred\u202eder\u200b\n".encode() + b" vrf forwarding \x9b\n"
    shown = program.ios("diff", "-", "a", stdin=new).stdout
    assert b"-  description \\x1b[2Jred\\u202eder\\u200b\n" in shown
    assert b"-  vrf forwarding \\x9b\n" in shown


@pytest.mark.parametrize(
    ("words", "more", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--side-by-side",), {}, True),
    ],
)
def test_a_terminal_gets_colours_unless_its_user_objects(program: Program, words, more, coloured: bool) -> None:
    leader, follower = pty.openpty()
    surroundings = environment(program.folder / "home", {"TERM": "xterm"})
    del surroundings["NO_COLOR"]
    child = subprocess.Popen(
        [sys.executable, "-m", "netctl", "config", "diff", "a", "b", "--platform", "cisco_ios", *words],
        env=surroundings | more,
        cwd=program.folder,
        stdout=follower,
    )
    os.close(follower)
    shown = b""
    while chunk := _read(leader):
        shown += chunk
    os.close(leader)
    assert child.wait(timeout=20) == 3
    assert (b"\x1b[32m" in shown) == coloured


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # the last one to write has closed it
        return b""


def test_a_file_gets_no_colour_unless_it_is_asked_for(program: Program) -> None:
    assert b"\x1b[" not in program.ios("diff", "a", "b", NO_COLOR="").stdout
    assert b"\x1b[32m+" in program.ios("diff", "a", "b", "--color", "always").stdout
