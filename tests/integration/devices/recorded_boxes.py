"""Boxes that play a recorded session over a real SSH server: prompt, echo, answers, and a pager where one is wanted."""

from __future__ import annotations

import re
from pathlib import Path

from integration.devices.peers import SshServer, answer

RECORDED = Path(__file__).parents[2] / "recorded"
PAGER = {"nec_ix": "--More--", "yamaha": "---more---", "furukawa_fitelnet": "--More--"}
# What boxes say to netmiko's preparation of a terminal.
PREPARED = {
    "terminal width 511": "Width set to 511 columns.",
    "terminal length 0": "Pagination disabled.",
    "set cli screen-width 511": "Screen width set to 511",
    "set cli complete-on-space off": "Disabling complete-on-space",
    "set cli screen-length 0": "Screen length set to 0",
    "set terminal pager disable": "",
    "terminal pager disable": "",
}
COMPLAINT = "% Invalid command"


class RecordedBox(SshServer):
    """A platform's command line. `typed` holds what was typed at it, page turns left out."""

    def __init__(self, platform: str, *, page: int = 0, encoding: str = "utf-8", **options):
        super().__init__(on_command=self._run, **options)
        self.prompt, self.answers = played(platform)
        self.pager = PAGER.get(platform, "") if page else ""
        self.page, self.encoding = page, encoding
        self.typed = []

    def check_channel_shell_request(self, channel):
        return self._start(self._talk, channel)

    def _run(self, channel, stop, command):
        """One command of a shell: by sudo or without."""
        self.typed.append(command)
        said = next((said for known, said in self.answers.items() if command.endswith(known)), None)
        answer(channel, (said or "").encode(), 0 if said else 2)

    def _talk(self, channel, stop):
        self._channel, self._pending = channel, b""
        channel.sendall(b"\r\n" + self.prompt.encode())
        while (command := self._line()) is not None:
            channel.sendall(command.encode() + b"\r\n")
            if command.strip():
                self.typed.append(command.strip())
            self._say(self._answer_to(command.strip()))
            channel.sendall(self.prompt.encode())

    def _answer_to(self, command: str) -> str:
        if not command:
            return ""
        found = self.answers.get(command, PREPARED.get(command, COMPLAINT))
        return found if found.endswith("\n") or not found else found + "\n"

    def _say(self, text: str) -> None:
        lines = text.splitlines()
        for number, line in enumerate(lines, 1):
            self._channel.sendall(line.encode(self.encoding) + b"\r\n")
            if self.pager and number % self.page == 0 and number < len(lines):
                self._channel.sendall(self.pager.encode())
                while (typed := self._byte()) != b" ":
                    if not typed:  # whoever read has gone: without this, a thread would turn until the tests end
                        return
                self._channel.sendall(b"\r" + b" " * len(self.pager) + b"\r")

    def _line(self) -> str | None:
        typed = b""
        while (byte := self._byte()) not in (b"\n", b""):
            typed += byte
        return None if not byte else typed.decode().rstrip("\r")

    def _byte(self) -> bytes:
        if not self._pending:
            self._pending = self._channel.recv(1024)
        byte, self._pending = self._pending[:1], self._pending[1:]
        return byte


def played(platform: str) -> tuple[str, dict[str, str]]:
    """A recording's prompt, and what it says to each command."""
    text = (RECORDED / f"{platform}.txt").read_text(encoding="utf-8")
    prompt = re.match(r".*?[>#] ?", text)[0]
    pieces = [piece for piece in ("\n" + text).split("\n" + prompt) if piece.strip()]
    heads = [piece.partition("\n") for piece in pieces]
    return prompt, {command.strip(): said + "\n" for command, _, said in heads}
