"""The smallest complete network, as files: two centres, one organisation, one site. What `netctl init` writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SCHEMA = "# yaml-language-server: $schema="

_NETWORK = """\
# What is true of the whole network. The addresses are documentation ranges (RFC 9637, RFC 5737): put yours here.

name: wan
title: Wide area network
title_ja: 広域ネットワーク
domain: wan.example
asn: 64500

# Nobody types an address of a router: each follows from a pool and a number. Moving a pool renumbers the network.
addresses:
  sites_v6: 3fff:100::/32        # a /48 a site
  sites_v4: 192.0.2.0/24         # a /28 a site
  site_v4_length: 28
  centres_v6: 3fff:200::/32      # a /48 a centre
  centres_v4: 198.51.100.128/25
  centre_v4_length: 28
  loopbacks_v6: 3fff:300::/64
  loopbacks_v4: 198.51.100.0/25
  access_v6: 3fff:400::/64       # a /127 an access line
  access_v4: 203.0.113.0/25      # a /31 an access line
  backbone_v6: 3fff:500::/64
  backbone_v4: 203.0.113.128/25
  management_v6: 3fff:600::/64   # out of band
  aggregate_v6: [3fff:100::/32, 3fff:200::/32]
  aggregate_v4: [192.0.2.0/24, 198.51.100.128/25]

# What applies to every router unless its role, organisation, site or itself says otherwise.
settings:
  ntp_servers: [3fff:200:1::123, 3fff:200:2::123]
  syslog_servers: [3fff:200:1::514]
  management_prefixes: [3fff:600::/112]   # who may reach SSH, NETCONF and SNMP
  login_banner: |
    Authorised persons only; everything is recorded.
"""

_ORGANISATIONS = """\
# Who uses the network. An organisation may say `platform:` and `settings:` for all of its sites.

office:
  name: Office
  name_ja: 事務局
"""

_CARRIERS = """\
# Who sells us lines.

carrier-a: {name: Carrier A}
carrier-b: {name: Carrier B}
"""

_CENTRES = """\
# The two places that hold the backbone. `number` enters addresses and never changes.
# Core routers are declared in pairs: the two of a pair are never touched, or down, together.

main:
  number: 1
  name: Main centre
  name_ja: 主センター
  region: east
  standing: main
  cores:
    - [core-main-1, core-main-2]
  border: border-main

backup:
  number: 2
  name: Backup centre
  name_ja: 副センター
  region: west
  standing: backup
  cores:
    - [core-backup-1, core-backup-2]
  border: border-backup
"""

_BACKBONE = """\
# Lines between routers of the backbone. The id is the port's name at both ends; `number` enters its addresses.

bb1: {number: 1, a: core-main-1, b: core-main-2, carrier: carrier-a, capacity: 10000}
bb2: {number: 2, a: core-backup-1, b: core-backup-2, carrier: carrier-b, capacity: 10000}
bb3: {number: 3, a: core-main-1, b: core-backup-1, carrier: carrier-a, capacity: 10000, metric: 60}
bb4: {number: 4, a: core-main-2, b: core-backup-2, carrier: carrier-b, capacity: 10000, metric: 60}
bb5: {number: 5, a: border-main, b: core-main-1, carrier: carrier-a, capacity: 10000}
bb6: {number: 6, a: border-main, b: core-main-2, carrier: carrier-a, capacity: 10000}
bb7: {number: 7, a: border-backup, b: core-backup-1, carrier: carrier-b, capacity: 10000}
bb8: {number: 8, a: border-backup, b: core-backup-2, carrier: carrier-b, capacity: 10000}
"""

_ROLES = """\
# Defaults by role. `platform` is a folder's name under devices/.

core:
  platform: frr
border:
  platform: frr
ce:
  platform: frr
"""

_HOST_KEYS = """\
# Public host keys of the routers: a router whose key is not here is not spoken to.
# `netctl devices scan-keys` proposes a patch for this file; compare it with the box's console before you apply it.

{}
"""

_SITE = """\
number: 1
name: Office, headquarters
name_ja: 事務局 本部
organisation: office
region: east
routers: [r1, r2]
lines:
  - {to: main, carrier: carrier-a, capacity: 1000, risk: [duct-front]}
  - {to: backup, carrier: carrier-b, capacity: 1000, risk: [duct-back]}
"""

FILES: Mapping[str, str] = MappingProxyType({
    "network.yaml": f"{_SCHEMA}.schema/network.json\n{_NETWORK}",
    "organisations.yaml": f"{_SCHEMA}.schema/organisations.json\n{_ORGANISATIONS}",
    "carriers.yaml": f"{_SCHEMA}.schema/carriers.json\n{_CARRIERS}",
    "centres.yaml": f"{_SCHEMA}.schema/centres.json\n{_CENTRES}",
    "backbone.yaml": f"{_SCHEMA}.schema/backbone.json\n{_BACKBONE}",
    "roles.yaml": f"{_SCHEMA}.schema/roles.json\n{_ROLES}",
    "hostkeys.yaml": f"{_SCHEMA}.schema/hostkeys.json\n{_HOST_KEYS}",
    "sites/headquarters.yaml": f"{_SCHEMA}../.schema/site.json\n{_SITE}",
})  # fmt: skip
"""Path below inventory/ → text."""
