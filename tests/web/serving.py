"""`netctl web` as a process of its own, and browsers made of sockets."""

import json
import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from netctl.control.people.accounts import begin
from netctl.model.people import Grant
from netctl.settings import load
from netctl.store import Store

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A running server. `cookie` is of somebody who is viewer and auditor; `trust` is how its TLS is checked."""

    process: subprocess.Popen
    port: int
    cookie: str
    trust: ssl.SSLContext | None = None
    streams: list["Stream"] = field(default_factory=list)

    def get(self, path: str, *, signed_in: bool = True, **headers: str) -> tuple[int, str]:
        connection = self._connection()
        try:
            connection.request("GET", path, headers=headers | ({"Cookie": self.cookie} if signed_in else {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        if self.trust:
            return HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.trust)
        return HTTPConnection("127.0.0.1", self.port, timeout=60)

    def stream(self, topics: str = "changes") -> "Stream":
        self.streams.append(Stream(self, topics))
        return self.streams[-1]


class Stream:
    """An event stream that somebody reads."""

    def __init__(self, server: Server, topics: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        if server.trust:
            self._socket = server.trust.wrap_socket(self._socket, server_hostname="127.0.0.1")
        request = f"GET /live?topics={topics} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {server.cookie}\r\nConnection: close\r\n\r\n"
        self._socket.sendall(request.encode())
        self._file = self._socket.makefile("rb")
        self.status = int(self._file.readline().split()[1])

    def event(self) -> dict[str, str]:
        """The next marks; waits for them."""
        while line := self._file.readline():
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        raise EOFError

    def ended(self) -> bool:
        """Waits until the server ends the stream."""
        while self._file.readline():
            pass
        return True

    def close(self) -> None:
        self._file.close()
        self._socket.close()


def home(folder: Path, text: str = "") -> dict[str, str]:
    """The environment of a new installation."""
    folder.mkdir()
    (folder / "settings.toml").write_text(text)
    return {**os.environ, "NETCTL_HOME": str(folder), "NETCTL_NETWORK": str(ROOT)}


@contextmanager
def serving(environment: dict[str, str], *options: str, trust: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port of this host; told to stop at the end, if it has not been."""
    settings = load(environment)
    with Store.open(settings.database_url, create=True) as store:
        with store.writing() as books:
            books.users.add("suzuki", [Grant("viewer"), Grant("auditor")], "suzuki")
        begun = begin(store, "suzuki", "password", address="127.0.0.1", agent="test", settings=settings)
    command = [sys.executable, "-m", "netctl", "web", "--listen", "127.0.0.1:0", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    server = Server(process, 0, f"{'__Host-netctl' if trust else 'netctl'}={begun.secret}", trust)
    try:
        line = process.stdout.readline()
        found = re.search(r"127\.0\.0\.1:(\d+)/", line)
        assert found, line + (process.stderr.read() if process.poll() is not None else "")
        server.port = int(found[1])
        yield server
    finally:
        for stream in server.streams:
            stream.close()
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)
