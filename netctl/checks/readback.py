"""Read back what was written: a line the router dropped in silence is a failure (safety law 7)."""

from __future__ import annotations

from netctl.config.diff import diff_parts
from netctl.config.rules import Rules
from netctl.model.artefact import Part, RunningState


def not_as_written(written: tuple[Part, ...], state: RunningState, rules: Rules | None) -> list[str]:
    """A problem for every line the router does not hold as written, or holds beyond it."""
    problems = []
    section: list[str] = []
    for line in diff_parts(state.parts, written, rules):
        del section[line.depth :]
        place = " › ".join([line.part, *section])
        section.append(line.text)
        if line.op == "add":
            problems.append(f"{state.target}: the router dropped `{line.text}` ({place})")
        elif line.op == "remove":
            problems.append(f"{state.target}: the router holds `{line.text}` ({place}), which nobody wrote")
    return problems
