"""The difference of two sections by meaning: linear where nothing moved, and silent about what is equal."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from netctl.config.meaning.entries import Move, moves
from netctl.config.meaning.equal import Sides
from netctl.config.meaning.item import Item, Meaning, gather, in_sequence, meaning_of
from netctl.config.rules import Reading, Section
from netctl.config.secrets import same_secret
from netctl.config.syntax import Node


class Pair:
    """One difference: what was there and what is to be there; None where there is nothing.

    With both sides and `below`, the section stays and differs inside. With both and no `below`, the value changes
    (or, where the readings are equal, the place: `moved`; or the lines of a sequence).
    """

    __slots__ = ("below", "move", "moved", "new", "old", "rules")

    def __init__(
        self,
        old: Item | None,
        new: Item | None,
        rules: Section,
        below: list[Pair] | None = None,
        *,
        moved: bool = False,
    ) -> None:
        self.old = old
        self.new = new
        self.rules = rules  # those of the section in which the statement stands
        self.below = below or []
        self.moved = moved
        self.move: Move | None = None  # of an entry, where removals go by words

    @property
    def item(self) -> Item:
        """The new side, or, where it goes, the old one."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a difference of nothing")
        return found

    def __repr__(self) -> str:
        return f"Pair({self.old!r}, {self.new!r}, {len(self.below)} below{', moved' if self.moved else ''})"


Comparing = Generator["Comparing", list[Pair], list[Pair]]


def compare(old: Sequence[Node], new: Sequence[Node], section: Section, unknown: Section) -> list[Pair]:
    """The differences in the order of `new`; what goes stands after what it followed in `old`.

    `unknown` are the rules of sections that no rule knows. Empty where both mean the same.
    """
    found: list[Pair] | None = None
    waiting = [_comparing(old, new, section, Sides(unknown))]
    while waiting:  # what compares a section waits here for the sections below it: nesting may be deep
        try:
            below = waiting[-1].send(found)  # type: ignore[arg-type]  # what begins is sent None
        except StopIteration as done:
            waiting.pop()
            found = done.value
        else:
            waiting.append(below)
            found = None
    return found or []


def _comparing(old: Sequence[Node], new: Sequence[Node], section: Section, sides: Sides) -> Comparing:
    """The comparison of two sections; it asks for those of the sections below by yielding them."""
    if sides.equal(old, new):
        return []
    if in_sequence(section, old, new):
        return (yield from _compare_ordered(old, new, section, sides))
    partners = _partners(old, new, sides)
    left = [node for node in old if id(node) not in partners]
    kept = set(partners.values())
    right = [node for number, node in enumerate(new) if number not in kept]
    swapped = section.sequences and _crossed(partners, old)
    pairs: list[Pair] = []
    if left or right or swapped:
        left, right = _whole_groups(old, new, left, right, section, every=swapped)
        pairs = yield from _pairs(gather(left, section), gather(right, section), section, sides)
        pairs = _in_order(pairs, old, new, partners)
    return [*pairs, *_moved_entries(old, new, section)] if section.entries else pairs


def _moved_entries(old: Sequence[Node], new: Sequence[Node], section: Section) -> Iterator[Pair]:
    for move in moves(old, new, section):
        item = Item(move.words, section.read(move.node.line), move.node)
        pair = Pair(item, item, section, moved=True)
        pair.move = move
        yield pair


def _partners(old: Sequence[Node], new: Sequence[Node], sides: Sides) -> dict[int, int]:
    """For each node of `old` (by `id`, in the order of `new`) that has an equal: where that stands in `new`."""
    waiting: dict[str, list[Node]] = {}
    for node in reversed(old):
        waiting.setdefault(node.line, []).append(node)
    found: dict[int, int] = {}
    for number, node in enumerate(new):
        equals = waiting.get(node.line)
        if equals and (equals[-1].children == node.children or sides.equal(equals[-1].children, node.children)):
            found[id(equals.pop())] = number
    return found


def _crossed(partners: dict[int, int], old: Sequence[Node]) -> bool:
    """True where equal lines stand in another order on the other side."""
    last = -1
    for node in old:
        number = partners.get(id(node), last)
        if number < last:
            return True
        last = number
    return False


def _whole_groups(
    old: Sequence[Node], new: Sequence[Node], left: list[Node], right: list[Node], section: Section, *, every: bool
) -> tuple[list[Node], list[Node]]:
    """What has one identity is compared whole, with its equal lines: sequences, lists that go on, what stands twice."""
    touched = {key for node in (*left, *right) for key in _identities(node, section)}
    texts = [*(node.line for node in (*left, *right)), *touched]
    beginnings = {section.beginning(text) for text in texts}
    words = {section.first_word(text) for text in texts}
    ordered = section.in_order if every else None
    gone, come = {id(node) for node in left}, {id(node) for node in right}

    def belongs(node: Node) -> bool:
        if not section.shares(node.line, words, beginnings) and not (ordered and section.among(node.line, ordered)):
            return False  # of another identity, without a reading
        reading = section.read(node.line)
        statement = reading.statement
        if statement is not None and statement.each:
            return any(key in touched for key in _identities(node, section))
        return reading.key in touched or (every and statement is not None and statement.sequence)

    return (
        [node for node in old if id(node) in gone or belongs(node)],
        [node for node in new if id(node) in come or belongs(node)],
    )


def _identities(node: Node, section: Section) -> Iterable[str]:
    """The identities of a statement: several where it stands for each of several."""
    reading = section.read(node.line)
    if reading.statement is None or not reading.statement.each or reading.negated:
        return (reading.key,)
    return gather([node], section).keys()


def _pairs(left: dict[str, Item], right: dict[str, Item], section: Section, sides: Sides) -> Comparing:
    pairs: list[Pair] = []
    for key, new in right.items():
        old = left.get(key)
        if old is None:
            if not _is_bare(new, sides.unknown):
                pairs.append(Pair(None, new, section))
        else:
            pair = yield from _difference(old, new, section, sides)
            if pair is not None:
                pairs.append(pair)
    pairs += [
        Pair(old, None, section) for key, old in left.items() if key not in right and not _is_bare(old, sides.unknown)
    ]
    return pairs


def _is_bare(item: Item, unknown: Section) -> bool:
    """True for a section that cannot be taken away and holds nothing: it means the same as its absence."""
    statement = item.statement
    if statement is None or not statement.stays or item.reading.negated:
        return False
    return not item.children or not gather(item.children, item.section(unknown))


def _difference(old: Item, new: Item, section: Section, sides: Sides) -> Generator[Comparing, list[Pair], Pair | None]:
    """The difference of two items with one identity; None where they mean the same."""
    statement = new.statement or old.statement
    if statement is not None and statement.sequence:
        same = len(old.nodes) == len(new.nodes) and all(
            same_reading(section.read(one), section.read(other))
            for one, other in zip(old.lines, new.lines, strict=True)
        )
        return None if same else Pair(old, new, section)
    below: list[Pair] = []
    if old.is_section or new.is_section:
        below = yield _comparing(old.children, new.children, new.section(sides.unknown), sides)
    if old.numbers is not None and old.numbers == new.numbers:
        return Pair(old, new, section, below) if below else None
    if not same_reading(old.reading, new.reading) or below:
        return Pair(old, new, section, below)
    return None


def same_reading(old: Reading, new: Reading) -> bool:
    """True where both statements say the same, secrets by their meaning."""
    if old.key != new.key or old.negated != new.negated:
        return False
    if old.value != new.value or len(old.secrets) != len(new.secrets):
        return False
    return all(same_secret(one, other) for one, other in zip(old.secrets, new.secrets, strict=True))


def _compare_ordered(old: Sequence[Node], new: Sequence[Node], section: Section, sides: Sides) -> Comparing:
    """A sequence: the longest common run stays; what stands on both sides elsewhere has moved."""
    before, after = _listed(old, section), _listed(new, section)
    matcher = SequenceMatcher(
        None, [item.reading.value for item in before], [item.reading.value for item in after], autojunk=False
    )
    pairs: list[Pair] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            both = zip(before[old_from:old_to], after[new_from:new_to], strict=True)
            for one, other in both:
                pair = yield from _difference(one, other, section, sides)
                if pair is not None:
                    pairs.append(pair)
        else:
            pairs += [Pair(item, None, section) for item in before[old_from:old_to]]
            pairs += [Pair(None, item, section) for item in after[new_from:new_to]]
    return (yield from _with_moves(pairs, section, sides))


def _listed(nodes: Iterable[Node], section: Section) -> list[Item]:
    found = []
    said: set[Meaning] = set()
    for node in nodes:
        reading = section.read(node.line)
        meaning = meaning_of(reading)
        again = meaning in said and reading.statement is not None and not node.children
        if again or section.is_default(reading):
            continue  # a platform holds an entry that it knows once, where it was said first
        said.add(meaning)
        found.append(Item(reading.key, reading, node))
    return found


def _with_moves(pairs: list[Pair], section: Section, sides: Sides) -> Comparing:
    """What goes here and comes there with the same meaning has moved."""
    gone: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.new is None and pair.old is not None:
            gone.setdefault(pair.old.reading.value, []).append(pair)
    result: list[Pair] = []
    moved: set[int] = set()
    for pair in pairs:
        if pair.old is None and pair.new is not None:
            same = gone.get(pair.new.reading.value)
            if same:
                partner = same.pop(0)
                moved.add(id(partner))
                inside = yield from _difference(partner.old, pair.new, section, sides)  # type: ignore[arg-type]
                result.append(Pair(partner.old, pair.new, section, inside.below if inside else [], moved=True))
                continue
        result.append(pair)
    return [pair for pair in result if id(pair) not in moved]


def _in_order(pairs: list[Pair], old: Sequence[Node], new: Sequence[Node], partners: dict[int, int]) -> list[Pair]:
    """In the order of `new`; what goes stands after what it followed in `old`."""
    stands = {id(node): number for number, node in enumerate(new)}
    anchors = dict(partners)
    gone: dict[int, Pair] = {}
    for pair in pairs:
        if pair.new is None and pair.old is not None:
            gone[id(pair.old.nodes[0])] = pair
        elif pair.old is not None and pair.new is not None:
            anchors[id(pair.old.nodes[0])] = stands.get(id(pair.new.nodes[0]), -1)
    if not gone:
        return pairs
    after: dict[int, float] = {}
    last = -1.0
    for node in old:
        last = anchors.get(id(node), last)
        if id(node) in gone:
            after[id(gone[id(node)])] = last + 0.5

    def place(pair: Pair) -> float:
        if pair.new is None:
            return after.get(id(pair), -0.5)
        return stands.get(id(pair.new.nodes[0]), -1)

    return sorted(pairs, key=place)
