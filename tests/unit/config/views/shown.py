"""What a difference of two small configurations looks like."""

from __future__ import annotations

from netctl.config.engine import Engine
from netctl.config.rules import Rules
from netctl.config.views import Change, changes, unified, with_headers


def found(running: str, intended: str, rules: Rules) -> list[Change]:
    """The changes as `netctl config diff` finds them, secrets and all."""
    engine = Engine(rules)
    one, other = engine.parse(running), engine.parse(intended)
    changed = changes(engine.differences(one, other))
    return list(with_headers(changed, one, other) if rules.by_words else changed)


def listed(running: str, intended: str, rules: Rules) -> list[str]:
    """Each change as ``op path > line``."""
    return [f"{change.op} {' > '.join((*change.path, change.line))}" for change in found(running, intended, rules)]


def column(running: str, intended: str, rules: Rules) -> str:
    """The view in one column."""
    return "".join(f"{sign} {text}\n" for sign, text in unified(found(running, intended, rules)))
