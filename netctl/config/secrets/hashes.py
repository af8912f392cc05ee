"""One-way forms of a secret: whether a clear text is the one a hash was made of."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any

_ALPHABET = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
_WORD = r"[./0-9A-Za-z]"
_CISCO = re.compile(rf"\$([89])\$({_WORD}{{14}})\$({_WORD}{{43}})")
_MD5 = re.compile(rf"\$1\${_WORD}{{1,8}}\${_WORD}{{22}}")
_SHA = re.compile(rf"\$([56])\$(?:rounds=([0-9]{{1,7}})\$)?{_WORD}{{1,16}}\$(?:{_WORD}{{43}}|{_WORD}{{86}})")
_DES = re.compile(rf"{_WORD}{{13}}")
_FOUR = re.compile(rf"{_WORD}{{43}}")
_MOST_ROUNDS = 100_000  # a hash that asks for more is a way to keep netctl busy
_LONGEST = 256


def is_hash(kind: str, text: str) -> bool:
    """Whether the text has the shape of a hash netctl can check; `kind` is the type word before it."""
    return scheme(kind, text) != ""


def scheme(kind: str, text: str) -> str:
    """Which hash it is: Cisco's types 4, 8 and 9, or crypt's md5, sha256, sha512 and des; "" for none of them."""
    cisco = _CISCO.fullmatch(text)
    if cisco:
        return f"cisco {cisco[1]}"
    if _MD5.fullmatch(text):
        return "md5"
    sha = _SHA.fullmatch(text)
    if sha and int(sha[2] or 5000) <= _MOST_ROUNDS:
        return "sha256" if sha[1] == "5" else "sha512"
    if kind == "4" and _FOUR.fullmatch(text):
        return "cisco 4"
    if kind == "8" and _DES.fullmatch(text):  # FRR with `service password-encryption`
        return "des"
    return ""


def made_of(clear: str, kind: str, text: str) -> bool:
    """Whether the hash was made of this clear text; slow on purpose, as the hashes are."""
    secret = clear.encode("utf-8", "replace")
    if not secret or len(secret) > _LONGEST or b"\0" in secret:
        return False
    name = scheme(kind, text)
    if name.startswith("cisco"):
        expected = text if name == "cisco 4" else text.rpartition("$")[2]
        return hmac.compare_digest(_cisco(name, secret, text), expected)
    return bool(name) and _crypt(name, secret, text)


def _cisco(name: str, secret: bytes, text: str) -> str:
    if name == "cisco 4":
        digest = hashlib.sha256(secret).digest()
    else:
        salt = text.split("$")[2].encode()
        if name == "cisco 8":
            digest = hashlib.pbkdf2_hmac("sha256", secret, salt, 20_000, 32)
        else:
            digest = hashlib.scrypt(secret, salt=salt, n=16384, r=1, p=1, dklen=32)
    return base64.b64encode(digest).rstrip(b"=").translate(_ALPHABET).decode()


def _crypt(name: str, secret: bytes, text: str) -> bool:
    # Imported where it is needed: most runs compare no hash with a clear text.
    from passlib.registry import get_crypt_handler  # noqa: PLC0415

    handler: Any = get_crypt_handler(f"{name}_crypt")
    try:
        return bool(handler.verify(secret, text))
    except ValueError:  # of the right shape, but no hash after all (a salt no crypt makes)
        return False
