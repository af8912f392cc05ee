"""Real name servers for tests: BIND as primary, Knot and NSD as secondaries, on loopback and on free ports.

Each is started by the test that wants it, answers before it is handed out, dies with the test run, and is ended by its
own process number. `Answering` is no name server: it says whatever a test makes it say.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import dns.exception
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.tsig
from ports import LOOPBACK, free_port

from netctl.devices.nameserver.server import server_key
from netctl.zones.tsig import Key

_PR_SET_PDEATHSIG = 1
TRANSFER = "transfer-main.gov-wan.example"
UPDATE = "update-main.gov-wan.example"
OTHER = "transfer-lgwan.gov-wan.example"
ALGORITHM = "hmac-sha256"
SECRETS = {name: base64.b64encode(name.encode().ljust(32, b".")[:32]).decode() for name in (TRANSFER, UPDATE, OTHER)}
"""Every server of a test knows these keys."""

ZONE = """\
$ORIGIN rivers.gov-wan.example.
$TTL 300
@ SOA ns1 hostmaster 10 3600 600 86400 300
@ NS ns1
@ NS ns2
ns1 A 192.0.2.53
ns2 AAAA 2001:db8::53
www A 192.0.2.80
www AAAA 2001:db8::80
mail MX 10 www
mail TXT "v=spf1 -all"
old CNAME www
"""
RIVERS = "rivers.gov-wan.example"


@dataclass
class NameServer:
    """A running server; `command` ends with the server itself in the foreground."""

    name: str
    folder: Path
    port: int
    command: Sequence[str | Path]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, *zones: str) -> None:
        """Run until it answers at all, and for these zones with authority."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, cwd=self.folder, preexec_fn=_die_with_parent, process_group=0
            )
        self.until(lambda: self._answers(zones), 40)

    def _answers(self, zones: Sequence[str]) -> bool:
        if zones:
            return all(self.serial(zone) is not None for zone in zones)
        return self._ask(dns.message.make_query(".", "SOA")) is not None

    def serial(self, zone: str, key: str = "") -> int | None:
        """The zone's serial here; None where it is not served."""
        query = dns.message.make_query(zone, "SOA")
        if key:
            query.use_tsig(keyring(), dns.name.from_text(key))
        answer = self._ask(query)
        rrsets = answer.answer if answer is not None else ()
        return next((rrset[0].serial for rrset in rrsets if rrset.rdtype == dns.rdatatype.SOA), None)

    def _ask(self, query: dns.message.Message) -> dns.message.Message | None:
        try:
            return dns.query.tcp(query, LOOPBACK, timeout=2, port=self.port)
        except (OSError, EOFError, dns.exception.DNSException):
            return None

    def until(self, holds: Callable[[], object], seconds: float = 20) -> None:
        """Look again and again until it holds; the server's log is told where it never does."""
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"{self.name}:\n" + (self.folder / "log").read_text(errors="replace")[-4000:])
            threading.Event().wait(0.05)

    def stop(self) -> None:
        """Ended, by its own process number."""
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        os.killpg(process.pid, signal.SIGCONT)
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(15)

    def freeze(self) -> None:
        """It still accepts connections, and never answers."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGSTOP)  # NSD is several processes
        threads = Path(f"/proc/{self.process.pid}/task")
        self.until(lambda: all(_stopped(each / "stat") for each in threads.iterdir()))  # a busy kernel takes its time

    def thaw(self) -> None:
        """It goes on."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGCONT)


def keyring() -> dict[dns.name.Name, dns.tsig.Key]:
    """All keys, as dnspython takes them."""
    return {dns.name.from_text(name): dns.tsig.Key(name, secret, ALGORITHM) for name, secret in SECRETS.items()}


def key(name: str) -> Key:
    """One of the keys, as netctl takes it."""
    return server_key(name, ALGORITHM, SECRETS[name])


def _stopped(stat: Path) -> bool:
    return stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] == "T"


def require(*programs: str) -> None:
    """Skip the test where a server is not installed."""
    for program in programs:
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            import pytest  # benchmarks start servers too, and have no pytest

            pytest.skip(f"{program} is not installed")


@contextmanager
def bind(
    folder: Path,
    zones: Mapping[str, str] | None = None,
    *,
    notify: Sequence[int] = (),
    options: str = "",
    zone_options: str = "",
    views: Mapping[str, Mapping[str, str]] | None = None,
    port: int = 0,
    statements: str = "",
) -> Iterator[NameServer]:
    """BIND as primary of `zones` (origin → master file), answering when it is handed out.

    Transfers want the transfer key, updates the update key; secondaries at the ports `notify` are notified. With `views` (key name → zones) the key of a question
    chooses the view, and its own update is allowed too. `statements` stand
    before the zones as they are.
    """
    require("named")
    folder.mkdir(parents=True)
    port, zones = port or free_port(), dict(zones or {})
    whole, control = zones.items(), free_port()
    (folder / "rndc.conf").write_text(
        f'{_bind_keys()}options {{ default-server {LOOPBACK}; default-port {control}; default-key "{UPDATE}"; }};\n'
    )
    if views:
        body = "".join(
            f'view "{key}" {{ match-clients {{ key "{key}"; }};\n{_bind_zones(folder, view.items(), zone_options, (key,))}}};\n'
            for key, view in views.items()
        )
    else:
        body = _bind_zones(folder, whole, zone_options, (UPDATE,))
    also = " ".join(f'{LOOPBACK} port {each} key "{TRANSFER}";' for each in notify)
    (folder / "named.conf").write_text(
        f"""{_bind_keys()}
options {{
  directory "{folder}"; pid-file "{folder}/named.pid"; session-keyfile "{folder}/session.key";
  managed-keys-directory "{folder}"; key-directory "{folder}"; lock-file none;
  listen-on port {port} {{ {LOOPBACK}; }}; listen-on-v6 {{ none; }};
  recursion no; dnssec-validation no; empty-zones-enable no; notify explicit; notify-delay 0;
  allow-transfer {{ key "{TRANSFER}"; key "{OTHER}"; }}; also-notify {{ {also} }};
  {options}
}};
controls {{ inet {LOOPBACK} port {control} allow {{ {LOOPBACK}; }} keys {{ "{UPDATE}"; }}; }};
{statements}
{body}"""
    )
    yield from _running(NameServer("named", folder, port, ["named", "-g", "-c", folder / "named.conf"]), whole, views)


def _bind_keys() -> str:
    return "".join(
        f'key "{name}" {{ algorithm {ALGORITHM}; secret "{secret}"; }};\n' for name, secret in SECRETS.items()
    )


def _bind_zones(folder: Path, zones: object, options: str, keys: Sequence[str]) -> str:
    grants = " ".join(f'grant "{key}" zonesub any;' for key in keys)
    lines = []
    for origin, text in zones:
        file = folder / f"{keys[0]}-{origin}.zone"
        file.write_text(text)
        lines.append(f'zone "{origin}" {{ type primary; file "{file}"; update-policy {{ {grants} }}; {options} }};\n')
    return "".join(lines)


def _running(server: NameServer, zones: object, views: object = None) -> Iterator[NameServer]:
    try:
        server.start(*(() if views else (origin for origin, _ in zones)))
        yield server
    finally:
        server.stop()


@contextmanager
def knot(
    folder: Path, primary: int, zones: Sequence[str] = (), *, catalog: str = "", port: int = 0
) -> Iterator[NameServer]:
    """Knot as secondary of `zones` of the server at `primary`, and of whatever its `catalog` lists. May serve none yet."""
    require("knotd")
    folder.mkdir(parents=True)
    port = port or free_port()
    secret = SECRETS[TRANSFER]
    common = "acl: [from-main, to-netctl]\n    master: main"
    blocks = [f"  - domain: {zone}\n    {common}\n" for zone in zones]
    if catalog:
        blocks.append(
            f"  - domain: {catalog}\n    {common}\n    catalog-role: interpret\n    catalog-template: member\n"
        )
    (folder / "knot.conf").write_text(f"""\
server:
    rundir: {folder}
    listen: {LOOPBACK}@{port}
    udp-workers: 1
    tcp-workers: 2
    background-workers: 2
log:
  - target: stderr
    any: info
database:
    storage: {folder}
key:
  - id: {TRANSFER}
    algorithm: {ALGORITHM}
    secret: {secret}
remote:
  - id: main
    address: {LOOPBACK}@{primary}
    key: {TRANSFER}
acl:
  - id: from-main
    key: {TRANSFER}
    action: notify
  - id: to-netctl
    key: {TRANSFER}
    action: transfer
template:
  - id: default
    storage: {folder}
    refresh-min-interval: 2
    retry-min-interval: 1
  - id: member
    storage: {folder}
    {common}
zone:
{"".join(blocks)}""")
    yield from _running(NameServer("knotd", folder, port, ["knotd", "-c", folder / "knot.conf"]), ())


@contextmanager
def nsd(folder: Path, primary: int, zones: Sequence[str], *, port: int = 0) -> Iterator[NameServer]:
    """NSD as secondary of `zones` of the server at `primary`. May serve none yet."""
    require("nsd")
    folder.mkdir(parents=True)
    port = port or free_port()
    blocks = "".join(
        f"""zone:
    name: {zone}
    zonefile: {zone}.zone
    allow-notify: {LOOPBACK} {TRANSFER}
    request-xfr: AXFR {LOOPBACK}@{primary} {TRANSFER}
    provide-xfr: {LOOPBACK} {TRANSFER}
    min-retry-time: 1
    min-refresh-time: 1
"""
        for zone in zones
    )
    (folder / "nsd.conf").write_text(f"""\
server:
    ip-address: {LOOPBACK}@{port}
    username: ""
    zonesdir: "{folder}"
    database: ""
    pidfile: "{folder}/nsd.pid"
    xfrdfile: "{folder}/xfrd.state"
    xfrdir: "{folder}"
    zonelistfile: "{folder}/zone.list"
    cookie-secret-file: ""
    server-count: 1
remote-control:
    control-enable: no
key:
    name: "{TRANSFER}"
    algorithm: {ALGORITHM}
    secret: "{SECRETS[TRANSFER]}"
{blocks}""")
    yield from _running(NameServer("nsd", folder, port, ["nsd", "-d", "-c", folder / "nsd.conf"]), ())


CLOSE = b""
"""What `Answering` takes for: close the connection here."""


class Answering:
    """A TCP port of loopback that answers every message with the pieces `say` gives, sent as they are.

    A piece need not be a whole message; `CLOSE` among them ends the connection. Without any, it stays open and silent.
    """

    def __init__(self, say: Callable[[bytes], Sequence[bytes]]) -> None:
        self._say = say
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = int(self._listener.getsockname()[1])
        self.asked: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Answering:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(20)
                self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        while header := connection.recv(2, socket.MSG_WAITALL):
            message = connection.recv(int.from_bytes(header, "big"), socket.MSG_WAITALL)
            self.asked.append(message)
            for piece in self._say(message):
                if piece == CLOSE:
                    return
                connection.sendall(piece)


def framed(message: bytes) -> bytes:
    """A message with its length, as TCP carries it (RFC 1035 section 4.2.2)."""
    return len(message).to_bytes(2, "big") + message


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
