"""Keys of signed zones, and the DS that vouches for one (RFC 4034 sections 2 and 5)."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from netctl.zones.data import Name, RRset

DS, RRSIG, NSEC, DNSKEY, NSEC3, NSEC3PARAM, CDS, CDNSKEY = 43, 46, 47, 48, 50, 51, 59, 60
PRIVATE = 65534
"""BIND's notes on its own signing, which it does not sign."""

ALGORITHMS = {
    1: "RSAMD5", 3: "DSA", 5: "RSASHA1", 6: "DSA-NSEC3-SHA1", 7: "RSASHA1-NSEC3-SHA1", 8: "RSASHA256",
    10: "RSASHA512", 12: "ECC-GOST", 13: "ECDSAP256SHA256", 14: "ECDSAP384SHA384", 15: "ED25519", 16: "ED448",
}  # fmt: skip
WEAK = frozenset({1, 3, 5, 6, 7, 12})
"""What must not or should not sign any more (RFC 8624 section 3.1)."""

_DIGESTS = {1: hashlib.sha1, 2: hashlib.sha256, 4: hashlib.sha384}
_ZONE_KEY, _REVOKED, _SEP = 0x0100, 0x0080, 0x0001
_NO_DATA = b"\0"  # of CDS and CDNSKEY that ask for the DS to be taken away (RFC 8078 section 4)


class SigningKey(NamedTuple):
    """One DNSKEY; `data` is all of it."""

    tag: int
    algorithm: int
    flags: int
    data: bytes

    @property
    def secure_entry(self) -> bool:
        """Meant to be vouched for from above: a KSK, or a CSK."""
        return bool(self.flags & _SEP)

    @property
    def revoked(self) -> bool:
        """Says of itself that nobody may trust it (RFC 5011)."""
        return bool(self.flags & _REVOKED)

    @property
    def usable(self) -> bool:
        """May sign data of the zone (RFC 4034 section 2.1.1)."""
        return bool(self.flags & _ZONE_KEY) and not self.revoked and self.data[2] == 3

    @property
    def who(self) -> tuple[int, int]:
        """Algorithm and tag, by which a signature names it."""
        return self.algorithm, self.tag

    @property
    def id(self) -> str:
        """What no other key has: two may share a tag."""
        return f"{self.algorithm}/{self.tag}/{hashlib.sha256(self.data).hexdigest()[:16]}"


class Voucher(NamedTuple):
    """One DS (or CDS)."""

    tag: int
    algorithm: int
    digest: int
    value: bytes


def algorithm_text(number: int) -> str:
    """The mnemonic of an algorithm, or its number."""
    return ALGORITHMS.get(number, str(number))


def keys_of(rrset: RRset | None) -> tuple[SigningKey, ...]:
    """The keys of a DNSKEY (or CDNSKEY) RRset; data too short to be one is passed over."""
    return tuple(
        SigningKey(key_tag(data), data[3], int.from_bytes(data[:2], "big"), data)
        for data in (rrset.rdatas if rrset else ())
        if len(data) > 4 and data[3:] != b"\0" + _NO_DATA
    )


def vouchers_of(rrset: RRset | None) -> tuple[Voucher, ...]:
    """The records of a DS (or CDS) RRset."""
    return tuple(
        Voucher(int.from_bytes(data[:2], "big"), data[2], data[3], data[4:])
        for data in (rrset.rdatas if rrset else ())
        if len(data) > 4 and data[2]
    )


def key_tag(data: bytes) -> int:
    """The tag of a DNSKEY by its data (RFC 4034 appendix B)."""
    if data[3] == 1:  # RSAMD5: the appendix's own exception
        return int.from_bytes(data[-3:-1], "big")
    padded = data if len(data) % 2 == 0 else data + b"\0"
    total = sum(int.from_bytes(padded[at : at + 2], "big") for at in range(0, len(padded), 2))
    return (total + (total >> 16)) & 0xFFFF


def ds_data(owner: Name, key: SigningKey, digest: int = 2) -> bytes:
    """The data of the DS that vouches for a key (RFC 4034 section 5.1.4); raises `KeyError` for an unknown digest."""
    head = key.tag.to_bytes(2, "big") + bytes((key.algorithm, digest))
    return head + _DIGESTS[digest](owner + key.data).digest()


def vouches(voucher: Voucher, owner: Name, key: SigningKey) -> bool:
    """The DS is this key's; one with a digest nobody knows here vouches for none."""
    if (voucher.tag, voucher.algorithm) != (key.tag, key.algorithm) or voucher.digest not in _DIGESTS:
        return False
    return ds_data(owner, key, voucher.digest)[4:] == voucher.value
