"""What an OpenID provider says of somebody becomes a user of netctl: an existing one, and the same one for good.

Nobody becomes a user by being known elsewhere. The first sign-in links the provider's subject to the user whose name
the claim gives; from then on the subject counts, so that a name given to somebody else opens nothing.
"""

from __future__ import annotations

from dataclasses import replace

from netctl.change.roles import require
from netctl.control.people.accounts import begin, fresh, renew, session_of
from netctl.control.people.proving import NOBODY, network_of
from netctl.credentials import open_source
from netctl.credentials.sources import require as require_secret
from netctl.errors import DirectoryRefused, IdentityTaken, NetctlError, SignInAgain, UnknownUser
from netctl.model.accounts import SignedIn, Somebody
from netctl.settings import Settings
from netctl.store import Books, Store

_NEVER = "1970-01-01T00:00:00.000000Z"  # when somebody proved who they are whose provider does not tell


def sign_in_by_directory(
    store: Store, somebody: Somebody, *, address: str, agent: str, settings: Settings, before: str = ""
) -> SignedIn:
    """A new session of the user that the subject is linked to, or is linked to now.

    What `somebody` says comes from a token that was verified. The session is no fresher than the sign-in at the
    provider, which may be hours old. Raises `DirectoryRefused` for somebody who is no user of netctl, and
    `IdentityTaken` where that user is another subject already.
    """
    refusal: NetctlError | None = None
    user = ""
    with store.writing() as books:
        try:
            user = books.accounts.known_as(somebody.issuer, somebody.subject) or _link(books, somebody)
        except (DirectoryRefused, IdentityTaken) as error:
            refusal = error
            _tell(books, somebody.issuer, network_of(address), error)
    if refusal is not None:
        raise refusal
    return begin(
        store,
        user,
        "oidc",
        address=address,
        agent=agent,
        settings=settings,
        before=before,
        authenticated_at=somebody.authenticated_at or _NEVER,
    )


def sign_in_again_by_directory(store: Store, secret: str, somebody: Somebody, *, settings: Settings) -> SignedIn:
    """The session of `secret` under a new one, authenticated when the provider says; raises `DirectoryRefused`.

    Only the person whose session it is can renew it, and only with a provider that asked them for it just now.
    """
    found = session_of(store, secret)
    if found is None:
        raise SignInAgain("the session is over")
    if not somebody.authenticated_at:
        raise DirectoryRefused("the provider does not tell when the person signed in (auth_time)")
    with store.reading() as books:
        user = books.accounts.known_as(somebody.issuer, somebody.subject)
        now = books.now()
    if user != found.user:
        raise DirectoryRefused(f"somebody else than {found.user} signed in at the provider")
    if not fresh(replace(found, authenticated_at=somebody.authenticated_at), settings, now):
        raise DirectoryRefused("the provider did not ask for the password again")
    return renew(store, secret, authenticated_at=somebody.authenticated_at)


def note_refusal(store: Store, issuer: str, address: str, error: NetctlError) -> None:
    """Tell the audit log of an answer from a provider that was not believed, where it has not heard of it lately."""
    with store.writing() as books:
        _tell(books, issuer, network_of(address), error)


def client_secret(settings: Settings) -> str:
    """What netctl proves itself with at the provider, "" for a public client; raises `SecretMissing`."""
    if not settings.oidc_secret:
        return ""
    return require_secret(open_source(settings), settings.oidc_secret, where="oidc_secret")


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


def _link(books: Books, somebody: Somebody) -> str:
    if len(somebody.issuer) > 256 or not 0 < len(somebody.subject) <= 255:  # OpenID Connect Core 1.0, 2
        raise DirectoryRefused("its subject is not one")
    try:
        user = books.users.get(somebody.name).name
    except UnknownUser:
        told = "the person the provider names is no user of netctl"
        raise DirectoryRefused(told, hint="an admin adds people") from None
    books.accounts.link(somebody.issuer, somebody.subject, user)
    return user


def _tell(books: Books, issuer: str, network: str, error: NetctlError) -> None:
    """One audit entry for the 1st, 2nd, 4th, 8th … refusal from one network in an hour."""
    count = books.attempts.count(f"directory:{network}", forget_after=3600)
    if count & (count - 1) == 0:
        told = {"issuer": issuer, "address": network, "code": error.code, "failures": str(count)}
        books.audit.append(NOBODY, "account.refuse_sign_in", network, told)
