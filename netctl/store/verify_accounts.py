"""Every way into the dashboard that the tables hold is one the audit log tells of: nobody wrote one in by hand.

Passwords, one-time links, sessions, tokens, and who somebody is in a directory. A row more than the log tells of is a
back door. A row less is none: sessions and links end by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from netctl.model.audit import AuditEntry
from netctl.store.accounts import print_of
from netctl.store.books import Books

Way = tuple[str, str]  # what it is, and which one
Fact = tuple[str, ...]  # whose it is, and what must not be altered


@dataclass(slots=True)
class AccountStory:
    """The ways in as the log tells of them; `told_at` is the last entry about a user."""

    told_at: dict[str, int] = field(default_factory=dict)
    ways: dict[Way, Fact] = field(default_factory=dict)

    def tell(self, entry: AuditEntry) -> None:
        """One entry of the room ``account``."""
        self.told_at[entry.subject] = entry.number
        for way in _closed(entry.action, entry.subject, entry.detail):
            self.ways.pop(way, None)
        self.ways.update(_opened(entry.action, entry.subject, entry.detail))

    def contradictions(self, books: Books) -> Iterator[tuple[int, str]]:
        """(entry, what is wrong) for every way in that is not as the log tells."""
        for (kind, which), fact in _held(books):
            if self.ways.get((kind, which)) != fact:
                user = fact[0]
                yield self.told_at.get(user, 0), f"{user} has a {kind} that the log does not tell of"


def _opened(action: str, user: str, detail: Mapping[str, str]) -> Iterator[tuple[Way, Fact]]:
    match action:
        case "account.set_password" | "account.rehash":
            yield ("password", user), (user, detail["print"])
        case "account.make_link":
            yield ("one-time link", user), (user, detail["print"])
        case "account.sign_in" | "account.sign_in_again":
            yield ("session", detail["session"]), (user,)
        case "account.make_token":
            yield ("token", detail["token"]), (user, detail["scope"], detail["until"])
        case "account.link":
            yield ("name in a directory", f"{detail['issuer']} {detail['subject']}"), (user,)


def _closed(action: str, user: str, detail: Mapping[str, str]) -> Iterable[Way]:
    match action:
        case "account.set_password":
            return [("one-time link", user)]
        case "account.sign_out" | "account.end_session" | "account.end_sessions":
            return [("session", each) for each in detail["sessions"].split()]
        case "account.revoke_token":
            return [("token", each) for each in detail["tokens"].split()]
        case "account.unlink":
            return [("name in a directory", f"{detail['issuer']} {detail['subject']}")]
    return ()


def _held(books: Books) -> Iterator[tuple[Way, Fact]]:
    for user, hashed in books.accounts.passwords().items():
        yield ("password", user), (user, print_of(hashed))
    for user, digest in books.accounts.link_prints().items():
        yield ("one-time link", user), (user, digest)
    for session, user in books.sessions.owners().items():
        yield ("session", session), (user,)
    for token in books.tokens.of():
        yield ("token", token.id), (token.user, token.scope, token.expires_at)
    for link in books.accounts.identities():
        yield ("name in a directory", f"{link.issuer} {link.subject}"), (link.user,)
