"""The rules of platforms, as the folders of a network or those that come with netctl say them."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from netctl.config.rules import Rules, load
from netctl.errors import RulesInvalid

FILE = "rules.yaml"

# msgspec learns a type when it is met first; two threads that teach it the same type at once crash the process.
_LOADING = threading.Lock()

RulesOf = Callable[[str], Rules | None]


def load_rules(roots: tuple[Path, ...], platform: str) -> Rules:
    """The rules of a platform in the first of `roots` that has some.

    Raises `RulesInvalid` with all mistakes of the file, or with the platforms that are known.
    """
    for root in roots:
        path = root / "devices" / platform / FILE
        if path.is_file() and path.parent.parent == root / "devices":
            with _LOADING:
                return _loaded(path, path.stat().st_mtime_ns)
    known = ", ".join(platforms_with_rules(roots)) or "none"
    raise RulesInvalid(f"no rules for a platform {platform!r}", hint=f"platforms with rules: {known}")


def platforms_with_rules(roots: tuple[Path, ...]) -> list[str]:
    """The platforms the configuration engine knows."""
    return sorted({path.parent.name for root in roots for path in (root / "devices").glob(f"*/{FILE}")})


def rules_of(*roots: Path) -> RulesOf:
    """Platform → its rules; None for a platform without (documents, which are compared by their lists' keys)."""

    def find(platform: str) -> Rules | None:
        if platform not in platforms_with_rules(roots):
            return None
        return load_rules(roots, platform)

    return find


@functools.lru_cache(maxsize=64)
def _loaded(path: Path, _stamp: int) -> Rules:
    where = "/".join(path.parts[-3:])
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - a safe loader of ours
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RulesInvalid(" ".join(str(error).split()), where=where) from error
    return load(data, path.parent.name, where)


class _Strict(yaml.CSafeLoader):
    """YAML in which a key that is said twice is a mistake: the second would silently win."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    seen: set[Any] = set()
    for key, _value in node.value:
        name = loader.construct_object(key, deep=True)
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"{name!r} is said twice", key.start_mark)
        seen.add(name)
    return dict(loader.construct_pairs(node, deep=True))


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
