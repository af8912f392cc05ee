"""IOS configurations of any length, and the same with a part of their lines changed; the same for the same numbers.

    python -m benchmarks.engine_text 10000 0.02 FOLDER [filters-stay]

writes ``running.cfg`` and ``intended.cfg``: routed and switched ports, VLANs, VRFs, numbered-line ACLs, prefix lists,
route-maps, BGP with address families, class- and policy-maps, static routes. What is referred to exists in both.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

# How many sections of a kind stand in one part; a part is some 300 lines.
PORTS, SWITCHPORTS, VLANS, ACLS, LISTS, POLICIES, NEIGHBOURS, CLASSES, ROUTES = 7, 5, 6, 2, 2, 3, 4, 2, 7
Pick = Callable[[str, str], str]


def configurations(lines: int, changed: float, *, filters: bool = True) -> tuple[str, str]:
    """Running and intended of about `lines` lines; of running's statements the share `changed` is not in intended.

    Without `filters`, ACLs, prefix lists, route-maps and policies stay as they are: nothing that is in use has to be
    copied on the way.
    """
    parts = round(lines / _text(20, _running).count("\n") * 20)
    running = _text(parts, _running)
    chance = changed
    for _ in range(3):  # not every statement has another form: those that have one take it the more often
        chances = random.Random(f"{lines} {changed}")  # noqa: S311 - the same every time
        intended = _text(parts, _intended(chances, chance), filters=filters)
        chance *= changed / (differing(running, intended) or changed)
    return running, intended


def _running(before: str, _after: str) -> str:
    return before


def _intended(chances: random.Random, chance: float) -> Pick:
    return lambda before, after: after if chances.random() < chance else before


def differing(running: str, intended: str) -> float:
    """The share of running's statements that intended does not hold in the same section."""
    before, after = Counter(_statements(running)), Counter(_statements(intended))
    return (before - after).total() / before.total()


def _statements(text: str) -> list[tuple[str, str]]:
    """Every statement with the head of its section."""
    found: list[tuple[str, str]] = []
    section = ""
    for line in text.splitlines():
        if not line.startswith(" "):
            section = line
        if line.strip() not in {"!", "exit-address-family", "end"}:
            found.append((section, line))
    return found


def _text(parts: int, pick: Pick, *, filters: bool = True) -> str:
    out: list[str] = ["version 17.9", "service timestamps log datetime msec", "hostname bench-1"]
    for section in (_vrfs, _vlans, _classes, _ports, _switchports, _bgp, _routes, _acls, _lists, _policies):
        out.append("!")
        stays = not filters and section in {_classes, _acls, _lists, _policies}
        out += filter(None, section(parts, _running if stays else pick))
    out += [
        "!",
        "line con 0",
        " logging synchronous",
        "line vty 0 4",
        " login local",
        " transport input ssh",
        "!",
        "end",
    ]
    return "\n".join(out) + "\n"


def _vrfs(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts):
        yield f"vrf definition CUST-{number}"
        yield pick(f" description customer {number}", f" description customer {number}, moved")
        yield f" rd 64500:{number}"
        yield " !"
        yield " address-family ipv4"
        yield f"  route-target export 64500:{number}"
        yield pick(f"  route-target import 64500:{number}", f"  route-target import 64500:{number + 20000}")
        yield " exit-address-family"
        yield "!"


def _vlans(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(2, 2 + min(parts * VLANS, 4000)):
        yield f"vlan {number}"
        yield pick(f" name OFFICE-{number}", f" name FLOOR-{number}")
        yield "!"


def _classes(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * CLASSES):
        yield f"class-map match-any VOICE-{number}"
        yield pick(" match dscp ef", " match dscp cs5")
        yield f" match access-group name ACL-{number % (parts * ACLS)}"
        yield f"policy-map EDGE-{number}"
        yield f" class VOICE-{number}"
        yield pick("  priority percent 20", "  priority percent 30")
        yield " class class-default"
        yield pick("  fair-queue", "  bandwidth remaining percent 50")
        yield "!"


def _ports(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * PORTS):
        slot, port, unit = number // 960, number // 20 % 48, number % 20 + 1
        yield f"interface TenGigabitEthernet{slot}/0/{port}.{unit}"
        yield pick(f" description line {number} to site {number}", f" description line {number} to depot {number}")
        yield f" encapsulation dot1Q {unit + 100}"
        yield f" vrf forwarding CUST-{number % parts}"
        address = pick(f"{number % 250 + 1}", f"{(number + 1) % 250 + 1}")
        yield f" ip address 10.{number // 250 % 250}.{number // 62500}.{address} 255.255.255.0"
        yield f" ip access-group ACL-{number % (parts * ACLS)} in"
        yield pick(" ip mtu 1500", " ip mtu 1492")
        yield f" ipv6 address 2001:DB8:{number:X}::1/64"
        yield pick(" ip ospf cost 100", " ip ospf cost 50")
        policies = parts * CLASSES
        yield f" service-policy output {pick(f'EDGE-{number % policies}', f'EDGE-{(number + 1) % policies}')}"
        yield pick("", " load-interval 30")
        yield pick(" no ip redirects", "")
        yield pick("", " shutdown")
        yield "!"


def _switchports(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * SWITCHPORTS):
        yield f"interface GigabitEthernet{number // 48 + 1}/1/{number % 48}"
        yield pick(f" description desk {number}", f" description printer {number}")
        yield " switchport mode trunk"
        yield pick(
            f" switchport trunk allowed vlan {number % 90 + 2},{number % 90 + 100}-{number % 90 + 120}",
            " switchport trunk allowed vlan 2-9",
        )
        yield " spanning-tree portfast trunk"
        yield "!"


def _bgp(parts: int, pick: Pick) -> Iterator[str]:
    yield "router bgp 64500"
    yield " bgp router-id 192.0.2.1"
    yield " bgp log-neighbor-changes"
    peers = [
        f"10.{200 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}" for number in range(parts * NEIGHBOURS)
    ]
    for number, peer in enumerate(peers):
        yield pick(
            f" neighbor {peer} remote-as {64512 + number % 1000}", f" neighbor {peer} remote-as {64513 + number % 1000}"
        )
        yield pick(f" neighbor {peer} description peer {number}", f" neighbor {peer} description partner {number}")
        yield f" neighbor {peer} timers 10 30"
    yield " !"
    yield " address-family ipv4"
    for number, peer in enumerate(peers):
        yield f"  neighbor {peer} activate"
        yield f"  neighbor {peer} send-community both"
        policies = parts * POLICIES
        yield f"  neighbor {peer} route-map {pick(f'IN-{number % policies}', f'IN-{(number + 1) % policies}')} in"
        yield f"  neighbor {peer} prefix-list LIST-{number % (parts * LISTS)} out"
    yield " exit-address-family"


def _routes(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * ROUTES):
        prefix = f"172.{16 + number // 62500}.{number // 250 % 250}.{number % 250}"
        next_hop = pick(f"10.1.0.{number % 250 + 1}", f"10.1.1.{number % 250 + 1}")
        yield pick(f"ip route {prefix} 255.255.255.255 {next_hop} name r{number}", "")


def _acls(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * ACLS):
        yield f"ip access-list extended ACL-{number}"
        for entry in range(1, 21):
            port = pick(f"{1000 + entry}", f"{2000 + entry}")
            yield (
                pick("", f" {entry * 10 + 5} permit udp 10.{entry}.0.0 0.0.255.255 any eq 514")
                if entry % 5 == 0
                else ""
            )
            yield f" {entry * 10} permit tcp 10.{entry}.0.0 0.0.255.255 host 192.0.2.{number % 250 + 1} eq {port}"
        yield " 1000 deny ip any any log"


def _lists(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * LISTS):
        for entry in range(1, 21):
            length = pick("24", "25")
            yield f"ip prefix-list LIST-{number} seq {entry * 5} permit 10.{number % 250}.{entry}.0/24 le {length}"


def _policies(parts: int, pick: Pick) -> Iterator[str]:
    for number in range(parts * POLICIES):
        yield f"route-map IN-{number} permit 10"
        yield f" match ip address prefix-list LIST-{number % (parts * LISTS)}"
        yield pick(" set local-preference 200", " set local-preference 150")
        yield f" set community 64500:{number % 60000} additive"
        yield "!"
        yield f"route-map IN-{number} deny 20"
        yield "!"


def main() -> int:
    """`LINES SHARE FOLDER [filters-stay]`."""
    if len(sys.argv) not in {4, 5}:
        sys.stderr.write(f"usage: {sys.argv[0]} LINES SHARE FOLDER [filters-stay]\n")
        return 2
    running, intended = configurations(int(sys.argv[1]), float(sys.argv[2]), filters=len(sys.argv) == 4)
    folder = Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "running.cfg").write_text(running, encoding="utf-8")
    (folder / "intended.cfg").write_text(intended, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
