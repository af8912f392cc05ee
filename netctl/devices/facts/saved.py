"""Outputs that somebody saved: a session's transcript, or the output of one command alone."""

from __future__ import annotations

import re

from netctl.devices.facts.sheet import FactSheet, Question

_PROMPT = re.compile(r".{0,80}[>#$%]\s*|")


class SavedOutputs:
    """Answers from a text. Where no line is a declared command behind a prompt, the whole is any command's output."""

    def __init__(self, text: str, sheet: FactSheet) -> None:
        self._text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._commands = sorted({question.command for question in sheet.questions}, key=len, reverse=True)
        self._prompt = ""
        self._outputs = self._split()

    def ask(self, question: Question) -> str:
        """The output of a command; "" where the transcript has none."""
        return self._outputs.get(question.command, "") if self._outputs else self._text

    def prompt(self) -> str:
        """The prompt in front of the commands; "" where there is none."""
        return self._prompt

    def _split(self) -> dict[str, str]:
        outputs: dict[str, list[str]] = {}
        lines: list[str] = []  # where the next line belongs
        for line in self._text.splitlines():
            command = self._command_in(line)
            if command:
                lines = outputs.setdefault(command, [])
            elif self._prompt and line.startswith(self._prompt.rstrip()):
                lines = []  # a command that is none of ours: nobody asks for its output
            else:
                lines.append(line)
        return {command: "\n".join(found) + "\n" for command, found in outputs.items()}

    def _command_in(self, line: str) -> str:
        """The declared command that was typed on a line; "" where none was."""
        typed = line.rstrip()
        for command in self._commands:
            before = typed[: -len(command)]
            if typed.endswith(command) and _PROMPT.fullmatch(before):
                self._prompt = before.strip()
                return command
        return ""
