"""Real servers on loopback that alerts are sent to: each keeps what it was given, and may be told to refuse."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextlib.contextmanager
def serving(server: socketserver.BaseServer):
    """The server at work, in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Hook(ThreadingHTTPServer):
    """A webhook; `status` is what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HookHandler)
        self.status = 204
        self.calls: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/alerts"


class _HookHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Relay(socketserver.ThreadingTCPServer):
    """A mail relay (RFC 5321) with STARTTLS (RFC 3207) where it has a certificate, and AUTH PLAIN within it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None = None, *, refuse: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _RelayHandler)
        self.context = context
        self.refuse = refuse
        self.letters: list[tuple[str, list[str], bytes]] = []
        self.said: list[str] = []

    @property
    def place(self) -> str:
        return f"localhost:{self.server_address[1]}"


class _RelayHandler(socketserver.StreamRequestHandler):
    server: Relay

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the other side hung up, in the middle of TLS as well
            self._talk()

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()
        self.connection.close()

    def _talk(self) -> None:
        self._sender, self._receivers = "", []
        self._say("220 relay.example")
        while line := self.rfile.readline().decode().strip():
            self.server.said.append(line)
            verb = line.split()[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            self._answer(verb, line)

    def _answer(self, verb: str, line: str) -> None:
        if verb == "EHLO":
            more = "250-STARTTLS\r\n" if self.server.context else ""
            self._say(f"250-relay.example\r\n{more}250-AUTH PLAIN\r\n250 8BITMIME")
        elif verb == "STARTTLS":
            self._say("220 go on")
            plain = socket.socket(fileno=self.connection.detach())
            try:
                self.connection = self.server.context.wrap_socket(plain, server_side=True)
            except OSError:
                plain.close()
                raise
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        elif verb == "MAIL":
            self._sender = line.partition("<")[2].partition(">")[0]
            self._say("451 later" if self.server.refuse else "250 fine")
        elif verb == "RCPT":
            self._receivers.append(line.partition("<")[2].partition(">")[0])
            self._say("250 fine")
        elif verb == "DATA":
            self._say("354 go on")
            lines = []
            while (each := self.rfile.readline()) != b".\r\n":
                if not each:
                    return
                lines.append(each)
            self.server.letters.append((self._sender, self._receivers, b"".join(lines)))
            self._say("250 taken")
        else:
            self._say("235 welcome" if verb == "AUTH" else "250 fine")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for localhost, and the context of a server that has it."""
    key, chain = folder / "key.pem", folder / "chain.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(chain)]
    subprocess.run(["openssl", *words.split(), *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return chain, context
