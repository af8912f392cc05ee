"""Configurations of a small platform that has every attribute of docs/rules.md, by hypothesis."""

from __future__ import annotations

import yaml
from hypothesis import strategies as st

from netctl.config.rules import Rules, load
from netctl.config.syntax import Tree, parse

RULES = """
layout:
  style: indent
  comments: ["!"]
  closers: [exit, end]
  step: " "
  leave: exit
  wholes: [{start: 'banner (?P<delimiter>\\S).*'}]
words: {negate: "no", default: "default"}
names: {interface: {Gi: GigabitEthernet, Lo: Loopback}}
defaults: [no ip http server, ip redirects]
statements:
  "hostname <name>":
  "banner <text...>": {remove: no banner}
  "ip http server":
  "ip redirects":
  "vlan {vlans:numbers}": {each: vlans, defines: "vlan {vlans}", inside: {"name <name>": }}
  "vrf {vrf}": {defines: "vrf {vrf}", inside: {"rd <rd>": }}
  "interface Gi{number}": {defines: "interface Gi{number}", like: port, stays: true, defaults: [no shutdown]}
  "interface {name:interface}": {defines: "interface {name}", like: port, defaults: [no shutdown]}
  "acl {acl}": {defines: "acl {acl}", ordered: true, change: swap, inside: {}}
  "filter {filter}": {defines: "filter {filter}", change: swap, inside: {"{number:number} <entry...>": {change: remove-first, remove: "no {number}"}}}
  "prefix-list {name} seq {number} <entry...>": {defines: "prefix-list {name}", change: swap, remove: "no prefix-list {name} seq {number}"}
  "access-list {number} <entry...>": {ordered: true, key: "access-list {number}", defines: "acl {number}"}
  "policy {name} permit|deny {number}": {defines: "policy {name}", inside: {"match prefix-list {name}": {uses: "prefix-list {name}"}, "set <value...>": }}
  "route {prefix} {name:interface}": {uses: "interface {name}"}
  "log source <name:interface>": {uses: "interface <name>"}
  "log host {host}":
  "user {user} secret <secret>": {carries: "account {user}", remove: "no user {user}"}
  "router {as}":
    inside:
      "neighbor {peer} as <as>": {defines: "peer {peer}", takes: ["neighbor {peer}"], remove: "no neighbor {peer} as"}
      "neighbor {peer} policy <policy> {direction}": {uses: ["policy <policy>", "peer {peer}"]}
      "neighbor {peer} filter <filter>": {uses: ["filter <filter>", "peer {peer}"], change: remove-first}
      "id <id>": {order: first}
      "family {family}":
        inside:
          "neighbor {peer} activate": {uses: "peer {peer}"}
          "neighbor {peer} filter {filter}": {uses: ["filter {filter}", "peer {peer}"]}
groups:
  port:
    "description <text...>": {remove: no description}
    "vrf member <vrf>": {uses: "vrf <vrf>", drops: [ip address]}
    "ip address <address>": {gone_first: ["ip address * secondary"], before: ["ip address * secondary"]}
    "ip address {address} secondary": {after: ["ip address *"]}
    "acl <acl> {direction}": {uses: "acl <acl>"}
    "trunk <vlans:numbers>": {grow: "trunk add <vlans>", shrink: "trunk remove <vlans>", remove: no trunk}
    "shutdown": {order: last}
"""


def rules() -> Rules:
    return load(yaml.safe_load(RULES), "small", "small")


NAMES = st.sampled_from(["A", "B", "C"])
WORDS = st.sampled_from(["red", "green", "blue", "red green"])
NUMBERS = st.sampled_from(["1", "5", "10", "1-3", "2-4,10", "1,3-6"])


def _lines(*choices: st.SearchStrategy[str], most: int = 5) -> st.SearchStrategy[list[str]]:
    return st.lists(st.one_of(*choices), max_size=most, unique=True)


def _one_each(lines: list[str], words: int) -> list[str]:
    """One line for each beginning of so many words."""
    return list({tuple(line.split()[:words]): line for line in lines}.values())


@st.composite
def port(draw: st.DrawFn) -> list[str]:
    lines = []
    for line in (
        st.builds("description {}".format, WORDS),
        st.builds("vrf member {}".format, NAMES),
        st.builds("acl {} in".format, NAMES),
        st.builds("acl {} out".format, st.sampled_from(["A", "B", "7", "8"])),
        st.builds("trunk {}".format, NUMBERS),
        st.sampled_from(["shutdown", "no shutdown"]),
        st.sampled_from(["mystery on", "no mystery on", "mystery off"]),
    ):
        if draw(st.booleans()):
            lines.append(draw(line))
    addresses = draw(st.lists(st.sampled_from(["1", "2", "3", "4"]), unique=True, max_size=3))
    lines += [f"ip address 192.0.2.{host}{' secondary' if place else ''}" for place, host in enumerate(addresses)]
    return draw(st.permutations(lines))


@st.composite
def router(draw: st.DrawFn) -> list[str]:
    lines = ["id " + draw(st.sampled_from(["1", "2"]))] if draw(st.booleans()) else []
    family = []
    for peer in draw(st.lists(st.sampled_from(["p", "q", "r"]), unique=True)):
        lines.append(f"neighbor {peer} as {draw(st.sampled_from(['64500', '64501']))}")
        lines += [f"neighbor {peer} policy {name} in" for name in draw(_lines(NAMES, most=1))]
        lines += [f"neighbor {peer} filter {name}" for name in draw(_lines(NAMES, most=1))]
        family += [f" neighbor {peer} activate"] if draw(st.booleans()) else []
        family += [f" neighbor {peer} filter {name}" for name in draw(_lines(NAMES, most=2))]
    return [*lines, "family ipv4", *family] if draw(st.booleans()) else lines


@st.composite
def texts(draw: st.DrawFn) -> str:
    sections: list[list[str]] = []
    for one in (
        st.builds("hostname {}".format, WORDS.filter(str.isalpha)),
        st.sampled_from(["banner ^ red\n no hostname^", "banner ^ blue ^"]),
        st.sampled_from(["ip http server", "no ip http server", "no ip redirects", "ip redirects"]),
        st.sampled_from(["strange thing", "no strange thing", "no odd thing"]),
        st.builds("log source Lo{}".format, st.sampled_from("12")),
        st.builds("user netop secret {}".format, WORDS.filter(str.isalpha)),
    ):
        if draw(st.booleans()):
            sections.append([draw(one)])
    for name in draw(_lines(NAMES, most=3)):
        sections.append(
            [f"acl {name}", *draw(st.lists(st.sampled_from(["permit a", "deny b", "permit c", "deny d"]), unique=True))]
        )
    for name in draw(_lines(NAMES, most=3)):
        entries = draw(st.dictionaries(st.sampled_from("123"), WORDS))
        sections.append([f"filter {name}", *(f"{number} permit {word}" for number, word in entries.items())])
    for name in draw(_lines(NAMES, most=2)):
        sections += [
            [f"prefix-list {name} seq {n} {w}"] for n, w in draw(st.dictionaries(st.sampled_from("123"), WORDS)).items()
        ]
    for number in draw(_lines(st.sampled_from("78"), most=2)):
        sections += [
            [f"access-list {number} {entry}"] for entry in draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
        ]
    for name in draw(_lines(NAMES, most=2)):
        for number in draw(_lines(st.sampled_from("12"), most=2)):
            matches = [f"match prefix-list {other}" for other in draw(_lines(NAMES, most=2))]
            sections.append(
                [f"policy {name} permit {number}", *matches, *[f"set {word}" for word in draw(_lines(WORDS, most=1))]]
            )
    sections += [
        [f"vrf {name}", *[f"rd {n}" for n in draw(_lines(st.sampled_from("12"), most=1))]]
        for name in draw(_lines(NAMES))
    ]
    sections += [
        [f"interface {name}", *draw(port())]
        for name in draw(_lines(st.sampled_from(["Gi1", "Gi2", "Lo1", "Loopback2"])))
    ]
    sections += [
        [f"route 198.51.100.{n}/32 Lo{m}"]
        for n, m in draw(st.sets(st.tuples(st.sampled_from("12"), st.sampled_from("12")), max_size=2))
    ]
    sections += [[f"log host 192.0.2.{n}"] for n in draw(_lines(st.sampled_from("123"), most=2))]
    sections += [
        [f"vlan {n}", *[f"name {w}" for w in draw(_lines(NAMES, most=1))]]
        for n in draw(_lines(st.sampled_from(["1", "2-4", "7"])))
    ]
    if draw(st.booleans()):
        sections.append(["router 64496", *draw(router())])
    order = draw(st.permutations(sections))
    return "".join(f"{head}\n" + "".join(f" {line}\n" for line in below) for head, *below in order)


def tree(text: str, it: Rules) -> Tree:
    return parse(text, it.layout)
