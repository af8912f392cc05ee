"""Whatever is other in a name server's files is a line of its difference, under the section it stands in."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from networks import ROOT, reference

from netctl.config.diff import diff
from netctl.model.artefact import Part
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.load import load
from netctl.services.dns.servers import server_intents


@cache
def parts() -> list[Part]:
    """Every file of every server of the reference network."""
    declared, renderer = load(reference()), NameServerRenderer(ROOT)
    assert declared is not None
    return [part for intent in server_intents(declared).values() for part in renderer.render(intent).parts]


def edited(lines: list[str], at: int, how: str) -> list[str]:
    """The file with one line gone, doubled, or another one."""
    middle = {"gone": [], "doubled": [lines[at], lines[at]], "other": [f"{lines[at]} x"]}[how]
    return [*lines[:at], *middle, *lines[at + 1 :]]


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["gone", "doubled", "other"]))
def test_a_line_that_is_gone_doubled_or_another_one_is_a_difference(data, how):
    part = data.draw(st.sampled_from(parts()))
    lines = part.text.splitlines()
    at = data.draw(st.sampled_from([number for number, line in enumerate(lines) if line.strip()]))
    held = Part(part.name, "\n".join(edited(lines, at, how)) + "\n")
    found = diff(held, part, None)
    ops = {line.op for line in found} - {"context"}
    assert ops >= {"gone": {"add"}, "doubled": {"remove"}, "other": {"add", "remove"}}[how]
    assert not diff(part, part, None)


def test_a_line_stands_under_its_section():
    part = next(each for each in parts() if each.name == "named.conf")
    held = Part(part.name, part.text.replace("recursion no;", "recursion yes;"))
    assert [(line.op, line.depth, line.text) for line in diff(held, part, None)] == [
        ("context", 0, "options {"),
        ("remove", 1, "recursion yes;"),
        ("add", 1, "recursion no;"),
    ]
