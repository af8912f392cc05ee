"""Plain data (what JSON holds) back to frozen nouns, strictly: no missing key, no extra one, no other type.

Standard library only, like every noun. It exists so that a plan that was read from a file is either exactly a plan or
refused: a silently dropped key would not enter the digest, and an approval would cover less than the reviewer saw.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Noun = TypeVar("Noun")

_SCALARS = frozenset({str, int, bool, float})


def to_plain(value: Any) -> Any:
    """Dicts, lists and scalars, as JSON holds them; what `dataclasses.asdict` gives, in a third of its time."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    return {name: to_plain(getattr(value, name)) for name in _names(kind)}


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(entry.name for entry in fields(kind))


def from_plain(kind: type[Noun], value: object) -> Noun:
    """The noun `kind` that `to_plain` made `value` from; raises `ValueError` naming the place that is off."""
    rebuilt: Noun = _rebuild(kind, value, "")
    return rebuilt


def _rebuild(kind: Any, value: object, place: str) -> Any:
    if kind in _SCALARS:
        return _scalar(kind, value, place)
    if get_origin(kind) is Literal:
        if isinstance(value, str) and value in get_args(kind):
            return value
        raise ValueError(f"{place}: {value!r} is none of {', '.join(map(repr, get_args(kind)))}")
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind), value, place)
    if is_dataclass(kind):
        return _noun(kind, value, place)
    raise TypeError(f"{place}: nouns of kind {kind!r} are not plain data")


def _scalar(kind: Any, value: object, place: str) -> object:
    if type(value) is not kind:
        raise ValueError(f"{place}: expected {kind.__name__}, got {type(value).__name__}")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{place}: text holds half of a surrogate pair") from None
    return value


def _sequence(kinds: tuple[Any, ...], value: object, place: str) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"{place}: expected a list, got {type(value).__name__}")  # noqa: TRY004  one kind of error for bad data
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_rebuild(kinds[0], item, f"{place}[{index}]") for index, item in enumerate(value))
    if len(value) != len(kinds):
        raise ValueError(f"{place}: expected {len(kinds)} items, got {len(value)}")
    return tuple(
        _rebuild(kind, item, f"{place}[{index}]") for index, (kind, item) in enumerate(zip(kinds, value, strict=True))
    )


def _noun(kind: Any, value: object, place: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{place}: expected an object, got {type(value).__name__}")  # noqa: TRY004  as above
    known, required = _shape(kind)
    for key in value:
        if key not in known:
            raise ValueError(f"{place}: unknown key {key!r}")
    for key in required:
        if key not in value:
            raise ValueError(f"{place}: key {key!r} is missing")
    return kind(**{key: _rebuild(known[key], item, f"{place}.{key}".lstrip(".")) for key, item in value.items()})


@lru_cache(maxsize=64)
def _shape(kind: Any) -> tuple[MappingProxyType[str, Any], tuple[str, ...]]:
    hints = get_type_hints(kind)
    known = {entry.name: hints[entry.name] for entry in fields(kind)}
    required = tuple(
        entry.name for entry in fields(kind) if entry.default is MISSING and entry.default_factory is MISSING
    )
    return MappingProxyType(known), required
