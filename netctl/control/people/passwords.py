"""Passwords are set by the person alone: with the old one, with a one-time link, or on the host netctl runs on."""

from __future__ import annotations

from netctl.change.roles import require
from netctl.control.people.accounts import PASSWORDS
from netctl.control.people.proving import prove
from netctl.credentials.bearer import Draw, digest_of, draw
from netctl.credentials.passwords import SHORTEST, Passwords, refuse_weak
from netctl.errors import NotAllowed, PasswordLinkGone
from netctl.store import Store

__all__ = ["SHORTEST"]

LINK_SECONDS = 24 * 3600


def change_password(
    store: Store, user: str, current: str, new: str, *, address: str, session: str, passwords: Passwords = PASSWORDS
) -> None:
    """Set one's own password; all other sessions than that with id `session` end.

    Raises `SignInRefused` or `SignInThrottled` where `current` is not it, and `PasswordRefused`.
    """
    refuse_weak(new, user)
    prove(store, user, current, address=address, passwords=passwords)
    _set(store, user, new, actor=user, keep=session, passwords=passwords)


def set_password(store: Store, user: str, new: str, *, actor: str, passwords: Passwords = PASSWORDS) -> None:
    """Set the password of `user`, who is `actor`, or is taken care of by an admin; all their sessions end.

    For the host netctl runs on, where the operating system says who asks. Raises `UnknownUser`, `NotAllowed` or
    `PasswordRefused`.
    """
    with store.reading() as books:
        books.users.get(user)
        if actor != user:
            require(books.users.get(actor), "manage users")
    refuse_weak(new, user)
    _set(store, user, new, actor=actor, keep="", passwords=passwords)


def make_link(store: Store, user: str, *, actor: str, pick: Draw = draw) -> tuple[str, str]:
    """A secret with which `user` sets their password, once, and until when; raises `NotAllowed` unless for admins.

    An admin makes no link for themselves: whoever found their screen unattended would have the account for good.
    """
    secret = pick()
    with store.writing() as books:
        require(books.users.get(actor), "manage users")
        if actor == user:
            raise NotAllowed(f"{actor} cannot make a link for themselves", hint="change the password on /account")
        books.users.get(user)
        return secret, books.accounts.make_link(user, digest_of(secret), LINK_SECONDS, actor)


def whose_link(store: Store, secret: str) -> str:
    """Whose password a one-time link sets; raises `PasswordLinkGone`."""
    with store.reading() as books:
        user = books.accounts.link_user(digest_of(secret))
    if not user:
        raise PasswordLinkGone("the link was used, replaced, or is too old")
    return user


def use_link(store: Store, secret: str, new: str, *, passwords: Passwords = PASSWORDS) -> str:
    """Set the password a link is for, and return whose it is; raises `PasswordLinkGone` or `PasswordRefused`."""
    user = whose_link(store, secret)
    refuse_weak(new, user)
    hashed = passwords.hash(new)
    with store.writing() as books:
        if books.accounts.link_user(digest_of(secret)) != user:  # somebody was quicker
            raise PasswordLinkGone("the link was used meanwhile")
        books.accounts.set_password(user, hashed, user)
        books.attempts.forgive(f"name:{user}")
        books.sessions.end_all(user, user)
    return user


def has_password(store: Store, user: str) -> bool:
    """True where the user can sign in with a password."""
    with store.reading() as books:
        return bool(books.accounts.password(user))


def _set(store: Store, user: str, new: str, *, actor: str, keep: str, passwords: Passwords) -> None:
    hashed = passwords.hash(new)
    with store.writing() as books:
        books.accounts.set_password(user, hashed, actor)
        books.attempts.forgive(f"name:{user}")
        books.sessions.end_all(user, actor, keep=keep)
