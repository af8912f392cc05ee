"""Commands on platforms where a removal takes all that begins with its words: Si-R, and Junos in either form."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.config.meaning.compare import same_reading
from netctl.config.meaning.words import Flat, statements
from netctl.config.predict.place import beginning
from netctl.config.predict.spelled import Spelled
from netctl.config.rules import Reading, Rules
from netctl.config.rules.section import fill
from netctl.config.syntax import Tree


class Words:
    """A tree under change, its statements spelled out."""

    def __init__(self, tree: Tree, rules: Rules) -> None:
        self.tree = tree
        self.rules = rules
        self.section = rules.top
        self.text = Spelled(tree, rules)
        self._by_key: dict[str, list[str]] | None = None

    @property
    def by_key(self) -> dict[str, list[str]]:
        """Identity → the spelled statements that have it."""
        if self._by_key is None:
            self._by_key = {}
            for node in statements(self.tree, self.rules):
                if isinstance(node, Flat):
                    self._by_key.setdefault(self.section.read(node.line).key, []).append(node.line)
        return self._by_key

    def run(self, path: Iterable[str], line: str) -> bool:
        """Say `line`; `path` (``edit`` on Junos) stands before its words. False where nothing changed."""
        words = self.rules.words
        above = " ".join(path)
        verb, _, rest = line.partition(" ")
        if words.negate and verb == words.negate:
            return self._delete(f"{above} {rest}".strip())
        if words.move and verb == words.move:
            return self._move(f"{above} {rest}".strip())
        if words.say:
            if verb != words.say:
                return self._mark(verb, f"{above} {rest}".strip())
            line = rest
        return self._say(f"{above} {line}".strip())

    def _say(self, line: str) -> bool:
        reading = self.section.read(line)
        there = self.by_key.get(reading.key, [])
        statement = reading.statement
        sequence = statement is not None and statement.sequence
        counts = there if sequence else there[-1:]  # of two values of one statement the last one
        if any(same_reading(self.section.read(old), reading) for old in counts):
            return False
        if self.section.is_default(reading):
            return self._drop(there)
        if statement is not None:
            if there and statement.change == "remove-first":
                return False
            self._vanish(reading, statement.drops)
        if there and not sequence:
            for old in there[:-1]:
                self.text.drop(old)
            self.text.rewrite(there[-1], line)
            self.by_key[reading.key] = [line]
            return True
        # A Junos entry grows where it stands; a Si-R list grows at its end.
        self.text.put(line, there[-1] if there and not self.rules.words.say else "")
        self.by_key.setdefault(reading.key, []).append(line)
        return True

    def _delete(self, line: str) -> bool:
        taken = self.section.read_removal(f"{self.rules.words.negate} {line}")
        if taken is not None and self._drop(list(self.by_key.get(taken.key, []))):
            return True
        begins, marks = beginning(line), beginning(f"deactivate {line}")
        gone = [old for olds in self.by_key.values() for old in olds if begins(old) or marks(old)]
        readings = [self.section.read(old) for old in gone]
        if not self._drop(gone):
            return False
        for reading in readings:
            if reading.statement is not None:
                self._vanish(reading, (*reading.statement.takes, *reading.statement.drops))
        return True

    def _drop(self, lines: Iterable[str]) -> bool:
        gone = list(lines)
        for line in gone:
            self.text.drop(line)
            key = self.section.read(line).key
            rest = [old for old in self.by_key.get(key, []) if old != line]
            if rest:
                self.by_key[key] = rest
            else:
                self.by_key.pop(key, None)
        return bool(gone)

    def _vanish(self, reading: Reading, texts: Iterable[str]) -> None:
        for text in texts:
            begins = beginning(fill(text, reading.slots).lstrip("/"))
            self._drop([old for olds in self.by_key.values() for old in olds if begins(old) and old != reading.line])

    def _move(self, line: str) -> bool:
        """``insert LIST ITEM before|after OTHER``: all of an entry stands before or after all of another."""
        words = line.split()
        place = next((number for number, word in enumerate(words) if word in {"before", "after"}), None)
        if place is None or place + 1 >= len(words):
            return False
        other = words[place + 1 :]
        item = words[:place]
        return self.text.move(" ".join(item), " ".join([*item[: -len(other)], *other]), after=words[place] == "after")

    def _mark(self, verb: str, line: str) -> bool:
        """``deactivate X`` and its like: marks that stand beside what they mark; ``activate`` takes one away."""
        marked = {"activate": "deactivate", "unprotect": "protect"}.get(verb)
        if marked is not None:
            return self._drop(list(self.by_key.get(self.section.read(f"{marked} {line}").key, [])))
        return verb in {"deactivate", "protect"} and self._say(f"{verb} {line}")
