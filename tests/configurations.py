"""The configurations and the hazards of every platform, as tests use them: tests/corpus and tests/hazards."""

from __future__ import annotations

import functools
import random
from pathlib import Path

import yaml

from netctl.config.engine import Engine
from netctl.config.meaning import statements
from netctl.config.meaning.item import in_sequence
from netctl.config.predict.place import beginning
from netctl.config.rules import Reading, Section
from netctl.config.syntax import Node, Tree
from netctl.devices.rules import load_rules
from netctl.inventory import reference_root

HERE = Path(__file__).parent
PLATFORMS = (
    "alaxala",
    "arista_eos",
    "cisco_ios",
    "cisco_iosxr",
    "cisco_nxos",
    "frr",
    "fujitsu_sir",
    "furukawa_fitelnet",
    "juniper_junos",
    "nec_ix",
    "yamaha",
)


@functools.cache
def engine(platform: str) -> Engine:
    return Engine(load_rules((reference_root(),), platform))


def corpus(platform: str) -> list[Path]:
    return sorted(path for path in (HERE / "corpus" / platform).iterdir() if path.is_file())


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


def hazards() -> list[Path]:
    return sorted((HERE / "hazards").glob("*/*.yaml"))


def hazard(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def held(tree: Tree, platform: str) -> set[str]:
    """Every statement of a configuration behind the sections above it; spelled out where removals go by words."""
    rules = engine(platform).rules
    if rules.by_words:
        return {node.line for node in statements(tree, rules)}
    found: set[str] = set()
    path: list[str] = []
    for depth, node in tree.walk():
        del path[depth:]
        path.append(node.line)
        found.add(" > ".join(path))
    return found


def mutated(tree: Tree, platform: str, seed: int, other: Tree | None = None) -> Tree:
    """Another configuration: statements gone, numbers changed, statements of another one taken in."""
    rnd = random.Random(seed)
    rules = engine(platform).rules
    result = tree.copy()
    waiting = [(result.children, other.copy().children if other is not None else [], rules.top)]
    while waiting:
        nodes, others, section = waiting.pop()
        kept: list[Node] = []
        for node in nodes:
            chance = rnd.random()
            if chance < 0.04:
                continue
            if chance < 0.10 and not node.children:
                _change(node, rnd)
            kept.append(node)
        known = {node.line for node in kept}
        for node in others:
            if node.line not in known and rnd.random() < 0.08:
                kept.append(node)
        nodes[:] = kept if rules.by_words else _tenable(kept, section)
        by_line = {node.line: node for node in others}
        for node in nodes:
            statement = section.read(node.line).statement
            inside = statement.inside if statement is not None and statement.inside is not None else rules.unknown
            below = by_line[node.line].children if node.line in by_line else []
            waiting.append((node.children, below, inside))
    return result


def _tenable(nodes: list[Node], section: Section) -> list[Node]:
    """What of these a platform could hold together: one statement of each identity, none without what it rests on."""
    readings = {id(node): section.read(node.line) for node in nodes}
    last = {reading.key: node for node in nodes if not _goes_on(reading := readings[id(node)])}
    said = {id(readings[id(node)].statement) for node in last.values()}
    missing = [
        beginning(text)
        for statement in section.statements()
        if id(statement) not in said
        for text in statement.gone_first
    ]

    def stays(node: Node) -> bool:
        reading = readings[id(node)]
        if any(begins(node.line) for begins in missing):
            return False
        if _goes_on(reading):
            return not reading.statement.extends or reading.key in last
        # a section may be opened twice, but not as another one: nobody runs two `router bgp` of two AS numbers
        again = bool(node.children) and readings[id(last[reading.key])].value == reading.value
        return again or last[reading.key] is node

    return [node for node in nodes if stays(node)]


def _goes_on(reading: Reading) -> bool:
    """True where several lines say one thing together."""
    statement = reading.statement
    return statement is not None and (statement.sequence or statement.extends or bool(statement.each))


def _change(node: Node, rnd: random.Random) -> None:
    """The last number of a line is another one."""
    words = node.line.split(" ")
    for place in range(len(words) - 1, 0, -1):
        if words[place].isdigit() and "\n" not in node.line:
            words[place] = str((int(words[place]) + rnd.randrange(1, 9)) % 200 or 1)
            node.line = " ".join(words)
            return


def shuffled(tree: Tree, platform: str, seed: int) -> Tree:
    """The same statements; siblings whose order means nothing stand in another one."""
    rnd = random.Random(seed)
    rules = engine(platform).rules
    result = tree.copy()
    if rules.by_words and any(statement.ordered for statement in rules.top.statements()):
        return _shuffled_words(result, platform, rnd)
    waiting = [(result.children, rules.top)]
    while waiting:
        nodes, section = waiting.pop()
        readings = {id(node): section.read(node.line) for node in nodes}
        for node in nodes:
            statement = readings[id(node)].statement
            inside = statement.inside if statement is not None and statement.inside is not None else rules.unknown
            waiting.append((node.children, inside))
        if in_sequence(section, nodes):
            continue
        free = [
            number
            for number, node in enumerate(nodes)
            if (statement := readings[id(node)].statement) is None or not (statement.sequence or statement.extends)
        ]
        keys = [readings[id(nodes[number])].key for number in free]
        free = [number for number, key in zip(free, keys, strict=True) if keys.count(key) == 1]
        moved = [nodes[number] for number in free]
        rnd.shuffle(moved)
        for number, node in zip(free, moved, strict=True):
            nodes[number] = node
    return result


def _shuffled_words(tree: Tree, platform: str, rnd: random.Random) -> Tree:
    """Of a curly or flat text only its top-level statements that no order rule knows change places."""
    rules = engine(platform).rules
    ordered = {
        node.line.split(None, 1)[0]
        for node in statements(tree, rules)
        if (statement := rules.top.read(node.line).statement) is not None and statement.ordered
    }
    say = rules.words.say

    def first(node: Node) -> str:
        words = node.line.split()
        return words[1] if words[0] == say and len(words) > 1 else words[0]

    free = [number for number, node in enumerate(tree.children) if first(node) not in ordered]
    moved = [tree.children[number] for number in free]
    rnd.shuffle(moved)
    for number, node in zip(free, moved, strict=True):
        tree.children[number] = node
    return tree
