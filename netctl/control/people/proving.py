"""A name and a password are held against each other; whoever guesses is slowed down, and told nothing.

An attempt is counted before it is tried and taken back when it went well: a hundred guesses at once are a hundred.
A name nobody has takes as long as one that somebody has, and is slowed down alike.
"""

from __future__ import annotations

from functools import cache
from ipaddress import ip_address

from netctl.credentials.passwords import Passwords
from netctl.errors import SignInRefused, SignInThrottled
from netctl.store import Books, Store

NAME_SPARED = 5  # failures before a name has to wait
ADDRESS_SPARED = 20  # ... and an address: an office may share one
LONGEST_PAUSE = 900  # seconds
FORGET_AFTER = 3600  # seconds
NOBODY = "anonymous"  # the actor of what somebody did who did not prove a name


def prove(store: Store, name: str, password: str, *, address: str, passwords: Passwords) -> str:
    """The user's name where the password is theirs; raises `SignInRefused` or `SignInThrottled`."""
    name = name.strip().lower()
    if not name or not password:  # no guess: nobody has no name, and no password is empty
        raise SignInRefused("name and password do not fit")
    keys = (f"name:{name[:64]}", f"address:{network_of(address)}")
    kept, counts = _admit(store, name, keys)
    fits = passwords.fits(kept or _decoy(passwords), password)
    proven = bool(kept) and fits
    renewed = passwords.hash(password) if proven and passwords.outdated(kept) else ""
    with store.writing() as books:
        if proven:
            books.attempts.forgive(keys[0])
            books.attempts.take_back(keys[1])
            if renewed:
                books.accounts.set_password(name, renewed, name, action="account.rehash")
        else:
            _tell(books, name if kept else "", network_of(address), counts[0] if kept else counts[1])
    if not proven:
        raise SignInRefused("name and password do not fit")
    return name


def network_of(address: str) -> str:
    """What one household or office has of the address space: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return f"{ip_address(int(found) >> 64 << 64)}/64"


def _admit(store: Store, name: str, keys: tuple[str, str]) -> tuple[str, tuple[int, int]]:
    """The hash that is kept and both counts, this attempt among them; raises `SignInThrottled`."""
    with store.writing() as books:
        pause = max(
            books.attempts.waiting(key, spared=spared, longest=LONGEST_PAUSE)
            for key, spared in zip(keys, (NAME_SPARED, ADDRESS_SPARED), strict=True)
        )
        if pause:
            raise SignInThrottled(f"too many attempts failed; the next one in {pause} s", seconds=pause)
        first, second = (books.attempts.count(key, forget_after=FORGET_AFTER) for key in keys)
        return books.accounts.password(name), (first, second)


def _tell(books: Books, name: str, network: str, count: int) -> None:
    """One audit entry for the 1st, 2nd, 4th, 8th … failure in a row: a flood of guesses does not flood the log.

    A name nobody has is not written down: people type their password into the wrong field.
    """
    if count & (count - 1) == 0:
        told = {"address": network, "failures": str(count)}
        books.audit.append(NOBODY, "account.refuse_sign_in", name or network, told)


@cache
def _decoy(passwords: Passwords) -> str:
    return passwords.decoy()
