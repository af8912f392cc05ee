"""A document while it is being written: elements that become text in the one form of `netctl.config.yang`.

The same order and the same spelling as reading a router's document gives, without building an XML tree on the way: a
large network has thousands of documents.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple

from netctl.config.order import natural_order
from netctl.config.yang import NETCONF, OWNED, Element, escape

_INDENT = tuple("  " * depth for depth in range(20))
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_place = itemgetter(0)


class Draft:
    """One element. `declares` is a further namespace declaration it needs, `origin` who asked for it."""

    __slots__ = ("children", "declares", "name", "namespace", "origin", "text")

    def __init__(self, name: str, namespace: str, text: str = "", declares: str = "", origin: str = "") -> None:
        self.name = name
        self.namespace = namespace
        self.text = text
        self.declares = declares
        self.origin = origin
        self.children: list[Draft] = []


class Written(NamedTuple):
    """A document's lines and the origin of each."""

    lines: list[str]
    origins: list[str]

    @property
    def text(self) -> str:
        """The document; raises `ValueError` where a character has no way to stand in one."""
        text = "\n".join(self.lines) + "\n"
        found = _NOT_XML.search(text)
        if found:
            raise ValueError(f"U+{ord(found.group()):04X}")
        return text


def write(data: Draft) -> Written:
    """The owned containers below `data`, in the order of `OWNED`."""
    written = Written([f'<data xmlns="{NETCONF}">'], [data.origin])
    found = {child.name: child for child in data.children}
    for container in OWNED:
        if container.name in found:
            _write(found[container.name], container, NETCONF, 1, written)
    written.lines.append("</data>")
    written.origins.append(data.origin)
    return written


def _write(draft: Draft, schema: Element, outer: str, depth: int, written: Written) -> None:
    name, indent = draft.name, _INDENT[depth]
    opening = name if draft.namespace == outer else f'{name} xmlns="{draft.namespace}"'
    if draft.children:
        written.lines.append(f"{indent}<{opening}>")
        written.origins.append(draft.origin)
        for child, below in _ordered(draft, schema):
            _write(child, below, draft.namespace, depth + 1, written)
        written.lines.append(f"{indent}</{name}>")
        written.origins.append(draft.origin)
        return
    text = draft.text
    line = f"{indent}<{opening}{draft.declares}>{escape(text)}</{name}>" if text else f"{indent}<{opening}/>"
    written.lines.append(line)
    written.origins.extend([draft.origin] * (1 + text.count("\n")))


class _Child(NamedTuple):
    """A child's schema and where it stands; `keys` is None for what stands there once."""

    schema: Element
    place: int
    keys: tuple[str, ...] | None


_tables: dict[int, dict[str, _Child]] = {}


def _table(schema: Element) -> dict[str, _Child]:
    """Children of a node of the schema by name; the schema is a constant, so told by identity."""
    table = _tables.get(id(schema))
    if table is None:
        table = _tables[id(schema)] = {
            child.name: _Child(child, place, child.keys if child.kind in ("list", "leaf-list") else None)
            for place, child in enumerate(schema.children)
        }
    return table


def _ordered(draft: Draft, schema: Element) -> list[tuple[Draft, Element]]:
    """The children in schema order, list entries by their keys."""
    table = _table(schema)
    ranked = []
    for child in draft.children:
        below, place, keys = table[child.name]
        rank = () if keys is None else _rank(child, keys)
        ranked.append(((place, rank), child, below))
    ranked.sort(key=_place)
    return [(child, below) for _, child, below in ranked]


def _rank(entry: Draft, keys: tuple[str, ...]) -> tuple[tuple[tuple[str, int], ...], ...]:
    """What a list entry is sorted by, numbers by value; an entry of a leaf-list by its own text."""
    if not keys:
        return (natural_order(entry.text),)
    texts = {child.name: child.text for child in entry.children}
    return tuple(natural_order(texts[key]) for key in keys)
