"""Commands on a router's own shell: exit status, output and errors apart, within a deadline and a size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import paramiko

from netctl.devices.deadline import Deadline
from netctl.devices.transport import Access, close, connect
from netctl.errors import CommandFailed, DeviceUnreachable, ReplyMalformed

REPLY_LIMIT = 32 * 1024 * 1024  # bytes; a core router of tier XL shows some 3 MB
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    status: int
    output: str
    errors: str


class Shell:
    """One SSH connection on which commands run one after the other, each in a channel of its own."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._transport: paramiko.Transport | None = None

    @property
    def name(self) -> str:
        """The router's name, for errors."""
        return self._access.name

    def open(self, seconds: float) -> None:
        """Connect; see `netctl.devices.transport.connect` for what can go wrong."""
        self._transport = connect(self._access, Deadline.after(seconds, "open an SSH session", self._access.name))

    def close(self) -> None:
        """Nothing of the connection is left."""
        transport, self._transport = self._transport, None
        close(transport)

    @property
    def alive(self) -> bool:
        """True while the connection stands."""
        return self._transport is not None and self._transport.is_active()

    def run(self, command: str, seconds: float, *, stdin: str = "", limit: int = REPLY_LIMIT) -> Finished:
        """Run a command to its end.

        Raises `DeviceTimeout` (the connection is closed then), `ReplyMalformed` past `limit` bytes, and
        `DeviceUnreachable` where the connection breaks.
        """
        transport = self._transport
        if transport is None or not transport.is_active():
            raise DeviceUnreachable("the SSH session is gone", where=self._access.name)
        deadline = Deadline.after(seconds, f"run `{command.split(chr(10), 1)[0][:60]}`", self._access.name)
        try:
            with deadline.enforced(transport.close):
                return self._run(transport, command, stdin, limit, deadline)
        except (paramiko.SSHException, EOFError, OSError) as error:
            raise DeviceUnreachable(
                f"the SSH session broke: {error or 'end of file'}", where=self._access.name
            ) from error

    def require(self, command: str, seconds: float, *, stdin: str = "") -> str:
        """The output of a command that must succeed; raises `CommandFailed` with what it said otherwise."""
        done = self.run(command, seconds, stdin=stdin)
        if done.status != 0:
            said = (done.errors or done.output).strip()[-400:] or "it said nothing"
            raise CommandFailed(f"`{command[:60]}` ended with status {done.status}: {said}", where=self._access.name)
        return done.output

    def _run(self, transport: paramiko.Transport, command: str, stdin: str, limit: int, deadline: Deadline) -> Finished:
        channel = transport.open_session(timeout=deadline.left)
        try:
            channel.exec_command(command)
            if stdin:
                channel.sendall(stdin.encode())
            channel.shutdown_write()
            output = self._read(channel.recv, limit)
            errors = self._read(channel.recv_stderr, limit)
            status = channel.recv_exit_status()
        finally:
            channel.close()
        if status < 0:
            raise DeviceUnreachable("the SSH session broke before the command ended", where=self._access.name)
        return Finished(status, output.decode(errors="replace"), errors.decode(errors="replace"))

    def _read(self, receive: Callable[[int], bytes], limit: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := receive(_CHUNK):
            size += len(piece)
            if size > limit:
                raise ReplyMalformed(f"a reply of more than {limit} bytes", where=self._access.name)
            pieces.append(piece)
        return b"".join(pieces)
