"""The modes that commands are said in: entered by a path, made where they are not there, one for all openings."""

from __future__ import annotations

from abc import ABC, abstractmethod

from netctl.config.commands import shared
from netctl.config.meaning.compare import same_reading
from netctl.config.predict.place import Place, indentation_of
from netctl.config.rules import Reading, Rules
from netctl.config.rules.slots import singles
from netctl.config.syntax import Node, Tree, end_last_line, line_end


class Modes(ABC):
    """A tree, and the places in it that commands lead to."""

    def __init__(self, tree: Tree, rules: Rules) -> None:
        self.tree = tree
        self.rules = rules
        self.end = line_end(tree.children[0].raw) if tree.children else "\n"
        end_last_line(tree, self.end)
        self.top = Place(tree.children, rules.top, 0, rules, self.end)
        self.torn = False  # something may have gone from a mode above the last command's
        self._path: tuple[str, ...] = ()  # of the last command; commands work their way along a section
        self._entered: list[list[Place]] = [[self.top]]  # the places of the modes of that path
        self._places: dict[Node, Place] = {}  # by the node itself: the number of one that is gone may come again

    @abstractmethod
    def _say(self, place: Place, line: str) -> bool:
        """Say a line in a mode; False where nothing changed."""

    def _without_hollow(self, header: str) -> None:
        """A line that only chooses is not shown any more when nothing is left of what it chose."""
        reading = self.top.section.read(header)
        if reading.statement is None or not reading.statement.hollow:
            return
        for node in [node for node in self.top.there(reading.key) if not node.children]:
            self.top.drop(node, reading.key)
            self._places.pop(node, None)
            self.torn = True

    def _enter(self, path: tuple[str, ...]) -> list[Place]:
        kept = 0 if self.torn else shared(self._path, path)
        self.torn = False
        del self._entered[kept + 1 :]
        for header in path[kept:]:
            places = self._entered[-1]
            self._entered.append(
                [self._below(place, node) for place in places for node in self._headers(place, header)]
            )
        self._path = path
        return self._entered[-1]

    def _headers(self, place: Place, header: str) -> list[Node]:
        """The nodes of a mode, made where they are not there yet."""
        found = []
        for reading in singles_of(place, header):
            there = _openings(place, reading)
            if not there:
                self._say(place, reading.line)
                there = place.there(reading.key)[-1:]
                if there:
                    place.close(there[0])
            elif not same_reading(place.section.read(there[-1].line), reading):
                self._say(place, reading.line)  # entering says the line of the mode, its values too
                there = _openings(place, reading)
                if not there or not same_reading(place.section.read(there[-1].line), reading):
                    continue  # refused while the old one stands
            found += self._joined(place, there)[-1:]
        return found

    def _joined(self, place: Place, there: list[Node]) -> list[Node]:
        """A section that is opened more than once is one on the platform: all of it stands in its first opening."""
        if len(there) < 2:
            return there
        reading = place.section.read(there[-1].line)
        same = [same_reading(place.section.read(node.line), reading) for node in there]
        first, *others = there[len(same) - same[::-1].index(False) :] if False in same else there
        for node in others:
            for child in node.children:
                _indent_like(child, first.children)
                first.children.append(child)
            place.drop(node, reading.key)
            self._places.pop(node, None)
        self._places.pop(first, None)
        return [first]

    def _below(self, place: Place, node: Node) -> Place:
        known = self._places.get(node)
        if known is None:
            statement = place.section.read(node.line).statement
            section = statement.inside if statement is not None and statement.inside is not None else self.rules.unknown
            known = self._places[node] = Place(node.children, section, place.depth + 1, self.rules, self.end)
            known.above = indentation_of(node)
        return known


def _openings(place: Place, reading: Reading) -> list[Node]:
    return [node for node in place.there(reading.key) if not place.section.read(node.line).negated]


def _indent_like(node: Node, beside: list[Node]) -> None:
    """Indent a statement, and all below it, as what it is put beside: or the text would be read otherwise."""
    old = indentation_of(node)
    new = indentation_of(beside[0]) if beside else old
    if old != new:
        for _depth, each in node.walk():
            each.raw = new + each.raw.removeprefix(old)


def singles_of(place: Place, line: str) -> list[Reading]:
    """What a line says, one reading for each member where it stands for several."""
    reading = place.section.read(line)
    statement = reading.statement
    if statement is None or not statement.each:
        return [reading]
    listed = reading.slots.get(statement.each, "")
    found = singles(listed, statement.pattern.kind_of(statement.each))
    if len(found) <= 1:
        return [reading]
    return [place.section.read(reading.value.replace(listed, single, 1)) for single in found]
