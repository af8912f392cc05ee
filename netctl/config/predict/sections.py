"""Commands on platforms with sections: what saying a statement does, and what taking one away takes with it."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.config.meaning.compare import same_reading
from netctl.config.meaning.item import EMPTY
from netctl.config.meaning.unique import held_once
from netctl.config.predict.modes import Modes, singles_of
from netctl.config.predict.place import Place, beginning
from netctl.config.rules import Reading, Rules, Statement
from netctl.config.rules.section import fill
from netctl.config.rules.slots import members, singles, spans
from netctl.config.syntax import Node, Tree


class Sections(Modes):
    """A tree under change."""

    def __init__(self, tree: Tree, rules: Rules) -> None:
        super().__init__(tree, rules)
        self._once: dict[Place, dict[str, list[Node]]] = {}  # what is held once → the nodes that have said it

    def run(self, path: Iterable[str], line: str) -> bool:
        """Say `line` in the mode of `path`; False where nothing changed."""
        modes = tuple(path)
        said = [self._say(place, line) for place in self._enter(modes)]  # all of them, not up to the first
        changed = any(said)
        if changed and modes and self.top.section.hollow:
            self._without_hollow(modes[0])
        return changed

    def _say(self, place: Place, line: str) -> bool:
        resized = place.section.read_resize(line)
        if resized is not None:
            return self._resize(place, *resized)
        taken = place.section.read_removal(line)
        if taken is not None and not _says_instead(place, line, taken):
            return self._take_away(place, taken, line)
        default = self.rules.words.default
        if default and line.startswith(default + " "):
            return self._reset(place, line[len(default) + 1 :].lstrip())
        changed = [self._one(place, reading) for reading in singles_of(place, line)]
        return any(changed)

    def _one(self, place: Place, reading: Reading) -> bool:
        if reading.negated:
            return self._negate(place, reading)
        statement = reading.statement
        there = place.there(reading.key)
        if place.section.is_default(reading) and not (statement is not None and statement.inside is not None):
            return self._forget(place, reading)
        if statement is None:
            return self._say_unknown(place, reading, there)
        if statement.sequence:
            new = not any(same_reading(place.section.read(node.line), reading) for node in there)
            if new:
                place.put(reading.line, reading.key)
            return new
        if statement.unique:
            return self._say_once(place, reading, statement, there)
        return self._say_known(place, reading, statement, there)

    def _say_once(self, place: Place, reading: Reading, statement: Statement, there: list[Node]) -> bool:
        """What the platform holds once is ignored while another statement holds it."""
        text, section = held_once(reading), place.section
        index = self._once.get(place)
        if index is None:
            index = self._once[place] = {}
            for node in place.nodes:
                index.setdefault(held_once(section.read(node.line)), []).append(node)
        for node in index.get(text, ()):
            held = section.read(node.line)
            if held.key != reading.key and held_once(held) == text and node in place.nodes:
                return False
        changed = self._say_known(place, reading, statement, there)
        index.setdefault(text, []).extend(place.there(reading.key))
        return changed

    def _say_unknown(self, place: Place, reading: Reading, there: list[Node]) -> bool:
        if not there:
            place.put(reading.line, reading.key)
            return True
        if not place.section.read(there[-1].line).negated:
            return False
        for node in list(there):  # `X` where `no X` stands: without a word for "default", X is taken for the default
            place.drop(node, reading.key)
        if self.rules.words.default:
            place.put(reading.line, reading.key)
        return True

    def _say_known(self, place: Place, reading: Reading, statement: Statement, there: list[Node]) -> bool:
        if not there:
            self._vanish(place, reading, statement.drops)
            place.put(reading.line, reading.key)
            return True
        old = place.section.read(there[-1].line)
        if reading.line == f"{self.rules.words.negate} {old.line}":  # a rule knows `no X`, and X stands
            return self._go(place, old, list(there))
        if same_reading(old, reading):
            return False
        if statement.extends:
            return self._extend(place, reading)
        refused = statement.change == "remove-first" or (statement.change == "rebuild" and statement.inside is not None)
        if refused and not old.negated:
            return False
        self._vanish(place, reading, statement.drops)
        place.rewrite(there[-1], reading.line)
        for node in there[:-1]:
            place.drop(node, reading.key)
        return True

    def _extend(self, place: Place, reading: Reading) -> bool:
        more = next((members(reading.slots[s]) for s in reading.slots if members(reading.slots[s])), None)
        return more is not None and self._resize(place, reading, True, more)

    def _resize(self, place: Place, reading: Reading, grows: bool, numbers: frozenset[int]) -> bool:  # noqa: FBT001 - as read
        """The list holds more or fewer numbers; where it went on over several lines, it stands in one now."""
        there = list(place.there(reading.key))
        bases = [number for number, node in enumerate(there) if not _extends(place.section.read(node.line))]
        if not bases:
            return False
        for node in there[: bases[-1]]:
            place.drop(node, reading.key)  # what was said before the whole list was said counts no more
        there = there[bases[-1] :]
        first = place.section.read(there[0].line)
        slot = next(
            (s for s in (first.statement.pattern.slots if first.statement else ()) if s.kind == "numbers"), None
        )
        listed = first.slots.get(slot.name) if slot is not None else None
        held = [_held(place.section.read(node.line).slots.get(slot.name, "")) for node in there] if slot else []
        if listed is None or not held or None in held:
            return False
        old = frozenset(number for part in held if part is not None for number in part)
        wanted = old | numbers if grows else old - numbers
        if wanted == old:
            return False
        place.rewrite(there[0], first.value.replace(listed, spans(wanted) or EMPTY, 1))
        for node in there[1:]:
            place.drop(node, reading.key)
        return True

    def _negate(self, place: Place, reading: Reading) -> bool:
        there = place.there(reading.key)
        positive = [node for node in there if not place.section.read(node.line).negated]
        default = place.section.defaults.get(reading.key)
        if positive:
            statement = reading.statement
            if statement is not None and not self._may_go(place, reading, positive):
                return False
            gone = self._go(place, reading, positive)
            off = default is not None and not default.startswith(self.rules.words.negate + " ")
            if off and not (statement is not None and statement.pattern.has_values):
                place.put(reading.line, reading.key)  # without a value to fall back to, it is shown to be off
            return gone
        if reading.statement is None and not there and self._go_by_name(place, reading):
            return True
        shown = default is not None and not place.section.is_default(reading)
        if (shown or (reading.statement is None and default is None)) and not there:
            place.put(reading.line, reading.key)  # the platform shows that it is off
            return True
        return False

    def _go_by_name(self, place: Place, reading: Reading) -> bool:
        """``no route-map X``: a beginning that ends in a name takes away all that defines the name with these words."""
        words = reading.line.removeprefix(self.rules.words.negate + " ")
        if not words.split():
            return False  # `no` and what only looks like a word
        begins, name = beginning(words), words.rsplit(None, 1)[-1]
        gone = False
        for node in [node for node in place.nodes if begins(node.line) or begins(place.section.read(node.line).value)]:
            held = place.section.read(node.line)
            defines = held.statement.defines if held.statement is not None else ()
            if any(fill(text, held.slots) == name for _, text in defines) and node in place.nodes:
                gone = self._go(place, held, [node]) or gone
        return gone

    def _take_away(self, place: Place, reading: Reading, line: str) -> bool:
        gone = False
        for key in _keys(reading):
            there = place.there(key)
            if there and self._may_go(place, reading, there):
                gone = self._go(place, reading, list(there)) or gone
        if not gone and place.section.read(line).negated and not place.section.is_default(place.section.read(line)):
            default = place.section.defaults.get(reading.key)
            if default is not None and not place.there(reading.key):
                place.put(line, reading.key)
                return True
        return gone

    def _reset(self, place: Place, line: str) -> bool:
        """``default X``: neither ``X`` nor ``no X`` is there any more."""
        reading = place.section.read(line)
        negate = self.rules.words.negate
        if reading.statement is None and not place.there(reading.key):
            reading = place.section.read(f"{negate} {line}")
        return self._forget(place, reading)

    def _forget(self, place: Place, reading: Reading) -> bool:
        there = place.there(reading.key)
        return bool(there) and self._go(place, reading, list(there))

    def _may_go(self, place: Place, reading: Reading, there: list[Node]) -> bool:
        statement = reading.statement
        if statement is None:
            return True
        if statement.hollow:
            return False
        waiting = [beginning(fill(text, reading.slots)) for text in statement.gone_first]
        keep = {id(node) for node in there}
        if any(begins(node.line) for begins in waiting for node in place.nodes if id(node) not in keep):
            return False
        if statement.sequence or not statement.pattern.has_values or statement.remove is not None:
            return True
        said = {slot.name for slot in statement.pattern.slots if slot.value} & reading.slots.keys()
        held = place.section.read(there[-1].line).slots
        return all(held.get(name) == reading.slots[name] for name in said)

    def _go(self, place: Place, reading: Reading, nodes: list[Node]) -> bool:
        statement = reading.statement
        changed = False
        for node in nodes:
            held = place.section.read(node.line)
            if statement is not None and statement.stays and not held.negated:
                changed = changed or bool(node.children)
                node.children.clear()
                self._places.pop(node, None)
                continue
            if statement is not None and statement.sequence and _stays_in_sequence(reading, held):
                continue
            place.drop(node, held.key)
            changed = True
        if changed and statement is not None:
            slots = {**reading.slots}
            self._vanish(place, Reading("", "", "", statement, slots), (*statement.takes, *statement.drops))
        return changed

    def _vanish(self, place: Place, reading: Reading, texts: Iterable[str]) -> None:
        """What goes with a statement, in its section and below it, or (``/a > b``) from the top."""
        for text in texts:
            filled = fill(text, reading.slots)
            if filled.startswith("/"):
                self.torn = True
                *above, last = [part.strip() for part in filled[1:].split(">")]
                self._vanish_below(self.top, above, last)
            else:
                self._vanish_here(place, filled)

    def _vanish_below(self, place: Place, above: list[str], last: str) -> None:
        if not above:
            self._drop_matching(place, last)
            return
        begins = beginning(above[0])
        for node in list(place.nodes):
            if begins(node.line):
                self._vanish_below(self._below(place, node), above[1:], last)

    def _vanish_here(self, place: Place, text: str) -> None:
        waiting = [place]
        while waiting:
            here = waiting.pop()
            self._drop_matching(here, text)
            waiting.extend(self._below(here, node) for node in here.nodes if node.children)

    def _drop_matching(self, place: Place, text: str) -> None:
        begins = beginning(text)
        for node in [node for node in place.nodes if begins(node.line)]:
            if node not in place.nodes:
                continue  # another of them took it along
            held = place.section.read(node.line)
            place.drop(node, held.key)
            if held.statement is not None and not held.negated:  # what goes takes along what it would take alone
                self._vanish(place, held, held.statement.takes)


def _extends(reading: Reading) -> bool:
    return reading.statement is not None and reading.statement.extends


def _held(listed: str) -> frozenset[int] | None:
    return frozenset() if listed == EMPTY else members(listed)


def _says_instead(place: Place, line: str, taken: Reading) -> bool:
    """Whether a line that takes away what is not there is a statement itself: ``X``, where a rule knows ``no X``."""
    own = place.section.read(line)
    if own.statement is None or own.negated or own.statement is taken.statement:
        return False
    return all(place.section.read(node.line).statement is not taken.statement for node in place.there(taken.key))


def _keys(reading: Reading) -> list[str]:
    """The identities that a removal names: one for each member of a list."""
    statement = reading.statement
    if statement is None or not statement.each:
        return [reading.key]
    found = singles(reading.slots.get(statement.each, ""), statement.pattern.kind_of(statement.each))
    if len(found) <= 1:
        return [reading.key]
    return [statement.identity({**reading.slots, statement.each: single}) for single in found]


def _stays_in_sequence(reading: Reading, held: Reading) -> bool:
    """Whether a line of a sequence stays: where another line is named, and not the sequence as a whole."""
    names_one = reading.slots.keys() >= held.slots.keys()
    return names_one and not same_reading(reading.positive(), held)
