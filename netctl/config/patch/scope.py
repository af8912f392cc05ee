"""One section that is being changed: its statements on both sides, what is said and taken in it, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from netctl.config.meaning import Pair
from netctl.config.patch.steps import Step
from netctl.config.predict.place import beginning
from netctl.config.rules import Reading, Rules, Section, Statement
from netctl.config.rules.section import fill
from netctl.config.syntax import Node

Said = list[tuple[Step, Reading]]


class Scope:
    """A section, or the top level; `step` is what its commands are put into."""

    def __init__(
        self,
        step: Step,
        path: tuple[str, ...],
        section: Section,
        sides: tuple[Sequence[Node], Sequence[Node]],
        *,
        late: bool = False,
    ) -> None:
        self.step = step
        self.path = path
        self.section = section
        self.old, self.new = sides
        self.late = late  # everything in it is said last
        self.header: Step | None = None
        self.said: Said = []
        self.taken: Said = []
        self.effects: dict[int, list[Node]] = {}  # for a difference, by `id`: the nodes of running that vanish with it
        self.vanishing: dict[int, Pair] = {}  # a node of running, by `id`: the difference that makes it vanish
        self.taking: dict[str, Step] = {}  # the removals said here, each of them once
        self._by_word: dict[int, dict[str, Said]] = {}  # `said` and `taken` by first word, while they are connected

    def below(self, step: Step, line: str, section: Section, sides: tuple[Sequence[Node], Sequence[Node]]) -> Scope:
        """The scope of a section in this one."""
        found = Scope(step, (*self.path, line), section, sides, late=self.late)
        found.vanishing = self.vanishing
        return found

    def readings(self) -> Iterator[Reading]:
        """The statements of the running section."""
        return (self.section.read(node.line) for node in self.old)

    def foresee(self, pairs: Iterable[Pair], rules: Rules) -> None:
        """Note what vanishes because of these differences, without a command of its own."""
        nodes: _Below | None = None
        for pair in pairs:
            texts = effect(pair)
            own = {id(node) for node in pair.old.nodes} if pair.old is not None else set()
            if not texts or own & self.vanishing.keys():
                continue
            nodes = nodes or _Below(self.old, self.section, rules)
            gone = [node for text in texts for node in nodes.matching(text) if id(node) not in own]
            for node in gone:
                self.vanishing.setdefault(id(node), pair)
            if gone:
                self.effects[id(pair)] = gone

    def connect(self) -> None:
        """The order within the section that its statements' rules want."""
        if self.header is not None:
            for step, _reading in (*self.said, *self.taken):
                step.after(self.header)
        for step, reading in self.said:
            if reading.statement is not None and not reading.negated:
                self._connect_said(step, reading, reading.statement)
        for step, reading in self.taken:
            if reading.statement is not None:
                self._connect_taken(step, reading, reading.statement)
        self._connect_unknown()

    def _connect_unknown(self) -> None:
        """Of unknown lines that differ in their last word the old one goes first: the platform may hold one value."""
        going = {_but_last(reading): step for step, reading in self.taken if reading.statement is None}
        for step, reading in self.said if going else ():
            before = going.get(_but_last(reading)) if reading.statement is None else None
            if before is not None:
                step.after(before, weak=True)

    def _connect_said(self, step: Step, reading: Reading, statement: Statement) -> None:
        for other in self._found(self.said, statement.before, reading):
            other.after(step)
        for other in self._found(self.said, statement.after, reading):
            step.after(other)
        self._effects_first(step, reading, statement.drops)
        self._gone_first(step, reading, statement)

    def _connect_taken(self, step: Step, reading: Reading, statement: Statement) -> None:
        self._effects_first(step, reading, (*statement.takes, *statement.drops))
        self._gone_first(step, reading, statement)
        # what is said before another statement is taken away after it
        for other in self._found(self.taken, statement.before, reading):
            step.after(other, weak=True)
        for other in self._found(self.taken, statement.after, reading):
            other.after(step, weak=True)

    def _effects_first(self, step: Step, reading: Reading, texts: Sequence[str]) -> None:
        for other in self._found(self.said, texts, reading):
            other.after(step)

    def _gone_first(self, step: Step, reading: Reading, statement: Statement) -> None:
        for other in self._found(self.taken, statement.gone_first, reading):
            step.after(other)

    def _found(self, steps: Said, texts: Sequence[str], reading: Reading) -> Iterator[Step]:
        """The steps whose statements begin so, but for those of the same rule: they have no order among them."""
        if not texts:
            return
        by_word = self._by_word.get(id(steps))
        if by_word is None:
            by_word = self._by_word[id(steps)] = _by_first_word(steps)
        for text in texts:
            wanted = fill(text, reading.slots)
            if ">" in wanted or wanted.startswith("/"):
                continue
            begins, first = beginning(wanted), wanted.split(None, 1)[0]
            for step, other in steps if "*" in first else by_word.get(first, ()):
                if other.statement is not reading.statement and (begins(other.line) or begins(other.value)):
                    yield step


def _but_last(reading: Reading) -> str:
    return reading.line.rpartition(" ")[0] or reading.line


def effect(pair: Pair) -> list[str]:
    """What vanishes with a difference: beginnings of statements, slots filled."""
    old, new = pair.old, pair.new
    statement = pair.item.statement
    if statement is None or not (statement.takes or statement.drops):
        return []
    if new is None or new.reading.negated or (old is not None and statement.change == "remove-first"):
        if old is None or old.reading.negated:
            return []
        return [fill(text, old.reading.slots) for text in (*statement.takes, *statement.drops)]
    if pair.below:
        return []
    return [fill(text, new.reading.slots) for text in statement.drops]


class _Below:
    """The statements of a section and of those below it, found by their first two words."""

    def __init__(self, nodes: Sequence[Node], section: Section, rules: Rules) -> None:
        self.nodes = nodes
        self.section = section
        self.rules = rules
        self.all: list[Node] = []
        self.by_words: dict[str, list[Node]] = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            self.all.append(node)
            self.by_words.setdefault(" ".join(node.line.split(None, 2)[:2]), []).append(node)
            waiting.extend(node.children)

    def matching(self, text: str) -> list[Node]:
        """The statements that begin so; ``a > b``: b in a section that begins with a. None for those from the top."""
        if text.startswith("/"):
            return []
        *above, last = [part.strip() for part in text.split(">")]
        if above:
            return list(self._in(above, last))
        words = last.split()
        begins = beginning(last)
        known = len(words) > 1 and "*" not in words[0] + words[1]
        return [
            node
            for node in (self.by_words.get(f"{words[0]} {words[1]}", []) if known else self.all)
            if begins(node.line)
        ]

    def _in(self, above: list[str], last: str) -> Iterator[Node]:
        places = list(self.nodes)
        for text in above:
            begins = beginning(text)
            places = [child for node in places if begins(node.line) for child in node.children]
        begins = beginning(last)
        yield from (node for node in places if begins(node.line))


def _by_first_word(steps: Said) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for step, reading in steps:
        for word in {text.partition(" ")[0] for text in (reading.line, reading.value)}:
            found.setdefault(word, []).append((step, reading))
    return found
