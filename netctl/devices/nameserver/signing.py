"""TSIG around one question and its answers (RFC 8945): signed going out, verified coming in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TSIG
import dns.tsig

from netctl.devices.nameserver.server import ServerKey
from netctl.errors import ClocksApart, KeyRefused, ReplyMalformed

Seconds = Callable[[], float]
_FUDGE = 300  # seconds two clocks may be apart, as RFC 8945 section 10 recommends


class Signing:
    """One question and its answers, in order. Without a key nothing is signed, and nothing signed is accepted."""

    def __init__(self, key: ServerKey | None, where: str, now: Seconds = time.time) -> None:
        self._key = key
        self._where = where
        self._now = now
        self._mac = b""
        self._context: Any = None

    def sign(self, message: bytes) -> bytes:
        """The question with its signature at the end."""
        if self._key is None:
            return message
        key = self._dns_key(self._key)
        rdata = dns.rdtypes.ANY.TSIG.TSIG(
            dns.rdataclass.ANY,
            dns.rdatatype.TSIG,
            key.algorithm,
            0,
            _FUDGE,
            b"",
            int.from_bytes(message[:2], "big"),
            dns.rcode.NOERROR,
            b"",
        )
        signed, _ = dns.tsig.sign(message, key, rdata, int(self._now()))
        self._mac = signed.mac
        data = signed.to_wire()
        count = int.from_bytes(message[10:12], "big") + 1
        record = self._key.name + b"\x00\xfa\x00\xff\x00\x00\x00\x00" + len(data).to_bytes(2, "big") + data
        return message[:10] + count.to_bytes(2, "big") + message[12:] + record

    def check(self, answer: bytes, *, many: bool = False) -> None:
        """The next answer is the server's; raises `KeyRefused`, `ClocksApart` or `ReplyMalformed`.

        An answer that says no may come without a signature; what it says is for the caller to look at.
        """
        try:
            read = dns.message.from_wire(
                answer,
                keyring=self._dns_key(self._key) if self._key else None,
                request_mac=self._mac,
                xfr=many,
                one_rr_per_rrset=many,
                tsig_ctx=self._context,
                multi=many,
            )
        except dns.tsig.PeerBadTime as error:
            raise ClocksApart("the server refuses our signature's time (BADTIME)", where=self._where) from error
        except dns.tsig.BadTime as error:
            raise ClocksApart("the time of the server's signature is too far from ours", where=self._where) from error
        except (dns.tsig.PeerBadKey, dns.tsig.PeerBadSignature, dns.tsig.PeerError) as error:
            raise self._refused(error) from error
        except (dns.tsig.BadKey, dns.tsig.BadSignature, dns.tsig.BadAlgorithm, dns.message.UnknownTSIGKey) as error:
            raise KeyRefused("the answer is not signed with our key", where=self._where) from error
        except (dns.exception.DNSException, ValueError) as error:
            raise ReplyMalformed(f"no DNS message: {error or type(error).__name__}", where=self._where) from error
        self._context = read.tsig_ctx if many else None
        if self._key and not read.had_tsig and not many and read.rcode() == dns.rcode.NOERROR:
            raise KeyRefused("the answer has no signature", where=self._where)

    def _refused(self, error: Exception) -> KeyRefused:
        name = self._key.title if self._key else ""
        kind = {dns.tsig.PeerBadKey: "does not know it (BADKEY)", dns.tsig.PeerBadSignature: "BADSIG"}.get(type(error))
        return KeyRefused(f"key {name}: the server {kind or 'refuses the signature'}", where=self._where)

    @staticmethod
    def _dns_key(key: ServerKey) -> dns.tsig.Key:
        name, _ = dns.name.from_wire(key.name, 0)
        return dns.tsig.Key(name, key.secret, key.algorithm)
