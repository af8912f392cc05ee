"""Strict host keys: a router is who the inventory says it is, or nobody speaks to it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

import paramiko

from netctl.errors import HostKeyRefused

# Key types as they stand in the inventory, and the host key algorithms that show such a key (RFC 8332 for RSA).
ALGORITHMS = {
    "ssh-ed25519": ("ssh-ed25519",),
    "ecdsa-sha2-nistp256": ("ecdsa-sha2-nistp256",),
    "ecdsa-sha2-nistp384": ("ecdsa-sha2-nistp384",),
    "ecdsa-sha2-nistp521": ("ecdsa-sha2-nistp521",),
    "ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256"),
}


def algorithms(host_keys: Sequence[str], where: str) -> tuple[str, ...]:
    """The host key algorithms that can show one of the known keys; raises `HostKeyRefused` where none is known."""
    if not host_keys:
        raise HostKeyRefused(
            "no host key is known",
            where=where,
            hint="`netctl devices scan-keys` shows its keys; compare them on its console, then apply the patch",
        )
    types = [_decoded(key, where)[0] for key in host_keys]
    return tuple(algorithm for kind in dict.fromkeys(types) for algorithm in ALGORITHMS[kind])


def verify(shown: paramiko.PKey, host_keys: Sequence[str], where: str) -> None:
    """Nothing, where the key a router showed is one of the known ones; else raises `HostKeyRefused`."""
    blob = shown.asbytes()
    if any(hmac.compare_digest(blob, _decoded(key, where)[1]) for key in host_keys):
        return
    known = ", ".join(fingerprint_of(key) for key in host_keys)
    raise HostKeyRefused(
        f"the router shows {shown.get_name()} {fingerprint(blob)}, the inventory knows {known}",
        where=where,
        hint="if the router was replaced, compare the key on its console and update inventory/hostkeys.yaml",
    )


def fingerprint(blob: bytes) -> str:
    """As `ssh-keygen -l` prints it: SHA256: and unpadded base64."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def fingerprint_of(key: str) -> str:
    """The fingerprint of a key in the inventory's form."""
    return f"{key.split(maxsplit=1)[0]} {fingerprint(_decoded(key, '')[1])}"


def known_hosts_line(address: str, port: int, key: str) -> str:
    """A line of OpenSSH's known_hosts, for drivers of others that read such a file."""
    name = address if port == 22 else f"[{address}]:{port}"
    return f"{name} {key}"


def _decoded(key: str, where: str) -> tuple[str, bytes]:
    kind, _, text = key.partition(" ")
    try:
        blob = base64.b64decode(text.split()[0] if text.split() else "", validate=True)
    except binascii.Error:
        blob = b""
    name = kind.encode()
    if kind not in ALGORITHMS or not blob.startswith(len(name).to_bytes(4, "big") + name):
        raise HostKeyRefused(
            f"{key[:40]!r} is not a public key", where=where, hint="see `host keys` in inventory/hostkeys.yaml"
        )
    return kind, blob
