"""SSH keys of a lab: made once per home and kept, so that an inventory that knows them stays true."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from netctl.lab.kernel import run
from netctl.lab.place import Place
from netctl.lab.seed import USER


def ensure(where: Place, routers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Make the keys that are missing; router → its public host keys in OpenSSH form without comment."""
    where.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    routers = list(routers)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_make, [where.keys / USER, *(where.keys / f"host-{name}" for name in routers)]))
    return {name: (_public(where.keys / f"host-{name}.pub"),) for name in routers}


def _make(file: Path) -> None:
    if not file.with_name(file.name + ".pub").exists():
        file.unlink(missing_ok=True)  # cut short by a crash: a private key is written before its public half
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file))


def _public(file: Path) -> str:
    return " ".join(file.read_text(encoding="ascii").split()[:2])
