"""What `vtysh` is on a box of the push benchmark: a stage, which answers for daemons that do not run there.

The answers are what the box's *running* configuration, read from its NETCONF server at every call, would give with
everything up: each BGP session that stands there is established, its BFD peer is up, virtual routers have the role that
their priority gives them beside the mate's running configuration. (`ping` is a line of shell beside it: every echo
request is answered.) Standard library only, no imports that take long: it runs some dozen times a router.
"""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time

_END = "]]>]]>"
_BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
_HELLO = (
    f'<hello xmlns="{_BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability>'
    "</capabilities></hello>"
)
_ASK = (
    f'<rpc xmlns="{_BASE}" message-id="1"><get-config><source><running/></source><filter type="subtree">'
    '<interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"><interface><name/></interface></interfaces>'
    '<virtual-routers xmlns="urn:netctl:yang:vrrp"/>'
    '<bgp xmlns="urn:netctl:yang:bgp"><session><address/><remote-as/><bfd/></session></bgp>'
    "</filter></get-config></rpc>"
)


def running(socket: str) -> str:
    """The part of a server's running configuration that the answers follow from."""
    server = subprocess.Popen(
        ["/usr/sbin/netconf-subsystem", f"--ncxserver-sockname=830@{socket}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"USER": "root", "SSH_CONNECTION": "::1 1 ::1 830"},
    )
    try:
        answer, _ = _told(server, "", b"", messages=1)
        _told(server, _HELLO, answer, messages=1)
        silent = True
        while silent:  # what this server finds in one piece with the hello is never answered, so it is asked again
            time.sleep(0.01)
            answer, silent = _told(server, _ASK, answer, messages=2)
    finally:
        server.kill()
        server.wait()
    return answer.decode().split(_END)[1]


def _told(server: subprocess.Popen[bytes], message: str, answer: bytes, messages: int) -> tuple[bytes, bool]:
    """`answer` and what follows it until it holds so many messages; True where the server fell silent before."""
    if server.stdin is None or server.stdout is None:
        raise RuntimeError("no way to the server")
    if message:
        server.stdin.write((message + _END).encode())
        server.stdin.flush()
    while answer.count(_END.encode()) < messages:
        if messages > 1 and not select.select([server.stdout], [], [], 1.0)[0]:
            return answer, True
        piece = os.read(server.stdout.fileno(), 65536)
        if not piece:
            raise RuntimeError("the server closed the session")
        answer += piece
    return answer, False


def entries(text: str, name: str) -> list[dict[str, str]]:
    """The list entries of one name, each as its leaves."""
    found = re.findall(rf"<{name}[ >].*?</{name}>", text, re.DOTALL)
    return [dict(re.findall(r"<([\w-]+)>([^<]*)</\1>", entry)) for entry in found]


def virtual_routers(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """By VRID and family."""
    return {(entry["vrid"], entry["family"]): entry for entry in entries(text, "virtual-router")}


def bgp(text: str) -> object:
    """`show bgp summary json`."""
    families: dict[str, dict[str, object]] = {"ipv4Unicast": {}, "ipv6Unicast": {}}
    for session in entries(text, "session"):
        family = families["ipv6Unicast" if ":" in session["address"] else "ipv4Unicast"]
        family[session["address"]] = {"remoteAs": int(session["remote-as"]), "state": "Established"}
    return {name: {"peers": peers} for name, peers in families.items()}


def bfd(text: str) -> object:
    """`show bfd peers json`."""
    return [{"peer": each["address"], "status": "up"} for each in entries(text, "session") if each.get("bfd") == "true"]


def vrrp(text: str) -> object:
    """`show vrrp json`; of two equal priorities the address decides, and here the first of the pair has the lower."""
    mates = virtual_routers(running(os.environ["STAGE_MATE"]))
    shown: dict[str, dict[str, object]] = {}
    for (vrid, family), entry in virtual_routers(text).items():
        own = int(entry["priority"])
        theirs = int(mates.get((vrid, family), {"priority": "0"})["priority"])
        router = shown.setdefault(vrid, {"interface": entry["interface"], "vrid": int(vrid)})
        router["v4" if family == "ipv4" else "v6"] = {
            "addresses": [entry["virtual-address"]],
            "status": "Master" if own > theirs else "Backup",
            "effectivePriority": own,
        }
    return list(shown.values())


def interfaces(text: str) -> object:
    """`show interface brief json`; virtual routers have a leaf of the same name."""
    return {entry["name"]: {"status": "up"} for entry in entries(text, "interface") if "name" in entry}


ANSWERS = {
    "show bgp summary json": bgp,
    "show bfd peers json": bfd,
    "show vrrp json": vrrp,
    "show interface brief json": interfaces,
}


def main(words: list[str]) -> None:
    """`vtysh -E -c COMMAND…`: each command is echoed before its answer."""
    text = running(os.environ["STAGE_OWN"])
    for option, command in zip(words, words[1:], strict=False):  # noqa: RUF007  itertools is one more import
        if option == "-c":
            answer = ANSWERS.get(command)
            said = json.dumps(answer(text)) if answer else "isisd is not running"
            sys.stdout.write(f"box# {command}\n{said}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
