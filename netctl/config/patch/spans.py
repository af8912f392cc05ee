"""Statements that stand for several members (``vlan 10-12``): what was written together is said together."""

from __future__ import annotations

from netctl.config.meaning import Item, Pair
from netctl.config.rules import Section
from netctl.config.rules.slots import spans


def joined(pairs: list[Pair], section: Section) -> list[Pair]:
    """The differences, with those that come from one line as one."""
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        statement = pair.item.statement
        if pair.old is None and pair.new is not None and statement is not None and statement.each:
            groups.setdefault(id(pair.new.nodes[0]), []).append(pair)
    if not any(len(group) > 1 for group in groups.values()):
        return pairs
    result: list[Pair] = []
    for pair in pairs:
        group = groups.get(id(pair.new.nodes[0])) if pair.old is None and pair.new is not None else None
        if group is None or len(group) == 1:
            result.append(pair)
        elif group[0] is pair:
            result.append(_one(group, section))
    return result


def _one(group: list[Pair], section: Section) -> Pair:
    item = group[0].item
    node = item.nodes[0]
    statement = item.statement
    slot = statement.each if statement is not None else ""
    whole = section.read(node.line)
    members = [pair.item.reading.slots[slot] for pair in group]
    numbers = statement is not None and statement.pattern.kind_of(slot) == "numbers"
    listed = spans(int(member) for member in members) if numbers else " ".join(members)
    line = whole.value.replace(whole.slots[slot], listed, 1)
    reading = section.read(line)
    return Pair(None, Item(reading.key, reading, node), section)
