"""What `dns/` means, as one digest: comments, layout, order of files and of lines do not enter."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from netctl.services.dns.declared import DeclaredDns
from netctl.zones.data import ZoneData

_PLACES = frozenset({"source", "origin", "origins", "bulk_file"})
"""Fields that say where something stands, and nothing of what it means; the origin of a zone is its name."""

_UNORDERED = frozenset({"zones", "records", "delegations", "waivers", "rdatas"})
"""Fields in which the order is that of files and lines."""

_ENCODER = msgspec.msgpack.Encoder()


def names_digest(declared: DeclaredDns) -> str:
    """SHA-256, hex, over everything that is declared of names, servers and keys; secrets are references in it."""
    digest = hashlib.sha256(declared.domain)
    for each in (declared.servers, declared.keys, declared.views):
        digest.update(_ENCODER.encode(sorted((name, _plain(one)) for name, one in each.items())))
    digest.update(_ENCODER.encode(_plain(declared.policy)))
    for zone in sorted(_ENCODER.encode([zone.origin, _plain(zone)]) for zone in declared.zones):
        digest.update(zone)
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    """The value as lists, numbers and octets."""
    if isinstance(value, ZoneData):
        return sorted(value.rrsets.items())
    if dataclasses.is_dataclass(value) or hasattr(value, "_fields"):
        return [_field(name, getattr(value, name)) for name in _fields(value) if name not in _PLACES]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return sorted((_plain(name), _plain(each)) for name, each in value.items())
    return value


def _field(name: str, value: Any) -> Any:
    plain = _plain(value)
    if name in _UNORDERED and isinstance(plain, list):
        return sorted(_ENCODER.encode(each) for each in plain)
    return plain


def _fields(value: Any) -> tuple[str, ...]:
    named: tuple[str, ...] | None = getattr(value, "_fields", None)
    return named if named is not None else tuple(each.name for each in dataclasses.fields(value))
