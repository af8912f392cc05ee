"""Steps: commands that belong together, their place among others, and what must be said before them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from netctl.config.commands import Command
from netctl.config.patch.names import Name

HEADER, FIRST, SAY, TAKE, LAST, LATE = range(6)  # the ranks within one section


class Need(NamedTuple):
    """A step that must be said before another; a weak one gives way where both cannot be."""

    step: Step
    weak: bool


class Step:
    """A section that is worked on (`steps`), or commands that nothing may stand between (`commands`)."""

    __slots__ = ("commands", "depth", "needs", "number", "parent", "place", "rank", "steps")

    def __init__(self, parent: Step | None, rank: int = SAY, commands: Iterable[Command] = ()) -> None:
        self.parent = parent
        self.rank = rank
        self.commands = list(commands)
        self.steps: list[Step] = []
        self.needs: list[Need] = []
        self.number = 0  # given while the order is sought
        self.depth: int = 0 if parent is None else parent.depth + 1
        if parent is None:
            self.place: float = 0
        else:
            self.place = parent.steps[-1].place + 1 if parent.steps else 0
            parent.steps.append(self)

    def after(self, other: Step, *, weak: bool = False) -> None:
        """`other` must be said first."""
        if other is not self:
            self.needs.append(Need(other, weak))

    def leaves(self) -> Iterator[Step]:
        """The steps with commands, this one or those below it, in the order they were made."""
        waiting: list[Step] = [self]
        while waiting:
            step = waiting.pop()
            if step.steps:
                waiting.extend(sorted(step.steps, key=rank, reverse=True))
            else:
                yield step

    def __repr__(self) -> str:
        return f"Step({self.commands!r}, {len(self.steps)} below, {len(self.needs)} first)"


def rank(step: Step) -> tuple[int, float]:
    """The place a step has in its section where nothing else says so."""
    return step.rank, step.place


class Naming:
    """Which steps bring names into being, take them away, begin to use them and cease to."""

    def __init__(self) -> None:
        self.defining: dict[Name, list[Step]] = {}
        self.undefining: dict[Name, list[Step]] = {}
        self.using: dict[Name, list[Step]] = {}
        self.leaving: dict[Name, list[Step]] = {}
        self.changing: dict[Name, list[Step]] = {}
        self.inherited: dict[Name, Step] = {}  # the step that makes a name anew, while those who begin to use it do

    def note(self, step: Step, defined: Iterable[Name], used: Iterable[Name]) -> None:
        """The step says a statement that was not there."""
        _put(self.defining, defined, step)
        _put(self.using, used, step)

    def note_gone(self, step: Step, defined: Iterable[Name], used: Iterable[Name]) -> None:
        """The step takes a statement away."""
        _put(self.undefining, defined, step)
        _put(self.leaving, used, step)

    def note_changing(self, step: Step, defined: Iterable[Name]) -> None:
        """The step changes line by line what a name stands for: best while nobody uses it."""
        _put(self.changing, defined, step)

    def connect(self, alone: Collection[str] = ()) -> None:
        """Every name is all it is to be before it is used, left before it is taken away, and never gone in between.

        Names of the kinds in `alone` are given up before another statement takes them; but for what goes last.
        """
        for name, users in self.using.items():
            self._begun(name, users)
        for name, changers in self.changing.items():
            self._between(name, changers)
        for name, takers in self.undefining.items():
            both = {id(taker) for taker in takers}  # one that takes its own users along needs nobody before it
            for taker in takers:
                for other in self.leaving.get(name, ()):
                    if id(other) not in both:
                        taker.after(other)
            if name[0] in alone:
                self._given_up(name, takers)
            else:
                self._kept(name, takers)

    def _begun(self, name: Name, users: Iterable[Step]) -> None:
        """Who begins to use a name does so when it is there; a copy that is bound to all of them waits for them."""
        heir = self.inherited.get(name)
        for user in users:
            for definer in self.defining.get(name, ()):
                if definer is not heir:
                    user.after(definer)
            if heir is not None:
                heir.after(user)

    def _between(self, name: Name, changers: Iterable[Step]) -> None:
        """What a name stands for changes when its last user has left it, and before another one comes."""
        for changer in changers:
            for other in self.leaving.get(name, ()):
                changer.after(other, weak=True)
            for user in self.using.get(name, ()):
                user.after(changer, weak=True)

    def _kept(self, name: Name, takers: Iterable[Step]) -> None:
        """What defines the name anew is said before what defined it goes; nobody begins to use it before that."""
        for user in self.using.get(name, ()) if name not in self.inherited else ():
            for taker in takers:
                user.after(taker, weak=True)
        definers = self.defining.get(name, [])
        anew = {id(step) for step in takers} & {id(step) for step in definers}
        for taker in takers:
            for other in definers:
                if not (id(taker) in anew and id(other) in anew):
                    taker.after(other, weak=True)  # gives way where taking it away would take the new one along

    def _given_up(self, name: Name, takers: Iterable[Step]) -> None:
        """What defined the name goes before what defines it anew; but what goes last goes last."""
        for taker in takers:
            for other in self.defining.get(name, ()):
                if taker.rank != LATE:
                    other.after(taker, weak=True)


def _put(where: dict[Name, list[Step]], names: Iterable[Name], step: Step) -> None:
    for name in names:
        steps = where.setdefault(name, [])
        if not steps or steps[-1] is not step:
            steps.append(step)
