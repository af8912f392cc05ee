"""Ports on loopback for the servers that tests start."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"

_WORKERS = 8  # of one run of the tests, each with ports of its own
_GIVEN: set[int] = set()
_CHANCE = random.SystemRandom()  # whatever seeds the other one, two runs side by side are given different ports


def free_port() -> int:
    """A port that is free for TCP and for UDP, that no other test is given, and no outgoing connection.

    BIND shares a port that it has already with itself and with others, and answers on it by turns: where one was given
    twice it would be found out by chance.
    """
    first, _ = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split())
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for _ in range(10_000):
        port = _CHANCE.randrange(first // 2, first - _WORKERS) // _WORKERS * _WORKERS + worker % _WORKERS
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind((LOOPBACK, port))
                udp.bind((LOOPBACK, port))
            except OSError:
                continue
            if port not in _GIVEN:
                _GIVEN.add(port)
                return port
    raise RuntimeError("no port is left")
