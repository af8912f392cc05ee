"""Accounts, signing in and tokens: E090, E091."""

from __future__ import annotations

from netctl.errors.tree import Refused, StoreError


class SignInRefused(Refused):
    """Name and password do not fit each other, or there is no such account; which of the two is not told."""

    code = "NETCTL-E0901"
    default_hint = "check both; an admin can send a one-time link for a new password"


class SignInThrottled(Refused):
    """Too many attempts to sign in failed, for this name or from this address."""

    code = "NETCTL-E0902"
    default_hint = "wait as long as it says; every further failure doubles the time"

    def __init__(self, message: str, *, seconds: int = 0, where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.seconds = seconds


class PasswordRefused(Refused):
    """A password is too short, too long, or one that is guessed at once; `reason` is one word for which of them."""

    code = "NETCTL-E0903"

    def __init__(self, message: str, *, reason: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.reason = reason


class PasswordLinkGone(Refused):
    """A one-time link for a password was used, replaced, or is too old."""

    code = "NETCTL-E0904"
    default_hint = "ask an admin for a new one"


class SignInAgain(Refused):
    """The step needs somebody who has proven who they are a short while ago."""

    code = "NETCTL-E0905"
    default_hint = "sign in again, then repeat the step"


class UnknownSession(Refused):
    """The session does not exist, has ended, or is somebody else's."""

    code = "NETCTL-E0906"


class TokenRefused(Refused):
    """A token is unknown, expired or revoked."""

    code = "NETCTL-E0907"
    default_hint = "make a new one on the account page of the dashboard"


class TokenReadsOnly(Refused):
    """A token that may only read was used for a step that changes something."""

    code = "NETCTL-E0908"
    default_hint = "make a token with scope `work` on the account page of the dashboard"


class TokenWanted(Refused):
    """What was asked of a new token cannot be: its name, its scope, or how long it lives."""

    code = "NETCTL-E0909"


class DirectoryRefused(Refused):
    """What the OpenID provider says of somebody is not believed, or names nobody netctl knows."""

    code = "NETCTL-E0910"
    default_hint = "begin again at the sign-in page; docs/identity.md tells what is checked"


class DirectoryUnavailable(StoreError):
    """The OpenID provider cannot be reached, or the settings do not name a usable one."""

    code = "NETCTL-E0911"
    default_hint = "sign in with a password, or check `oidc_issuer` in settings.toml"


class IdentityTaken(Refused):
    """A user is known to the OpenID provider as another subject already, or this subject is another user."""

    code = "NETCTL-E0912"
    default_hint = "an admin can say `netctl users unlink NAME` once it is clear who is who"


class UnknownToken(Refused):
    """The token does not exist, was revoked, or is somebody else's."""

    code = "NETCTL-E0913"


class DecisionTakesAPerson(Refused):
    """A token was used for a decision; a vote is a person's word, and no program has one."""

    code = "NETCTL-E0914"
    default_hint = "sign in to the dashboard and decide there"


class TokenPushesNot(Refused):
    """A token whose scope leaves pushing out was used to push, to resume or to take back."""

    code = "NETCTL-E0915"
    default_hint = "make a token with scope `push` on the account page of the dashboard"
