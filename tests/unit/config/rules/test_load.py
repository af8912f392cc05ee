"""Rules out of data: every mistake of a file in one error."""

from __future__ import annotations

import pytest
import yaml

from netctl.config.rules import Rules, load
from netctl.errors import RulesInvalid


def loaded(text: str) -> Rules:
    return load(yaml.safe_load("layout: {style: indent}\n" + text), "small", "small/rules.yaml")


@pytest.mark.parametrize(
    ("text", "ring"),
    [
        ("statements: {}\nlike: a\ngroups: {a: {'x <y>': {like: a}}}", "a > a"),
        ("statements: {'top': {like: a}}\ngroups: {a: {x: {like: b}}, b: {y: {inside: {z: {like: a}}}}}", "a > b > a"),
    ],
)
def test_a_group_that_is_like_itself_is_one_mistake(text: str, ring: str) -> None:
    with pytest.raises(RulesInvalid) as raised:
        loaded(text)
    assert raised.value.message == f"like: {ring}: a group cannot be like itself"
    assert raised.value.where == "small/rules.yaml"


def test_a_section_may_be_like_a_group_above_it() -> None:
    rules = loaded("statements: {top: {like: a, inside: {sub: {like: a}}}}\ngroups: {a: {'x <y>': }}")
    top = rules.top.read("top").statement
    assert top is not None
    assert top.inside is not None
    sub = top.inside.read("sub").statement
    assert sub is not None
    assert sub.inside is not None
    assert sub.inside.read("x 1").statement is not None


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(RulesInvalid) as raised:
        loaded("statements: {'a {x': {}, 'b <y>': {like: none, uses: name}}")
    assert "no such group" in raised.value.message
    assert "must be a kind and a name" in raised.value.message
