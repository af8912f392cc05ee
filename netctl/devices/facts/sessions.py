"""Sessions that answer a fact sheet's questions: a command line through netmiko, or a shell."""

from __future__ import annotations

import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from netctl.devices import hostkeys
from netctl.devices.facts.sheet import FactSheet, Question
from netctl.devices.shell import Shell
from netctl.devices.transport import Access
from netctl.devices.vendor import bounded, strict_netmiko
from netctl.devices.vtysh import AS_ROOT
from netctl.errors import NetctlError, PlatformInvalid
from netctl.settings import Settings

_PAGER = r"-+ ?(?:more|More|MORE|つづく) ?-+\s*$"
_RUBBED_OUT = re.compile(r"\x08+ *\x08*|\r +\r")  # a box takes its pager's line back before it goes on
_CLOSING_SECONDS = 5


class ShellAnswers:
    """Commands on a router's own shell."""

    def __init__(self, shell: Shell, seconds: float) -> None:
        self._shell = shell
        self._seconds = seconds

    def ask(self, question: Question) -> str:
        """What a command says; what it complains of, where it says nothing."""
        command = f"{AS_ROOT} {question.command}" if question.as_root else question.command
        done = self._shell.run(command, self._seconds)
        return done.output or done.errors

    def prompt(self) -> str:
        """None: no prompt is seen."""
        return ""


class CommandLine:
    """A vendor's command line, through netmiko. Every exchange ends by the deadline."""

    def __init__(self, connection: Any, line: socket.socket, sheet: FactSheet, access: Access, seconds: float) -> None:
        self._connection = connection
        self._socket = line
        self._sheet = sheet
        self._where = access.name
        self._seconds = seconds

    def ask(self, question: Question) -> str:
        """What a command says, without its echo and without the prompt behind it."""
        ask = self._by_pages if self._sheet.leave_terminal else self._at_once
        what = f"run `{question.command}`"
        return bounded(what, self._seconds, lambda: ask(question.command), self._socket, self._where)

    def prompt(self) -> str:
        """The prompt as the box shows it now."""
        find = self._connection.find_prompt
        return str(bounded("see the prompt", self._seconds, find, self._socket, self._where))

    def _at_once(self, command: str) -> str:
        return str(self._connection.send_command(command))

    def _by_pages(self, command: str) -> str:
        """The output page by page: the terminal is left as it was found."""
        prompt = self.prompt()
        end = rf"(?:{_PAGER}|(?:^|[\r\n]){re.escape(prompt)}\s*$)"
        text = str(self._connection.send_command(command, expect_string=end, strip_prompt=False))
        while found := re.search(_PAGER, text):
            self._connection.write_channel(" ")
            text = text[: found.start()] + str(self._connection.read_until_pattern(pattern=end))
        lines = _RUBBED_OUT.sub("", text).replace("\r", "").rstrip().split("\n")
        return "\n".join(lines[:-1] if lines[-1].strip() == prompt else lines) + "\n"


@contextmanager
def shell_session(access: Access, settings: Settings) -> Iterator[ShellAnswers]:
    """A shell on a router; see `netctl.devices.transport.connect` for what can go wrong."""
    shell = Shell(access)
    shell.open(settings.connect_timeout)
    try:
        yield ShellAnswers(shell, settings.command_timeout)
    finally:
        shell.close()


@contextmanager
def command_line(access: Access, settings: Settings, sheet: FactSheet) -> Iterator[CommandLine]:
    """A command line on a router that showed a known host key. Raises as `netctl.devices.transport.connect`."""
    kind = _connection_class(sheet)
    hostkeys.algorithms(access.host_keys, access.name)  # none known: refused before anything is sent
    line = access.dial(settings.connect_timeout)
    seconds = settings.command_timeout
    connection: Any = None
    try:
        with tempfile.TemporaryDirectory(prefix="netctl-") as folder:
            wanted = {
                "device_type": sheet.device_type,
                "host": access.address,
                "port": access.port,
                "username": access.username,
                "password": access.password,
                "sock": line,
                **strict_netmiko(access, settings, Path(folder)),
                "read_timeout_override": seconds + 1,  # our deadline ends an answer that never does, and says so
            }
            connection = bounded("open a session", seconds, lambda: kind(**wanted), line, access.name)
        yield CommandLine(connection, line, sheet, access, seconds)
    finally:
        if connection is not None:
            with suppress(NetctlError):  # closing the socket below is what counts
                bounded("close the session", _CLOSING_SECONDS, connection.disconnect, line, access.name)
        line.close()


class _TerminalLeft:
    """netmiko's preparation of a session, reduced to finding the prompt."""

    def session_preparation(self) -> None:
        """The prompt is known; nothing was typed but an empty line."""
        from netmiko.base_connection import BaseConnection  # noqa: PLC0415  takes a second to import

        session: Any = self
        session._test_channel_read(pattern=r"[>#]\s*$")  # noqa: SLF001  as netmiko's own drivers do
        BaseConnection.set_base_prompt(session)


def _connection_class(sheet: FactSheet) -> Any:
    from netmiko.ssh_dispatcher import CLASS_MAPPER  # noqa: PLC0415  takes a second to import

    kind = CLASS_MAPPER.get(sheet.device_type)
    if kind is None:
        raise PlatformInvalid(
            f"netmiko has no device_type {sheet.device_type!r}", where=f"devices/{Path(sheet.folder).name}/facts.yaml"
        )
    return type(kind.__name__, (_TerminalLeft, kind), {}) if sheet.leave_terminal else kind
