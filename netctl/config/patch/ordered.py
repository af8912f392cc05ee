"""Sequences: what may just be said, and what needs the whole of it anew."""

from __future__ import annotations

from collections.abc import Sequence

from netctl.config.meaning import Item, Pair
from netctl.config.meaning.compare import same_reading
from netctl.config.meaning.item import in_sequence
from netctl.config.rules import Rules, Section


def reads_on(pair: Pair, rules: Rules) -> bool:
    """True where single commands lead from one order to the other: nothing moves, and what comes, comes at the end."""
    if any(inner.moved for inner in pair.below):
        return False
    come = {id(node) for inner in pair.below if inner.old is None and inner.new is not None for node in inner.new.nodes}
    if not come or pair.new is None:
        return True
    section = pair.new.section(rules.unknown)
    counted = [node for node in pair.new.children if not section.is_default(section.read(node.line))]
    statements = [section.read(node.line).statement for node in (*(pair.old.children if pair.old else ()), *counted)]
    if any(statement is not None and statement.numbered for statement in statements):
        return False  # some have numbers and some have not: the platform counts on from those
    return all(id(node) in come for node in counted[len(counted) - len(come) :])


def only_grows(pair: Pair) -> bool:
    """True where nothing goes and nothing moves."""
    return all(inner.new is not None and not inner.moved for inner in pair.below)


def grown(old: Item, new: Item, section: Section) -> tuple[str, ...] | None:
    """The lines that a sequence has more at its end; None where more than that differs."""
    if len(new.nodes) < len(old.nodes) or not alike(old.lines, new.lines[: len(old.nodes)], section):
        return None
    return new.lines[len(old.nodes) :]


def alike(left: Sequence[str], right: Sequence[str], section: Section) -> bool:
    """True where both are the same statements in the same order."""
    return len(left) == len(right) and all(
        same_reading(section.read(one), section.read(other)) for one, other in zip(left, right, strict=True)
    )


def resaid(old: Sequence[str], new: Sequence[str], section: Section) -> tuple[list[str], list[str]]:
    """The lines to take away and those to say after it, so that `old` becomes `new` line by line at its end."""
    values = [section.read(line).value for line in new]
    same = 0
    gone: list[str] = []
    for line in old:
        if same < len(values) and section.read(line).value == values[same]:
            same += 1
        else:
            gone.append(line)
    return gone, list(new[same:])


def has_hole(pair: Pair) -> bool:
    """True where something inside must be taken away before its new value can be said."""
    waiting = list(pair.below)
    while waiting:
        inner = waiting.pop()
        statement = inner.item.statement
        change = statement.change if statement is not None else "overwrite"
        if inner.old is not None and inner.new is not None and not inner.below and change not in {"overwrite", "whole"}:
            return True
        waiting.extend(inner.below)
    return False


def breaks(pair: Pair, rules: Rules) -> bool:
    """True where an object that others use cannot be changed without a moment in which it is not whole."""
    old, new = pair.old, pair.new
    if new is None or new.reading.negated or (old is not None and old.reading.negated):
        return False
    statement = new.statement
    if statement is None or statement.change != "swap":
        return False
    if old is None:
        return bool(new.children)  # an entry without what it matches yet matches everything
    if statement.sequence:
        return grown(old, new, pair.rules) is None
    section = new.section(rules.unknown)
    in_steps = len(pair.below) > 1 and not only_grows(pair)  # neither the old order nor the new one in between
    sequence = in_sequence(section, old.children, new.children)
    tangled = section.ordered and (in_steps or (sequence and not reads_on(pair, rules)))
    return tangled or not same_reading(old.reading, new.reading) or has_hole(pair)
