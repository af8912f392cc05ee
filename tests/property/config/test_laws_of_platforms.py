"""What holds on every platform: for its own configurations, changed at random, and for any bytes at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurations import PLATFORMS, corpus, engine, mutated, read, shuffled
from netctl.config.meaning import statements
from netctl.config.meaning.item import in_sequence
from netctl.config.patch import dangling
from netctl.config.patch.names import Index, Name, kinds_defined
from netctl.config.rules import Rules
from netctl.config.syntax import Tree, parse, render

LIGHT = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = st.integers(0, 10_000)
MOST_PREFIXES = 25


@pytest.fixture(params=PLATFORMS, scope="module")
def platform(request: pytest.FixtureRequest) -> str:
    return request.param


def trees(platform: str) -> list[Tree]:
    return [engine(platform).parse(read(path)) for path in corpus(platform)]


def pair(platform: str, seed: int) -> tuple[Tree, Tree]:
    """A configuration and another one that was made of it."""
    known = trees(platform)
    tree = known[seed % len(known)]
    alike = [other for other in known if other is not tree and spelled_out(other) == spelled_out(tree)]
    return tree, mutated(tree, platform, seed, alike[seed % len(alike)] if alike else None)


def spelled_out(tree: Tree) -> bool:
    """True for a text of ``set`` lines: one text has one form."""
    return tree.children[0].line.startswith("set ")


def defined(tree: Tree, rules: Rules) -> frozenset[Name]:
    return frozenset(Index(statements(tree, rules), rules, kinds_defined(rules)).defined)


def test_a_configuration_renders_back_byte_for_byte(platform: str) -> None:
    for path in corpus(platform):
        assert render(engine(platform).parse(read(path))) == read(path)


def test_a_configuration_differs_from_itself_in_nothing(platform: str) -> None:
    for tree in trees(platform):
        assert engine(platform).remedy(tree, tree.copy()).commands == ()


@given(seed=SEEDS)
@LIGHT
def test_the_patch_leads_to_what_is_intended_and_the_rollback_back(platform: str, seed: int) -> None:
    it = engine(platform)
    running, intended = pair(platform, seed)
    remedy = it.remedy(running, intended)
    after = it.apply(running, remedy.commands).tree
    assert it.differences(after, intended) == []
    assert it.differences(it.apply(after, remedy.rollback).tree, running) == []


@given(seed=SEEDS)
@LIGHT
def test_a_patch_is_read_as_it_was_written(platform: str, seed: int) -> None:
    it = engine(platform)
    running, intended = pair(platform, seed)
    remedy = it.remedy(running, intended)
    text = it.write(remedy.commands)
    assert it.predict(render(running), text).text == render(it.apply(running, remedy.commands).tree)


@given(seed=SEEDS)
@LIGHT
def test_no_prefix_leaves_a_name_that_is_used_and_not_defined(platform: str, seed: int) -> None:
    it = engine(platform)
    running, intended = pair(platform, seed)
    commands = it.remedy(running, intended).commands
    allowed = dangling(running, it.rules) | dangling(intended, it.rules)
    if it.rules.commit == "atomic":  # a name that both sides define may be away before all lines act together
        allowed |= defined(running, it.rules) & defined(intended, it.rules)
    step = max(1, len(commands) // MOST_PREFIXES)
    for count in range(0, len(commands) + 1, step):
        after = dangling(it.apply(running, commands[:count]).tree, it.rules)
        assert after <= allowed, commands[:count][-1:]


@given(seed=SEEDS)
@LIGHT
def test_siblings_whose_order_means_nothing_may_stand_in_any(platform: str, seed: int) -> None:
    known = trees(platform)
    tree = known[seed % len(known)]
    assert engine(platform).remedy(tree, shuffled(tree, platform, seed)).commands == ()


def test_entries_whose_order_means_something_may_not(platform: str) -> None:
    """At least one ordered section or sequence of the corpus differs when two of its entries change places."""
    it = engine(platform)
    found = 0
    for tree in trees(platform):
        for one, other in pairwise([node for _, node in tree.walk()]):
            swapped = tree.copy()
            nodes = {node.raw + str(node.number): node for _, node in swapped.walk()}
            left, right = nodes[one.raw + str(one.number)], nodes[other.raw + str(other.number)]
            if left.children or right.children or left.line == right.line or not _ordered(it, tree, one, other):
                continue
            left.line, right.line = right.line, left.line
            found += 1
            assert it.remedy(tree, swapped).commands, (one.line, other.line)
            if found > 5:
                return
    if not found:
        pytest.skip("everything whose order means something carries a number on this platform")


def _ordered(it, tree: Tree, one, other) -> bool:
    waiting = [(tree.children, it.rules.top)]
    while waiting:
        nodes, section = waiting.pop()
        if one in nodes and other in nodes:
            first, second = section.read(one.line), section.read(other.line)
            sequence = first.statement is not None and first.statement.sequence and first.key == second.key
            return in_sequence(section, nodes) or (sequence and not it.rules.by_words)
        for node in nodes:
            statement = section.read(node.line).statement
            waiting.append((node.children, statement.inside if statement and statement.inside else it.rules.unknown))
    return False


@given(text=st.text(st.characters(exclude_characters="\0")), other=st.text())
@settings(max_examples=15, deadline=None)
def test_any_text_is_read_compared_and_patched(platform: str, text: str, other: str) -> None:
    it = engine(platform)
    running, intended = it.parse(text), it.parse(other)
    assert render(running) == text
    it.apply(running, it.remedy(running, intended).commands)


@given(seed=SEEDS, cuts=st.lists(st.tuples(st.integers(0, 8000), st.integers(0, 40)), max_size=6))
@settings(max_examples=8, deadline=None)
def test_a_damaged_configuration_is_read_compared_and_patched(platform: str, seed: int, cuts: list) -> None:
    it = engine(platform)
    known = corpus(platform)
    whole = read(known[seed % len(known)])
    text = whole
    for start, length in cuts:
        text = text[:start] + text[start + length :]
    assert render(parse(text, it.rules.layout)) == text
    it.remedy(it.parse(whole), it.parse(text))
