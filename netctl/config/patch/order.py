"""The order of steps: as the intended configuration reads, section by section, with what is needed pulled before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from netctl.config.patch.steps import HEADER, Step, rank

Needs = Mapping[int, Mapping[int, bool]]  # for each step, by `id`, those before it, and whether the need is weak


class Ordered:
    """The steps with commands in their order; `cycles` are those for which no order satisfies all needs."""

    def __init__(self, root: Step) -> None:
        self.steps: list[Step] = []
        self.cycles: list[list[Step]] = []
        self._needs = _lifted(root)
        waiting: list[Step | list[Step]] = [root]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Step):
                if item.steps:
                    waiting.extend(reversed(self._arranged(sorted(item.steps, key=rank))))
                elif item.commands:
                    self.steps.append(item)
            else:
                waiting.extend(reversed(self._untangled(item)))

    def _arranged(self, steps: Sequence[Step]) -> list[Step | list[Step]]:
        """The steps of one section; those that need each other as a list."""
        found = components(steps, self._needs)
        return [group[0] if len(group) == 1 else group for group in found]

    def _untangled(self, steps: list[Step]) -> list[Step]:
        """Steps that need each other: without the weak needs, then command by command, then as far as possible."""
        result: list[Step] = []
        for group in components(sorted(steps, key=rank), _strong(self._needs)):
            if len(group) == 1:
                result.append(group[0])
            else:
                result += self._by_command(group)
        return result

    def _by_command(self, steps: list[Step]) -> list[Step]:
        leaves = [leaf for step in sorted(steps, key=rank) for leaf in step.leaves()]
        needs = _between(leaves, steps)
        place = {id(leaf): number for number, leaf in enumerate(leaves)}
        result: list[Step] = []
        for group in components(leaves, needs):
            if len(group) == 1:
                result.append(group[0])
                continue
            for tangle in components(sorted(group, key=lambda leaf: place[id(leaf)]), _strong(needs)):
                if len(tangle) > 1:
                    self.cycles.append(tangle)
                result += sorted(tangle, key=lambda leaf: place[id(leaf)])
        return result


def _strong(needs: Needs) -> dict[int, dict[int, bool]]:
    """The needs without those that may give way."""
    return {one: {other: weak for other, weak in before.items() if not weak} for one, before in needs.items()}


def _lifted(root: Step) -> dict[int, dict[int, bool]]:
    """Every need, told between the steps of one section under which both stand."""
    found: dict[int, dict[int, bool]] = {}
    waiting = [root]
    while waiting:
        step = waiting.pop()
        waiting.extend(step.steps)
        for need in step.needs:
            _note(found, step, need.step, weak=need.weak)
    return found


def _note(found: dict[int, dict[int, bool]], step: Step, other: Step, *, weak: bool) -> None:
    one, two = step, other
    while one.depth > two.depth and one.parent is not None:
        one = one.parent
    while two.depth > one.depth and two.parent is not None:
        two = two.parent
    while one.parent is not two.parent and one.parent is not None and two.parent is not None:
        one, two = one.parent, two.parent
    if one is two:
        return  # one stands in the other
    before = found.setdefault(id(one), {})
    before[id(two)] = weak and before.get(id(two), True)


def _between(leaves: Sequence[Step], steps: Sequence[Step]) -> dict[int, dict[int, bool]]:
    """The needs between single commands, those of their sections included.

    Of a section that is needed only the first line must be there; the rest of it gives way.
    """
    here = {id(leaf) for leaf in leaves}
    tops = {id(step) for step in steps}
    found: dict[int, dict[int, bool]] = {id(leaf): {} for leaf in leaves}
    for leaf in leaves:
        step: Step | None = leaf
        while step is not None:
            for need in step.needs:
                for other in need.step.leaves():
                    if id(other) in here and other is not leaf and not _stands_in(other, step, leaf):
                        known = found[id(leaf)].get(id(other), True)
                        weak = need.weak or (bool(need.step.steps) and other.rank != HEADER)
                        found[id(leaf)][id(other)] = weak and known
            if id(step) in tops:
                break
            step = step.parent
    return found


def _stands_in(other: Step, step: Step, leaf: Step) -> bool:
    """Whether a need of a section is one for its own commands."""
    if step is leaf:
        return False
    above: Step | None = other
    while above is not None:
        if above is step:
            return True
        above = above.parent
    return False


def components(steps: Sequence[Step], needs: Needs) -> list[list[Step]]:
    """Steps that need each other in groups, what is needed first; else in the given order (Tarjan's algorithm)."""
    known = {id(step): step for step in steps}
    found: list[list[Step]] = []
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    waiting_on: set[int] = set()
    place = {id(step): number for number, step in enumerate(steps)}
    for root in known:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting_on.add(root)
        work = [(root, iter(_sorted(needs.get(root, {}), known, place)))]
        while work:
            one, rest = work[-1]
            other = next(rest, None)
            if other is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[one])
                if low[one] == index[one]:
                    found.append([known[member] for member in _unwind(stack, one, waiting_on)])
            elif other not in index:
                index[other] = low[other] = len(index)
                stack.append(other)
                waiting_on.add(other)
                work.append((other, iter(_sorted(needs.get(other, {}), known, place))))
            elif other in waiting_on:
                low[one] = min(low[one], index[other])
    return found


def _sorted(before: Mapping[int, bool], known: Mapping[int, Step], place: Mapping[int, int]) -> list[int]:
    return sorted((one for one in before if one in known), key=place.__getitem__)


def _unwind(stack: list[int], one: int, waiting_on: set[int]) -> list[int]:
    group: list[int] = []
    while True:
        member = stack.pop()
        waiting_on.discard(member)
        group.append(member)
        if member == one:
            return group
