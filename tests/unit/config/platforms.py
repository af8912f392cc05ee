"""Small platforms for tests: rules in the words of docs/rules.md."""

from __future__ import annotations

import yaml

from netctl.config.rules import Rules, load

IOS = """
layout: {style: indent, comments: ["!"], closers: [exit, end, exit-address-family], step: " ", leave: exit}
words: {negate: "no", default: default}
names: {interface: {Gi: GigabitEthernet, Lo: Loopback}}
defaults: [ip domain lookup]
statements:
  "hostname <name>":
  "ip domain lookup":
  "vrf definition {vrf}": {defines: "vrf {vrf}", inside: {}}
  "vlan {vlans:numbers}": {each: vlans, inside: {"name <name>": }}
  "interface Loopback{number}": {defines: "interface Loopback{number}", like: port}
  "interface {name:interface}": {defines: "interface {name}", like: port, defaults: [no shutdown, no ip address], stays: true, remove: "default interface {name}"}
  "ip access-list extended {acl}": {defines: "acl {acl}", ordered: true, change: swap, inside: {}}
  "access-list {number} <entry...>": {ordered: true, key: "access-list {number}", remove: "no access-list {number}", defines: "acl {number}"}
  "username {user} secret <secret...>": {carries: "account {user}"}
  "router bgp {as}":
    inside:
      "neighbor {peer} remote-as <as>": {takes: "neighbor {peer}"}
      "neighbor {peer} route-map <map> {direction}": {uses: "route-map <map>"}
      "address-family {family...}": {inside: {"neighbor {peer} activate": }}
  "route-map {map} permit|deny {number}": {defines: "route-map {map}", inside: {}}
groups:
  port:
    "description <text...>":
    "vrf forwarding <vrf>": {uses: "vrf <vrf>", drops: [ip address, ipv6 address]}
    "ip address <address> <mask>": {carries: "address <address>", gone_first: "ip address * * secondary"}
    "ip address {address} {mask} secondary":
    "ip access-group <acl> {direction}": {uses: "acl <acl>"}
    "switchport trunk allowed vlan <vlans:numbers>": {grow: "switchport trunk allowed vlan add <vlans>", shrink: "switchport trunk allowed vlan remove <vlans>"}
"""

JUNOS = """
layout: {style: curly, comments: ["#"], step: "    ", containers: [unit, family, group, neighbor, term, filter]}
words: {negate: delete, say: set, move: insert}
commit: atomic
statements:
  "firewall family {family} filter {filter} term {entry} {rest...}": {ordered: true, defines: "filter {filter}"}
  "... filter input <filter>": {uses: "filter <filter>"}
  "... description <text:text...>":
  "... peer-as <as>":
  "system host-name <name>":
"""


def platform(text: str, name: str = "small") -> Rules:
    """The rules of a text."""
    return load(yaml.safe_load(text), name, name)
