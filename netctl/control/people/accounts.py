"""Signing in to the dashboard and out again; whose request this is, asked before every page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from netctl.change import roles
from netctl.change.roles import FRESH_STEPS, PERSONAL_STEPS, READ_STEPS, TOKEN_STEPS, Step
from netctl.control.people.known import known
from netctl.control.people.proving import prove
from netctl.credentials.bearer import Draw, digest_of, draw, id_of
from netctl.credentials.passwords import Passwords
from netctl.errors import (
    DecisionTakesAPerson,
    SignInAgain,
    StoreError,
    TokenPushesNot,
    TokenReadsOnly,
    TokenRefused,
)
from netctl.model.accounts import Identity, Session, SignedIn, Way
from netctl.model.moments import read_moment, stamp
from netctl.settings import Settings
from netctl.store import Store
from netctl.store.wording import tame

__all__ = ["FRESH_STEPS", "PERSONAL_STEPS", "Identity", "Session", "SignedIn", "Step"]

_KEPT_TO = timedelta(minutes=1)  # when a session was seen is written no more often than that
PASSWORDS = Passwords()


def sign_in(
    store: Store,
    name: str,
    password: str,
    *,
    address: str,
    agent: str,
    settings: Settings,
    before: str = "",
    passwords: Passwords = PASSWORDS,
) -> SignedIn:
    """A new session; the one with secret `before` ends. Raises `SignInRefused` or `SignInThrottled`."""
    user = prove(store, name, password, address=address, passwords=passwords)
    return begin(store, user, "password", address=address, agent=agent, settings=settings, before=before)


def begin(
    store: Store,
    user: str,
    way: Way,
    *,
    address: str,
    agent: str,
    settings: Settings,
    before: str = "",
    authenticated_at: str = "",
    pick: Draw = draw,
) -> SignedIn:
    """A new session of somebody who proved who they are, at `authenticated_at` or now; that of `before` ends."""
    secret, digest = _secret(pick)
    with store.writing() as books:
        now = books.now()
        session = Session(
            id=id_of(digest),
            user=user,
            csrf=pick(),
            way=way,
            signed_in_at=stamp(now),
            authenticated_at=min(authenticated_at or stamp(now), stamp(now)),
            seen_at=stamp(now),
            expires_at=stamp(now + timedelta(hours=settings.session_hours)),
            idle_seconds=settings.session_idle_minutes * 60,
            address=address[:64],
            agent=tame(agent, 200),
        )
        if before:
            books.sessions.drop(digest_of(before))
        books.sessions.begin(digest, session)
    return SignedIn(secret, session)


def sign_in_again(
    store: Store, secret: str, password: str, *, address: str, passwords: Passwords = PASSWORDS
) -> SignedIn:
    """The same session with a new secret, authenticated now; pages that are open keep their CSRF token.

    Raises `SignInRefused`, `SignInThrottled`, or `SignInAgain` where the session is over.
    """
    found = session_of(store, secret)
    if found is None:
        raise SignInAgain("the session is over")
    prove(store, found.user, password, address=address, passwords=passwords)
    return renew(store, secret)


def renew(store: Store, secret: str, *, authenticated_at: str = "", pick: Draw = draw) -> SignedIn:
    """The session under a new secret, its person having proven themselves at `authenticated_at`, or now.

    Raises `SignInAgain` where the session is over.
    """
    fresh_secret, digest = _secret(pick)
    with store.writing() as books:
        found = books.sessions.get(digest_of(secret))
        if found is None:
            raise SignInAgain("the session is over")
        now = stamp(books.now())
        proven_at = min(authenticated_at or now, now)
        session = replace(found, id=id_of(digest), authenticated_at=proven_at, seen_at=now)
        books.sessions.drop(digest_of(secret))
        books.sessions.begin(digest, session, "account.sign_in_again")
    return SignedIn(fresh_secret, session)


def session_of(store: Store, secret: str) -> Session | None:
    """Whose browser this is; `None` where the session ended or never was. One look at the store, seldom more."""
    digest = digest_of(secret) if secret else ""
    if not digest:
        return None
    held = known(store, store.pulse().acts)
    kept = held.sessions.get(digest)
    if kept is not None and kept.lasts(store.now()) and _recent(kept.seen_at, store.now()):
        return kept
    with store.reading() as books:
        found = books.sessions.get(digest)
        seen_lately = found is None or _recent(found.seen_at, books.now())
    if found is not None and seen_lately:
        held.keep_session(digest, found)
    if not seen_lately:
        # A disk that is full keeps nobody from looking, and a round being written keeps nobody waiting: the next tries.
        with suppress(StoreError), store.writing(at_once=True) as books:
            books.sessions.touch(digest)
    return found


def sign_out(store: Store, secret: str) -> None:
    """End a session; one that is over already is no error."""
    with store.writing() as books:
        found = books.sessions.get(digest_of(secret))
        if found is not None:
            books.sessions.end(found.user, (found.id,), found.user, "account.sign_out")


def by_token(store: Store, token: str) -> Identity:
    """Who a program's request speaks for; raises `TokenRefused`."""
    digest = digest_of(token) if token else ""
    with store.reading() as books:
        found = books.tokens.get(digest) if digest else None
        used_lately = found is None or (bool(found.used_at) and _recent(found.used_at, books.now()))
    if found is None:
        raise TokenRefused("the token is unknown, expired or revoked")
    if not used_lately:
        with suppress(StoreError), store.writing(at_once=True) as books:
            books.tokens.touch(digest)
    return Identity(found.user, found.scope, found.id)


def require(store: Store, user: str, step: Step) -> frozenset[str] | None:
    """The organisations for whose routers `user` may take the step; `None` for all. Raises `NotAllowed`."""
    with store.reading() as books:
        return roles.reach(books.users.get(user), step)


def require_scope(identity: Identity, step: Step) -> None:
    """Nothing, or `DecisionTakesAPerson`, `TokenReadsOnly` or `TokenPushesNot` for a step its token leaves out.

    A scope nobody knows, from before there were these, reads only.
    """
    held = TOKEN_STEPS.get(identity.scope, READ_STEPS)
    if step in PERSONAL_STEPS:
        raise DecisionTakesAPerson(f"no token may {step}: that takes a person who has signed in")
    if step in held:
        return
    if held == READ_STEPS:
        raise TokenReadsOnly(f"this token may only read, and not {step}")
    raise TokenPushesNot(f"this token may not {step}")


def require_fresh(session: Session, settings: Settings, now: datetime) -> None:
    """Nothing, or `SignInAgain` where the person last proved who they are too long ago."""
    if not fresh(session, settings, now):
        raise SignInAgain(f"{session.user} signed in more than {settings.again_minutes} minutes ago")


def fresh(session: Session, settings: Settings, now: datetime) -> bool:
    """True for `again_minutes` after a person proved who they are."""
    return now - read_moment(session.authenticated_at) <= timedelta(minutes=settings.again_minutes)


def _secret(pick: Draw) -> tuple[str, str]:
    secret = pick()
    return secret, digest_of(secret)


def _recent(at: str, now: datetime) -> bool:
    return now - read_moment(at) < _KEPT_TO
