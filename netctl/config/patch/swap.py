"""Objects in use that cannot be changed in place: a copy is made, used meanwhile, and taken away again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from netctl.config.commands import Command
from netctl.config.meaning.compare import same_reading
from netctl.config.patch.names import Index, Name, Place, kinds_fragile, slots_in
from netctl.config.patch.removal import removal, renamed
from netctl.config.rules import Reading, Rules
from netctl.config.rules.nouns import Reference
from netctl.config.rules.section import fill
from netctl.config.rules.slots import members
from netctl.config.syntax import Node


class Swaps:
    """Who defines and uses the names that may have to be copied, on both sides; looked up when first asked for."""

    def __init__(self, running: Sequence[Node], intended: Sequence[Node], rules: Rules) -> None:
        self._sides = (running, intended)
        self._rules = rules
        self._indexes: tuple[Index, Index] | None = None

    @property
    def indexes(self) -> tuple[Index, Index]:
        """The names of the running and of the intended configuration."""
        if self._indexes is None:
            kinds = kinds_fragile(self._rules)
            running, intended = self._sides
            self._indexes = Index(running, self._rules, kinds), Index(intended, self._rules, kinds)
        return self._indexes

    def users(self, names: Iterable[Name]) -> list[tuple[Name, Place]]:
        """The statements of the intended configuration that use these names when they are exchanged, as they are to be.

        Those that did before and, where the exchange waits for them, those that begin to.
        """
        after = self.indexes[1]
        found: list[tuple[Name, Place]] = []
        for name in names:
            stay, come = self._users(name)
            own = {(*place.keys, place.reading.key) for place in after.defined.get(name, ())}
            bound = [*(new for _old, new in stay), *(come if self.waits(name) else ())]
            found += [
                (name, place)
                for place in bound
                if not any((*place.keys, place.reading.key)[: len(keys)] == keys for keys in own)
            ]
        return found

    def waits(self, name: Name) -> bool:
        """Whether those who begin to use a name do so before it is exchanged.

        Where an object takes the place of another in use, or is said anew, it must be whole before, and its user bound
        to it: it is there when the copy is made.
        """
        before, after = self.indexes
        stay, come = self._users(name)
        if any(not self._stays(old, new) for old, new in stay):
            return True
        kept = {id(old) for old, _new in stay}
        left = [place for place in before.used.get(name, ()) if id(place) not in kept and place.keys]
        if not any(_is_part(place, before) or place.keys[0] not in self._tops[1] for place in left):
            return False
        return any(place.keys and (_is_part(place, after) or place.keys[0] not in self._tops[0]) for place in come)

    def _users(self, name: Name) -> tuple[list[tuple[Place, Place]], list[Place]]:
        """Who uses a name on both sides, as it did and as it is to, and who only begins to."""
        before, after = self.indexes
        had = {(place.keys, _single(place, name).key): place for place in before.used.get(name, ())}
        stay: list[tuple[Place, Place]] = []
        come: list[Place] = []
        for place in after.used.get(name, ()):
            old = had.get((place.keys, _single(place, name).key))
            if old is None:
                come.append(place)
            else:
                stay.append((old, place))
        return stay, come

    def _stays(self, old: Place, new: Place) -> bool:
        """Whether both stand in one section: not where its first line changes, and it is said anew."""
        top = self._rules.top
        return not new.path or same_reading(top.read(old.path[0]), top.read(new.path[0]))

    @cached_property
    def _tops(self) -> tuple[set[str], set[str]]:
        """What stands at the top level of the running and of the intended configuration."""
        running, intended = ({self._rules.top.read(node.line).key for node in side} for side in self._sides)
        return running, intended

    def swap(self, names: Sequence[Name]) -> list[Command] | None:
        """The commands that replace what these names stand for; None where nobody uses it, or no copy can be made."""
        users = self.users(names)
        if not users:
            return None
        before, after = self.indexes
        old = _outermost(place for name in names for place in before.defined.get(name, ()))
        new = _outermost(place for name in names for place in after.defined.get(name, ()))
        copies = [self._copy(place, names) for place in new]
        if not new or any(copy is None for copy in copies):
            return None
        there, back = [], []
        for name, place in users:
            temporary = self._temporary(name, new)
            bound = self._bound(name, place, temporary) if temporary else None
            if bound is None:
                return None
            there += bound[0]
            back += bound[1]
        taken = [self._taken(place.path, place.reading) for place in old]
        untaken = [self._taken(place.path, copy) for place, copy in zip(new, copies, strict=True) if copy is not None]
        if None in taken or None in untaken:
            return None
        made = (command for place, copy in zip(new, copies, strict=True) if copy for command in _all(place, copy.line))
        commands = [*dict.fromkeys(made), *there]  # an entry that stands twice is held once
        commands += dict.fromkeys(command for command in taken if command is not None)
        commands += dict.fromkeys(command for place in new for command in _all(place, place.node.line))
        commands += back
        commands += dict.fromkeys(command for command in untaken if command is not None)
        return commands

    def unbound(self, names: Iterable[Name]) -> Iterator[tuple[Name, Command]]:
        """The users that hold one name at a time: bound to the copy only when they have given up the name itself."""
        for name, place in self.users(names):
            if place.reading.statement is None or place.reading.statement.change == "overwrite":
                continue
            temporary = self._temporary(name, self.indexes[1].defined.get(name, ()))
            bound = self._bound(name, place, temporary) if temporary else None
            if bound is not None and bound[0][0] == self._taken(place.path, _single(place, name)):
                yield name, bound[0][0]

    def _taken(self, path: tuple[str, ...], reading: Reading) -> Command | None:
        line = removal(reading, self._rules)
        return None if line is None else Command(path, line)

    def _temporary(self, name: Name, definers: Sequence[Place]) -> str | None:
        """The name of the copy: one that neither side has."""
        for place in definers:
            statement = place.reading.statement
            slot = _slot(statement.defines, name[0]) if statement is not None else None
            if statement is not None and slot is not None:
                text = statement.temporary or f"{{{slot}}}-NEW"
                if "{" not in text and "<" not in text:
                    return self._free_number(name, text.split())
                return self._free(name[0], fill(text, place.reading.slots))
        return None

    def _free(self, kind: str, wanted: str) -> str:
        before, after = self.indexes
        name, number = wanted, 2
        while (kind, name) in before.defined or (kind, name) in after.defined:
            name, number = f"{wanted}{number}", number + 1
        return name

    def _free_number(self, name: Name, ranges: Iterable[str]) -> str | None:
        """The highest number that neither side defines or uses, of the range the number is in."""
        before, after = self.indexes
        taken = before.defined.keys() | after.defined.keys() | before.used.keys() | after.used.keys()
        for text in ranges:
            found = members(text) or frozenset()
            if name[1].isdigit() and int(name[1]) in found:
                return next((str(n) for n in sorted(found, reverse=True) if (name[0], str(n)) not in taken), None)
        return None

    def _copy(self, place: Place, names: Sequence[Name]) -> Reading | None:
        """The first line of the copy of a definition."""
        statement = place.reading.statement
        if statement is None:
            return None
        for name in names:
            slot = _slot(statement.defines, name[0])
            temporary = self._temporary(name, [place])
            line = renamed(place.reading, slot, temporary) if slot and temporary else None
            if line is not None:
                return place.section.read(line)
        return None

    def _bound(self, name: Name, place: Place, temporary: str) -> tuple[list[Command], list[Command]] | None:
        """The commands that bind a user to the copy, and those that bind it back; None where that is not possible."""
        reading, statement = _single(place, name), place.reading.statement
        slot = _slot(statement.uses, name[0]) if statement is not None else None
        line = renamed(reading, slot, temporary) if slot else None
        if line is None or statement is None:
            return None
        copy = place.section.read(line)
        there, back = Command(place.path, line), Command(place.path, reading.line)
        if copy.key == reading.key and statement.change == "overwrite":
            return [there], [back]
        old, new = self._taken(place.path, reading), self._taken(place.path, copy)
        if old is None or new is None:
            return None
        if copy.key == reading.key:  # bound to one at a time
            return [old, there], [new, back]
        return [there, old], [back, new]


def _is_part(place: Place, index: Index) -> bool:
    """Whether the statement stands in what defines a name."""
    owners = {(*owner.keys, owner.reading.key) for owners in index.defined.values() for owner in owners}
    return any(place.keys[:length] in owners for length in range(1, len(place.keys) + 1))


def _single(place: Place, name: Name) -> Reading:
    """What a statement says of this name alone, where it stands for several (``match community A B``)."""
    statement = place.reading.statement
    if statement is None or not statement.each or _slot(statement.uses, name[0]) != statement.each:
        return place.reading
    line = renamed(place.reading, statement.each, name[1])
    return place.reading if line is None else place.section.read(line)


def _slot(references: Iterable[Reference], kind: str) -> str | None:
    """The slot that alone makes the name of this kind."""
    for reference in references:
        slots = slots_in(reference.name)
        if reference.kind == kind and len(slots) == 1 and reference.name in {f"{{{slots[0]}}}", f"<{slots[0]}>"}:
            return slots[0]
    return None


def _outermost(places: Iterable[Place]) -> list[Place]:
    """The definitions that do not stand in another one, each once."""
    found: dict[int, Place] = {}
    for place in places:
        found.setdefault(id(place.node), place)
    keys = {(*place.keys, place.reading.key) for place in found.values()}
    return [
        place
        for place in found.values()
        if not any((*place.keys, place.reading.key)[:length] in keys for length in range(1, len(place.keys) + 1))
    ]


def _all(place: Place, line: str) -> Iterator[Command]:
    """A definition under this first line, with all that stands below it."""
    yield Command(place.path, line)
    waiting: list[tuple[tuple[str, ...], Node]] = [
        ((*place.path, line), node) for node in reversed(place.node.children)
    ]
    while waiting:
        path, node = waiting.pop()
        yield Command(path, node.line)
        waiting.extend(((*path, node.line), child) for child in reversed(node.children))
