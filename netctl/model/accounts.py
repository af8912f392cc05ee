"""How people and programs are known to the dashboard: sessions, tokens, and the directory's names of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from netctl.model.moments import read_moment

Way = Literal["password", "oidc"]
TokenScope = Literal["read", "work", "push"]  # each holds the one before; docs/identity.md


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that somebody is signed in with. Its secret is in the browser's cookie and nowhere else.

    It ends at `expires_at`, or `idle_seconds` after `seen_at`, whichever comes first; `seen_at` is kept to the minute.
    """

    id: str  # what lists and the audit log call it; nobody gets in with that
    user: str
    csrf: str
    way: Way
    signed_in_at: str
    authenticated_at: str  # when the person last proved who they are
    seen_at: str
    expires_at: str
    idle_seconds: int
    address: str
    agent: str  # the browser's own word, cut short

    def lasts(self, now: datetime) -> bool:
        """True until it ends by itself."""
        idle = read_moment(self.seen_at) + timedelta(seconds=self.idle_seconds)
        return read_moment(self.expires_at) > now and idle > now


class SignedIn(NamedTuple):
    """A session that has just begun, with the secret for its cookie: this is the only time it is seen."""

    secret: str
    session: Session


@dataclass(frozen=True, slots=True)
class Token:
    """A program's way in, in the name of a person and with no more than that person's roles."""

    id: str
    user: str
    name: str
    scope: TokenScope
    created_at: str
    expires_at: str
    used_at: str  # "" while it was never used; kept to the minute


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a request of a program speaks for; `scope` is what its token may at most."""

    user: str
    scope: TokenScope
    token: str  # the token's id


@dataclass(frozen=True, slots=True)
class Link:
    """A user of netctl is this subject of this OpenID provider, for good: names may move on, subjects do not."""

    issuer: str
    subject: str
    user: str
    at: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who an OpenID provider says signed in; `authenticated_at` is when they proved it there, "" if it is not told."""

    issuer: str
    subject: str
    name: str
    authenticated_at: str


@dataclass(frozen=True, slots=True)
class PasswordState:
    """What is known of somebody's password, which is never the password."""

    set: bool
    changed_at: str = ""
    link_until: str = ""  # a one-time link is out until then
