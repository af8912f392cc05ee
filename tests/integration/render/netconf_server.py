"""A real netconfd with the modules of the `ietf_netconf` platform, spoken to without SSH."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

MODULES = (
    "iana-if-type",
    "ietf-interfaces",
    "ietf-ip",
    "ietf-routing",
    "ietf-system",
    "netctl-vrrp",
    "netctl-bgp",
    "netctl-management",
)
MISSING = "" if shutil.which("netconfd", path="/usr/sbin:/usr/bin") else "needs the Debian package netconfd"
_SHIPPED = "/usr/share/yuma/modules"
_PORT = 10830
_END = b"]]>]]>"
_BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
_HELLO = f'<hello xmlns="{_BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>'


class NetconfServer:
    """Context manager; everything the server writes goes to a folder of its own."""

    def __init__(self, modules: Path) -> None:
        self._modules = modules
        self._folder = tempfile.mkdtemp(prefix="netconfd-")
        self._pending = b""
        self._number = 0

    def __enter__(self) -> Self:
        socket = f"{self._folder}/socket"
        path = f"{self._modules}:{_SHIPPED}"
        with open(f"{self._folder}/log", "wb") as log:
            self._server = subprocess.Popen(
                [
                    "/usr/sbin/netconfd",
                    "--target=candidate",
                    "--with-validate=true",
                    "--with-startup=false",
                    "--no-startup",
                    "--access-control=off",
                    "--superuser=root",
                    f"--ncxserver-sockname={socket}",
                    f"--port={_PORT}",
                    f"--modpath={path}",
                    *(f"--module={name}" for name in MODULES),
                ],
                cwd=self._folder,
                env={**os.environ, "HOME": self._folder, "YUMA_MODPATH": path},
                stdout=log,
                stderr=log,
            )
        self._await(lambda: os.path.exists(socket))
        self._client = subprocess.Popen(
            ["/usr/sbin/netconf-subsystem", f"--ncxserver-sockname={_PORT}@{socket}"],
            env={**os.environ, "SSH_CONNECTION": f"127.0.0.1 1 127.0.0.1 {_PORT}", "USER": "root"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._read()
        self._send(_HELLO)
        # Whatever stands in one buffer with the hello is never answered.
        self._await(lambda: "now active" in self.log())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.communicate(timeout=10)
        self._server.terminate()
        self._server.wait(timeout=10)
        shutil.rmtree(self._folder)

    def log(self) -> str:
        """What the server said so far."""
        return Path(f"{self._folder}/log").read_text(errors="replace")

    def ask(self, operation: str) -> str:
        """The reply to one operation."""
        self._number += 1
        self._send(f'<rpc message-id="{self._number}" xmlns="{_BASE}">{operation}</rpc>')
        return self._read()

    def _send(self, message: str) -> None:
        assert self._client.stdin is not None
        self._client.stdin.write(f'<?xml version="1.0" encoding="UTF-8"?>{message}'.encode() + _END)
        self._client.stdin.flush()

    def _read(self) -> str:
        assert self._client.stdout is not None
        deadline = time.monotonic() + 20
        while _END not in self._pending:
            ready = select.select([self._client.stdout], [], [], max(deadline - time.monotonic(), 0))[0]
            chunk = os.read(self._client.stdout.fileno(), 65536) if ready else b""
            assert chunk, f"no reply; the server said: {self.log()[-2000:]}"
            self._pending += chunk
        message, _, self._pending = self._pending.partition(_END)
        return message.decode()

    def _await(self, fact) -> None:
        deadline = time.monotonic() + 20
        while not fact():
            assert time.monotonic() < deadline, self.log()[-2000:]
            assert self._server.poll() is None, self.log()[-2000:]
            time.sleep(0.02)
