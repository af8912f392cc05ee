"""What an OpenID provider says of somebody becomes a user of netctl: an existing one, and the same one for good.

Nobody becomes a user by being known elsewhere. The first sign-in links the provider's subject to the user whose name
the claim gives; from then on the subject counts, so that a name given to somebody else opens nothing.
"""

from __future__ import annotations

from netctl.change.roles import require
from netctl.control.accounts import begin
from netctl.control.proving import NOBODY, network_of
from netctl.errors import DirectoryRefused, IdentityTaken, NetctlError, UnknownUser
from netctl.model.accounts import SignedIn
from netctl.settings import Settings
from netctl.store import Books, Store


def sign_in_by_directory(
    store: Store,
    *,
    issuer: str,
    subject: str,
    name: str,
    address: str,
    agent: str,
    settings: Settings,
    before: str = "",
) -> SignedIn:
    """A new session of the user that `subject` is linked to, or is linked to now.

    `issuer`, `subject` and `name` come from a token that was verified. Raises `DirectoryRefused` for somebody who is no
    user of netctl, and `IdentityTaken` where that user is another subject already.
    """
    refusal: NetctlError | None = None
    user = ""
    with store.writing() as books:
        try:
            user = books.accounts.known_as(issuer, subject) or _link(books, issuer, subject, name)
        except (DirectoryRefused, IdentityTaken) as error:
            refusal = error
            _tell(books, issuer, network_of(address), error)
    if refusal is not None:
        raise refusal
    return begin(store, user, "oidc", address=address, agent=agent, settings=settings, before=before)


def is_linked(store: Store, issuer: str, user: str) -> bool:
    """True where the user can sign in through this provider."""
    with store.reading() as books:
        return any(each.issuer == issuer for each in books.accounts.identities(user))


def unlink(store: Store, user: str, *, actor: str) -> int:
    """Forget who `user` is at OpenID providers, and end their sessions; returns how many links there were."""
    with store.writing() as books:
        require(books.users.get(actor), "manage users")
        books.users.get(user)
        books.sessions.end_all(user, actor)
        return books.accounts.unlink(user, actor)


def _link(books: Books, issuer: str, subject: str, name: str) -> str:
    if len(issuer) > 256 or not 0 < len(subject) <= 255:  # OpenID Connect Core 1.0, 2: a subject has 255 at most
        raise DirectoryRefused("its subject is not one")
    try:
        user = books.users.get(name).name
    except UnknownUser:
        raise DirectoryRefused(
            "the person the provider names is no user of netctl", hint="an admin adds people"
        ) from None
    books.accounts.link(issuer, subject, user)
    return user


def _tell(books: Books, issuer: str, network: str, error: NetctlError) -> None:
    """One audit entry for the 1st, 2nd, 4th, 8th … refusal from one network in an hour."""
    count = books.attempts.count(f"directory:{network}", forget_after=3600)
    if count & (count - 1) == 0:
        told = {"issuer": issuer, "address": network, "code": error.code, "failures": str(count)}
        books.audit.append(NOBODY, "account.refuse_sign_in", network, told)
