"""Networks of the reference network's shape in any size: always the same files for the same number of sites.

    python benchmarks/generator.py L /tmp/wan-l

Tiers: M 600, L 3,000, XL 10,000 sites. From 2,000 sites on each centre has two core pairs. Private IPv4 space
(10.0.0.0/8) stands in for the documentation ranges, which are too small.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from netctl.inventory import reference_root, schema

TIERS = {"M": 600, "L": 3000, "XL": 10000}
SITES_PER_ORGANISATION = 25
SITES_PER_PAIR = 2000
CARRIERS = ("asagi", "kurenai", "yamabuki", "rindou")
REGIONS = ("north", "east", "south", "west")

_NETWORK = """\
# yaml-language-server: $schema=.schema/network.json
name: gov-wan-{sites}
title: Generated network of {sites} sites
title_ja: 生成されたネットワーク（{sites}拠点）
domain: gov-wan.example
asn: 64500
addresses:
  sites_v6: 3fff:100::/32
  sites_v4: 10.0.0.0/12
  site_v4_length: 28
  centres_v6: 3fff:200::/32
  centres_v4: 10.19.0.0/16
  centre_v4_length: 24
  loopbacks_v6: 3fff:300::/64
  loopbacks_v4: 10.16.0.0/16
  access_v6: 3fff:400::/64
  access_v4: 10.17.0.0/16
  backbone_v6: 3fff:500::/64
  backbone_v4: 10.18.0.0/16
  management_v6: 3fff:600::/64
  aggregate_v6: [3fff:100::/32, 3fff:200::/32]
  aggregate_v4: [10.0.0.0/12, 10.19.0.0/16]
settings:
  ntp_servers: [3fff:200:1::123, 3fff:200:2::123]
  syslog_servers: [3fff:200:1::514, 3fff:200:2::514]
  management_prefixes: [3fff:600::/112]
  login_banner: |
    Government WAN. Authorised persons only; everything is recorded.
"""

_CENTRE = """\
{id}:
  number: {number}
  name: {name}
  name_ja: {name_ja}
  region: {region}
  standing: {id}
  cores:
{pairs}  border: border-{id}
"""

_SITE = """\
# yaml-language-server: $schema=../.schema/site.json
number: {number}
name: Agency {organisation}, office {number}
name_ja: 第{organisation}庁 第{number}事務所
organisation: org-{organisation:04d}
region: {region}
{platform}routers: [r1, r2]
lines:
  - {{to: {main}, carrier: {first}, capacity: {capacity}, risk: [duct-{number}-a, building-{exchange}-a]}}
  - {{to: {backup}, carrier: {second}, capacity: {capacity}, risk: [duct-{number}-b, building-{exchange}-b]}}
"""


def generate(target: Path, sites: int, *, netconf: bool = True) -> None:
    """Write a network of `sites` sites into `target`; with `netconf`, two sites of seven speak NETCONF."""
    inventory = target / "inventory"
    (inventory / "sites").mkdir(parents=True)
    pairs = 1 if sites < SITES_PER_PAIR else 2
    organisations = -(-sites // SITES_PER_ORGANISATION)
    texts = {
        "network.yaml": _NETWORK.format(sites=sites),
        "organisations.yaml": "".join(
            f"org-{number:04d}:\n  name: Agency {number}\n  name_ja: 第{number}庁\n"
            for number in range(1, organisations + 1)
        ),
        "carriers.yaml": "".join(f"{name}: {{name: {name.title()}}}\n" for name in CARRIERS),
        "centres.yaml": _centre("main", 1, pairs) + "\n" + _centre("backup", 2, pairs),
        "backbone.yaml": "".join(_links(pairs)),
        "roles.yaml": "core: {platform: frr}\nborder: {platform: frr}\nce: {platform: frr}\n",
        "hostkeys.yaml": "{}\n",
    }
    for name, text in texts.items():
        (inventory / name).write_text(text, encoding="utf-8")
    for number in range(1, sites + 1):
        (inventory / "sites" / f"site-{number:05d}.yaml").write_text(
            _site(number, pairs, netconf=netconf), encoding="utf-8"
        )
    schema.write(target / schema.FOLDER)
    for folder in ("devices", "templates"):
        shutil.copytree(reference_root() / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))


def _centre(name: str, number: int, pairs: int) -> str:
    names = "".join(f"    - [core-{name}-{2 * pair + 1}, core-{name}-{2 * pair + 2}]\n" for pair in range(pairs))
    return _CENTRE.format(
        id=name,
        number=number,
        name=f"{name.title()} centre",
        name_ja="主センター" if number == 1 else "副センター",
        region="east" if number == 1 else "west",
        pairs=names,
    )


def _links(pairs: int) -> Iterator[str]:
    """The reference network's eight links, and for each further pair a ladder like the first and a way to it."""
    ends = []
    for pair in range(pairs):
        one, two = 2 * pair + 1, 2 * pair + 2
        ends += [(f"core-{name}-{one}", f"core-{name}-{two}") for name in ("main", "backup")]
        ends += [(f"core-main-{number}", f"core-backup-{number}") for number in (one, two)]
        ends += [(f"border-{name}", f"core-{name}-{number}") for name in ("main", "backup") for number in (one, two)]
        if pair:
            above = [(number - 2, number) for number in (one, two)]
            ends += [(f"core-{name}-{a}", f"core-{name}-{b}") for name in ("main", "backup") for a, b in above]
    for number, (a, b) in enumerate(ends, start=1):
        carrier = CARRIERS[number % len(CARRIERS)]
        yield f"bb{number}: {{number: {number}, a: {a}, b: {b}, carrier: {carrier}, capacity: 100000, metric: 10}}\n"


def _site(number: int, pairs: int, *, netconf: bool) -> str:
    core = number % (2 * pairs) + 1
    return _SITE.format(
        number=number,
        organisation=(number - 1) // SITES_PER_ORGANISATION + 1,
        region=REGIONS[number % len(REGIONS)],
        platform="platform: ietf_netconf\n" if netconf and number % 7 in {2, 6} else "",
        main=f"core-main-{core}",
        backup=f"core-backup-{core}",
        first=CARRIERS[number % len(CARRIERS)],
        second=CARRIERS[(number + 1) % len(CARRIERS)],
        capacity=(100, 200, 500, 1000)[number % 4],
        exchange=number // 40,
    )


def main() -> int:
    """`TIER-OR-NUMBER FOLDER`."""
    if len(sys.argv) != 3:
        sys.stderr.write(f"usage: {sys.argv[0]} M|L|XL|NUMBER FOLDER\n")
        return 2
    size, target = sys.argv[1:]
    generate(Path(target), TIERS.get(size) or int(size))
    return 0


if __name__ == "__main__":
    sys.exit(main())
