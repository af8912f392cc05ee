"""A fact sheet's questions asked of anything that can answer, a router or a saved file, until every fact is known."""

from __future__ import annotations

from typing import Protocol

from netctl.devices.facts.parsing import facts_in
from netctl.devices.facts.sheet import FactName, FactSheet, Question
from netctl.errors import ReplyMalformed
from netctl.model.facts import DeviceFacts

_MEASURED = ("model", "serial_number", "os_version", "uptime")


class Answers(Protocol):
    """Who answers the questions."""

    def ask(self, question: Question) -> str:
        """The output of a question's command; "" where there is none."""
        raise NotImplementedError

    def prompt(self) -> str:
        """The prompt the commands were typed at; "" where there is none."""
        raise NotImplementedError


def collect(sheet: FactSheet, answers: Answers, where: str) -> DeviceFacts:
    """The facts of one router. Raises `ReplyMalformed`, with what was said, where no question was understood."""
    found: dict[FactName, str | int] = {}
    outputs: dict[str, str] = {}
    for question in sheet.questions:
        if all(fact in found for fact in question.facts):
            continue
        if question.command not in outputs:
            outputs[question.command] = answers.ask(question)
        found = facts_in(question, outputs[question.command], sheet.folder) | found
    if not any(fact in found for fact in _MEASURED):
        raise ReplyMalformed(f"no fact is understood: {_said(outputs)}", where=where)
    uptime = found.get("uptime")
    return DeviceFacts(
        hostname=str(found.get("hostname", "")) or sheet.name_in(answers.prompt()),
        vendor=str(found.get("vendor", sheet.vendor)),
        model=str(found.get("model", "")),
        serial_number=str(found.get("serial_number", "")),
        os_version=str(found.get("os_version", "")),
        uptime=uptime if isinstance(uptime, int) else None,
    )


def _said(outputs: dict[str, str]) -> str:
    """The first command, and how its answer begins."""
    command, output = next(iter(outputs.items()))
    return f"`{command}` says {' '.join(output.split())[:80]!r}"
