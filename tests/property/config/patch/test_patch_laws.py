"""What holds for every patch, whatever the platform's rules say."""

from __future__ import annotations

from hypothesis import given, settings
from property.config.patch.shapes import rules, texts, tree

from netctl.config.commands import Session
from netctl.config.engine import Engine
from netctl.config.patch import make_patch, read, unsafe_prefix, write
from netctl.config.predict import apply
from netctl.errors import SessionWouldBeCut

IT = rules()
ENGINE = Engine(IT)


@given(texts(), texts())
@settings(max_examples=12, deadline=None)
def test_the_patch_leads_to_what_is_intended_and_the_rollback_back(one: str, other: str) -> None:
    running, intended = tree(one, IT), tree(other, IT)
    remedy = ENGINE.remedy(running, intended)
    after = apply(running, remedy.commands, IT).tree
    assert ENGINE.differences(after, intended) == [], write(remedy.commands, IT)
    assert ENGINE.differences(apply(after, remedy.rollback, IT).tree, running) == [], write(remedy.rollback, IT)
    assert "HAZ-UNPREDICTED" not in {told.code for told in remedy.hazards}


@given(texts())
@settings(max_examples=8, deadline=None)
def test_nothing_leads_from_a_configuration_to_itself(text: str) -> None:
    assert make_patch(tree(text, IT), tree(text, IT), IT).commands == ()


@given(texts(), texts())
@settings(max_examples=12, deadline=None)
def test_no_prefix_leaves_a_reference_to_nothing_that_was_not_there_before(one: str, other: str) -> None:
    running = tree(one, IT)
    patch = make_patch(running, tree(other, IT), IT)
    told = {hazard.code for hazard in patch.hazards}
    assert unsafe_prefix(running, patch, IT) is None or "HAZ-GAP" in told
    assert "HAZ-CYCLE" not in told


@given(texts(), texts())
@settings(max_examples=12, deadline=None)
def test_a_patch_reads_as_it_was_written(one: str, other: str) -> None:
    patch = make_patch(tree(one, IT), tree(other, IT), IT)
    assert read(write(patch.commands, IT), IT) == patch.commands


@given(texts(), texts())
@settings(max_examples=12, deadline=None)
def test_the_account_of_the_session_is_there_after_every_command(one: str, other: str) -> None:
    running = tree(one, IT)
    ours = "user netop "
    try:
        commands = make_patch(running, tree(other, IT), IT, Session(user="netop")).commands
    except SessionWouldBeCut:
        assert ours in one
        assert ours not in other
        return
    if ours in one:
        for count in range(len(commands) + 1):
            held = apply(running, commands[:count], IT).tree.children
            assert any(node.line.startswith(ours) for node in held)
