"""Passwords of people: Argon2id (RFC 9106), and what is no password at all.

Rules of composition (a digit, a capital, a change every month) make passwords worse and are not here: length counts,
and not being one of those that are tried first (NIST SP 800-63B, 3.1.1).
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from netctl.errors import PasswordRefused

SHORTEST = 12
LONGEST = 256  # of characters: what is hashed is bounded, a sentence fits

MEMORY = 47_104  # KiB; with one pass the first of the settings that OWASP names for Argon2id
PASSES = 1
AT_ONCE = 4
_TURN = threading.BoundedSemaphore(AT_ONCE)

# Tried first by whoever guesses; what is shorter than `SHORTEST` need not stand here.
_TRIED_FIRST = """
    password passw0rd p@ssword p@ssw0rd qwerty qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx administrator admin netctl network
    router welcome letmein changeme iloveyou monkey dragon sunshine secret pasuwaado kanrisha nihon japan sakura
    aishiteru パスワード ネットワーク 管理者
"""


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashing with one set of parameters, `MEMORY` and `PASSES`; change them and hashes follow as people sign in.

    At most `AT_ONCE` are computed at a time, so that a flood of sign-ins takes no more memory than that.
    """

    hasher: PasswordHasher = field(
        default_factory=lambda: PasswordHasher(time_cost=PASSES, memory_cost=MEMORY, parallelism=1)
    )

    def hash(self, password: str) -> str:
        """The password's hash with a salt of its own, in the form that names its parameters."""
        with _TURN:
            return self.hasher.hash(_normal(password))

    def fits(self, kept: str, password: str) -> bool:
        """True where `kept` is a hash of the password."""
        if len(password) > LONGEST:
            return False
        try:
            with _TURN:
                return self.hasher.verify(kept, _normal(password))
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, kept: str) -> bool:
        """True where a hash was made with other parameters than ours are now."""
        try:
            return self.hasher.check_needs_rehash(kept)
        except InvalidHashError:
            return True

    def decoy(self) -> str:
        """A hash that nothing fits: unknown names take as long as known ones."""
        return self.hash(secrets.token_urlsafe(16))


def refuse_weak(password: str, name: str) -> None:
    """Nothing, or `PasswordRefused` for a password that is too short, too long, no text, or guessed at once."""
    if len(password) < SHORTEST:
        raise PasswordRefused(
            f"it has fewer than {SHORTEST} characters", reason="short", hint="several words in a row do well"
        )
    if len(password) > LONGEST:
        raise PasswordRefused(f"it has more than {LONGEST} characters", reason="long", hint="a sentence is long enough")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        raise PasswordRefused(
            "it holds a control character", reason="control", hint="letters, marks and spaces are welcome"
        )
    simple = _simple(password)
    if len(set(simple)) < 5:
        raise PasswordRefused("it is made of fewer than five different characters", reason="few")
    if len(name) > 2 and _simple(name) in simple:
        raise PasswordRefused("it holds the user's name", reason="name")
    if not _without_guesses(simple):
        raise PasswordRefused("it is one that is tried first", reason="common", hint="several unrelated words do well")


def _normal(password: str) -> str:
    """One spelling for what a Japanese keyboard may write in two (RFC 8265, OpaqueString)."""
    return unicodedata.normalize("NFC", password)


def _simple(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _without_guesses(simple: str) -> str:
    """What is left without the words that are tried first, digits in a row, and marks: "" where that is all."""
    rest = simple
    for word in sorted(_TRIED_FIRST.split(), key=len, reverse=True):
        rest = rest.replace(word, "")
    return re.sub(r"[\W\d_]+", "", rest)
