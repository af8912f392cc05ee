"""Tokens for programs that speak in the name of a person; shown once, when they are made."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from netctl.change.roles import require
from netctl.change.words import refuse_label
from netctl.credentials.bearer import MARK, Draw, digest_of, draw, id_of
from netctl.errors import TokenWanted, UnknownToken
from netctl.model.accounts import Token, TokenScope
from netctl.model.moments import stamp
from netctl.store import Store

TOKEN_SCOPES: tuple[TokenScope, ...] = get_args(TokenScope)
LONGEST_DAYS = 366
MOST = 20  # tokens a person may have


def make_token(
    store: Store, user: str, *, name: str, scope: TokenScope, days: int, pick: Draw = draw
) -> tuple[str, Token]:
    """A new token of `user` and its secret; raises `TokenWanted` or `WordsRefused`."""
    refuse_label(name, "name", 64)
    if scope not in TOKEN_SCOPES:
        raise TokenWanted(f"there is no scope {scope!r}", hint=f"one of {', '.join(TOKEN_SCOPES)}")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenWanted(f"a token lives for 1 to {LONGEST_DAYS} days, not {days}")
    secret = MARK + pick()
    digest = digest_of(secret)
    with store.writing() as books:
        books.users.get(user)
        if len(books.tokens.of(user)) >= MOST:
            raise TokenWanted(f"{user} has {MOST} tokens already", hint="revoke those that no program uses")
        now = books.now()
        until = stamp(now + timedelta(days=days))
        token = Token(id_of(digest), user, name.strip(), scope, stamp(now), until, "")
        books.tokens.add(digest, token)
    return secret, token


def tokens(store: Store, user: str, *, actor: str) -> tuple[Token, ...]:
    """The tokens of `user`, newest first; raises `NotAllowed` unless one's own or for an admin."""
    with store.reading() as books:
        books.users.get(user)
        if actor != user:
            require(books.users.get(actor), "manage users")
        return books.tokens.of(user)


def revoke_token(store: Store, user: str, token: str, *, actor: str) -> None:
    """Revoke the token of `user` with this id; raises `UnknownToken` or `NotAllowed`."""
    with store.writing() as books:
        books.users.get(user)
        if actor != user:
            require(books.users.get(actor), "manage users")
        if not books.tokens.revoke(user, (token,), actor):
            raise UnknownToken(f"{user} has no token {token!r}", hint="it may have been revoked already")
