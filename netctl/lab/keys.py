"""SSH keys of a lab and the secrets of its name servers: made once per home and kept.

An inventory that knows the keys stays true, and a lab raised anew holds the secrets that this host knows.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64encode
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from netctl.credentials import open_source
from netctl.lab.kernel import run
from netctl.lab.place import Place
from netctl.lab.seed import USER
from netctl.settings import Settings

_SECRET = 32  # octets of a TSIG key's secret: as many as the longest digest in common use gives (RFC 8945, section 8)


def ensure(where: Place, routers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Make the keys that are missing; router → its public host keys in OpenSSH form without comment."""
    where.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    routers = list(routers)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_make, [where.keys / USER, *(where.keys / f"host-{name}" for name in routers)]))
    return {name: (_public(where.keys / f"host-{name}.pub"),) for name in routers}


def ensure_secrets(where: Place, settings: Settings, references: Iterable[str]) -> Settings:
    """Make a random secret for each reference that this host has no value for; settings that find all of them."""
    settings = with_secrets(where, settings)
    source = open_source(settings)
    missing = sorted({reference for reference in references if source.get(reference) is None})
    if missing:
        lines = [f'"{name}" = "{b64encode(secrets.token_bytes(_SECRET)).decode()}"\n' for name in missing]
        where.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = where.secrets
        held = file.read_text(encoding="utf-8") if file.exists() else ""
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(held + "".join(lines))
        draft.replace(file)
    return settings


def with_secrets(where: Place, settings: Settings) -> Settings:
    """The same settings, in which a lab's own secrets come after all others."""
    source = f"file:{where.secrets}"
    if source in settings.secret_sources:
        return settings
    return replace(settings, secret_sources=(*settings.secret_sources, source))


def _make(file: Path) -> None:
    if not file.with_name(file.name + ".pub").exists():
        file.unlink(missing_ok=True)  # cut short by a crash: a private key is written before its public half
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file))


def _public(file: Path) -> str:
    return " ".join(file.read_text(encoding="ascii").split()[:2])
