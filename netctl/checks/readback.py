"""Read back what was written: a line the router dropped in silence is a failure (safety law 7)."""

from __future__ import annotations

from netctl.config.diff import diff_parts, predicted
from netctl.config.rules import Rules
from netctl.model.artefact import Part, RunningState
from netctl.model.plan import TargetPlan


def not_as_predicted(
    before: RunningState | None, plan: TargetPlan, state: RunningState, rules: Rules | None
) -> list[str]:
    """A problem for every line of its own configuration that the router holds otherwise than the plan predicted.

    Says nothing where no state was kept before the change, or where the reviewers were told that the prediction is not
    what is intended (``HAZ-UNPREDICTED``).
    """
    if before is None or not plan.commands:
        return []
    held = {part.name: part for part in state.parts}
    wanted = {part.name: part for part in plan.intended}
    expected = predicted(before.parts, plan.commands, rules)
    if diff_parts(expected, tuple(wanted[part.name] for part in expected if part.name in wanted), rules):
        return []
    lines = diff_parts(tuple(held[part.name] for part in expected if part.name in held), expected, rules)
    signs = {"add": "predicted, but the router does not hold", "remove": "not predicted, but the router holds"}
    return [f"{state.target}: {signs[line.op]} `{line.text}` ({line.part})" for line in lines if line.op in signs]


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
