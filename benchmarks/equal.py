"""The same network as nornir's users write it: SimpleInventory files, which nornir-jinja2 renders by our templates.

nornir derives nothing, so what netctl derives stands in hosts.yaml, said once where it can be (defaults.yaml holds what
all routers share) and left out where it is a default. That is the terse way; many inventories are longer.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from netctl.inventory import load
from netctl.render import frr
from netctl.services import routing

_SHARED_BY_ALL = ("domain", "bfd_interval", "bfd_multiplier", "ntp_servers", "syslog_servers", "syslog_level")
_SHARED = (*_SHARED_BY_ALL, "login_banner", "management_prefixes", "management_v4", "management_v6", "drained", "snmp")

_SPLIT = ("neighbours", "originated", "prefix_lists")


def write(root: Path, target: Path) -> None:
    """hosts.yaml, groups.yaml and defaults.yaml in `target`, for the network of frr routers in `root`."""
    views = {name: _plain(frr.view(intent)) for name, intent in routing.derive(load(root)).items()}
    shared = {key: next(iter(views.values()))[key] for key in _SHARED}
    hosts = {
        name: {
            "hostname": name,
            "groups": [view["role"]],
            "data": {key: value for key, value in view.items() if not _said_elsewhere(key, value, shared)},
        }
        for name, view in views.items()
    }
    target.mkdir(parents=True)
    files = {
        "hosts.yaml": hosts,
        "groups.yaml": {"core": {}, "border": {}, "ce": {}},
        "defaults.yaml": {"data": shared},
    }
    for name, content in files.items():
        with (target / name).open("w", encoding="utf-8") as stream:
            yaml.dump(content, stream, Dumper=_NoAliases, allow_unicode=True, sort_keys=False, default_flow_style=None)


def split(data: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What templates see by family and files say once: neighbours, originated prefixes and prefix lists."""
    return {
        "neighbours_v4": [each for each in data["neighbours"] if each["family"] == 4],
        "neighbours_v6": [each for each in data["neighbours"] if each["family"] == 6],
        "originated_v4": [each for each in data["originated"] if ":" not in each],
        "originated_v6": [each for each in data["originated"] if ":" in each],
        "prefix_lists_v4": sorted((each for each in data["prefix_lists"] if each["family"] == 4), key=_name),
        "prefix_lists_v6": sorted((each for each in data["prefix_lists"] if each["family"] == 6), key=_name),
    }


def _name(entry: Mapping[str, Any]) -> Any:
    return entry["name"]


def _said_elsewhere(key: str, value: Any, shared: Mapping[str, Any]) -> bool:
    own = key.removesuffix("_v4").removesuffix("_v6")
    return (own != key and own in _SPLIT) or (key in shared and value == shared[key])


class _NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def _plain(value: Any) -> Any:
    """Named tuples as mappings, without defaults that a template's `if` takes for absent."""
    if hasattr(value, "_asdict"):
        defaults = value._field_defaults
        fields = value._asdict()
        return {key: _plain(each) for key, each in fields.items() if each or each != defaults.get(key)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
