"""Two writings of one secret are equal in meaning: a hash does not differ from the clear text it was made of."""

from __future__ import annotations

import hashlib
import secrets
import threading
from typing import NamedTuple

from netctl.config.secrets.forms import CLEAR, SecretForm, read_slot
from netctl.config.secrets.hashes import is_hash, made_of
from netctl.config.secrets.marks import reference_of
from netctl.config.secrets.reversible import junos_9, type_7

_BY_SHAPE = frozenset({"", "ascii", "ascii-text", "char"})  # kinds that leave open whether the value is hidden
_TYPE_7 = frozenset({"7", "encrypted"})


class _Meaning(NamedTuple):
    """What a form may stand for. `own` is the text itself, "" where that is a clear text and nothing else."""

    clear: frozenset[str]
    hashed: bool
    own: str


def same_secret(left: str, right: str) -> bool:
    """Whether two secret slots (type words included) mean the same secret.

    True where the texts are equal; where one is clear and the other its type 7, Junos ``$9$``, or a hash of it (Cisco
    types 4, 5, 8, 9, crypt's ``$1$ $5$ $6$``, FRR's 8); where both hide the same text reversibly; and where both are
    marks of one declared secret. Two different salted hashes cannot be compared: False. Never raises.
    """
    if left == right:
        return True
    one, other = read_slot(left), read_slot(right)
    reference = reference_of(one.text)
    if reference:
        return reference == reference_of(other.text)
    here, there = _meaning(one), _meaning(other)
    if (here.own and here.own == there.own) or here.clear & there.clear:
        return True
    if here.hashed == there.hashed:
        return False
    hashed, clear = (one, there.clear) if here.hashed else (other, here.clear)
    return any(_CHECKED.made_of(text, hashed) for text in sorted(clear))


def _meaning(form: SecretForm) -> _Meaning:
    kind, text = form
    if kind in CLEAR:
        return _Meaning(frozenset({text}), hashed=False, own="")
    if is_hash(kind, text):
        return _Meaning(frozenset(), hashed=True, own=text)
    found: set[str | None] = set()
    if kind in _TYPE_7 or kind in _BY_SHAPE:
        found.add(type_7(text))
    if kind in _BY_SHAPE:
        hidden = junos_9(text)
        found |= {hidden} if hidden is not None else {text}
    return _Meaning(frozenset(each for each in found if each is not None), hashed=False, own=text)


class _Checked:
    """Answers of `made_of`, remembered under a digest of the pair with a key of this process: no secret is kept."""

    MOST = 4096

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._answers: dict[bytes, bool] = {}
        self._lock = threading.Lock()

    def made_of(self, clear: str, hashed: SecretForm) -> bool:
        pair = f"{hashed.kind}\x00{hashed.text}\x00{clear}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(pair, key=self._key, digest_size=16).digest()
        known = self._answers.get(digest)
        if known is None:
            known = made_of(clear, hashed.kind, hashed.text)
            with self._lock:
                if len(self._answers) >= self.MOST:
                    del self._answers[next(iter(self._answers))]
                self._answers[digest] = known
        return known


_CHECKED = _Checked()
