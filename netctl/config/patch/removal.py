"""What takes a statement away, in the platform's own words."""

from __future__ import annotations

from netctl.config.patch.names import slots_in
from netctl.config.rules import Reading, Rules

_UNDO = {"deactivate": "activate", "protect": "unprotect"}


def removal(reading: Reading, rules: Rules) -> str | None:
    """The command that takes the statement away; None where nothing does."""
    words, line = rules.words, reading.line
    if reading.negated:
        positive = line[len(words.negate) + 1 :].lstrip()
        if positive in rules.layout.closers or positive.startswith(rules.layout.comments):
            return None  # `no !`: what would take it away says nothing
        return f"{words.default} {positive}" if words.default else positive
    statement = reading.statement
    if statement is not None and statement.remove is not None:
        return _filled(statement.remove, reading) if statement.remove else None
    if rules.by_words:
        mark, _, rest = line.partition(" ")
        if mark in _UNDO:
            return f"{_UNDO[mark]} {rest}"
        if rules.layout.style == "curly":
            line = _without_value(reading)
    return f"{words.negate} {line}" if words.negate else None


def _without_value(reading: Reading) -> str:
    """The statement up to the one value it holds: Junos deletes ``mtu``, not ``mtu 9000``."""
    statement, line = reading.statement, reading.line
    if statement is None or statement.sequence or statement.pattern.short is None:
        return line
    match = statement.pattern.regex.fullmatch(line)
    starts = [match.start(slot.name) for slot in statement.pattern.slots if slot.value] if match else []
    found = [start for start in starts if start >= 0]
    return line[: min(found)].rstrip() if found else line


def said(line: str, rules: Rules) -> str:
    """The command that says a statement."""
    say = rules.words.say
    if not say or line.partition(" ")[0] in _UNDO:
        return line
    return f"{say} {line}"


def written(reading: Reading) -> dict[str, str]:
    """The slots of a reading as they are written, not in their canonical form."""
    statement = reading.statement
    if statement is None:
        return {}
    line = reading.positive().line if reading.negated else reading.line
    match = statement.pattern.regex.fullmatch(line)
    if match is None:
        return dict(reading.slots)
    return {name: text for name, text in match.groupdict().items() if text is not None}


def _filled(text: str, reading: Reading) -> str:
    """A text with its slots filled; those that the statement does not have are left out."""
    slots = written(reading)
    for name in slots_in(text):
        value = slots.get(name, "")
        text = text.replace(f"{{{name}}}", value).replace(f"<{name}>", value)
    return text if "\n" in text else " ".join(text.split())


def renamed(reading: Reading, slot: str, name: str) -> str | None:
    """The line with another word in one of its slots; None where the slot is not in it."""
    statement = reading.statement
    if statement is None or reading.negated:
        return None
    match = statement.pattern.regex.fullmatch(reading.line)
    if match is None or slot not in match.re.groupindex or match[slot] is None:
        return None
    start, end = match.span(slot)
    return reading.line[:start] + name + reading.line[end:]
