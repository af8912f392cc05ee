"""Confirmed commits that outlive their session (RFC 6241 section 8.4), named by a token as their `persist`."""

from __future__ import annotations

import secrets

from ncclient.operations import RPCError

from netctl.devices.netconf import operations
from netctl.devices.netconf.session import NetconfSession, element
from netctl.errors import ForeignPendingCommit


def is_pending(session: NetconfSession) -> bool:
    """Does a confirmed commit wait, anybody's?

    Asked by cancelling under a name nobody can have chosen: a server that has one pending answers ``invalid-value``,
    one that has none ``operation-failed``. Neither changes anything.
    """
    try:
        session.rpc(element("cancel-commit", element("persist-id", f"netctl-asks-{secrets.token_hex(16)}")))
    except RPCError as error:
        return error.tag not in {"operation-failed", "operation-not-supported", "data-missing", "unknown-element"}
    return False


def commit(session: NetconfSession, token: str, deadline: int, *, pending: bool) -> None:
    """Commit the candidate for `deadline` seconds; `pending` says that a commit waits, which must be this token's.

    Raises `ForeignPendingCommit`, `LockHeld` or `CandidateRejected`.
    """
    request = element("commit", element("confirmed"), element("confirm-timeout", str(deadline)))
    request.append(element("persist", token))
    if pending:
        request.append(element("persist-id", token))
    try:
        session.rpc(request)
    except RPCError as error:
        if error.tag == "invalid-value" and "persist-id" in (error.path or ""):
            raise foreign(session) from error
        raise operations.rejected(session, error) from error


def confirm(session: NetconfSession, token: str) -> None:
    """Make the pending commit permanent; raises `ForeignPendingCommit` or `CommitGone`."""
    try:
        session.rpc(element("commit", element("persist-id", token)))
    except RPCError as error:
        raise _unknown_token(session, error) from error
    if session.supports(":startup"):
        running, startup = element("source", element("running")), element("target", element("startup"))
        session.rpc(element("copy-config", startup, running))


def cancel(session: NetconfSession, token: str) -> None:
    """Take the pending commit back at once; raises `ForeignPendingCommit` or `CommitGone`."""
    try:
        session.rpc(element("cancel-commit", element("persist-id", token)))
    except RPCError as error:
        raise _unknown_token(session, error) from error


def foreign(session: NetconfSession) -> ForeignPendingCommit:
    """The error that names whose commit waits, as far as the server tells."""
    owner = operations.commit_owner(session) or "an unknown owner"
    return ForeignPendingCommit(
        f"a commit of {owner} waits for confirmation, and not under this token",
        where=session.name,
        hint="wait until it is confirmed or reverts; netctl never breaks it",
    )


def _unknown_token(session: NetconfSession, error: RPCError) -> Exception:
    if error.tag == "invalid-value":
        return foreign(session)
    if error.tag == "operation-failed" and not is_pending(session):
        return operations.gone(session)
    return operations.rejected(session, error)
