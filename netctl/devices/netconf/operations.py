"""The NETCONF operations netctl uses (RFC 6241), and what a server's refusals mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree
from ncclient.operations import RPCError

from netctl.devices.netconf.session import BASE, NetconfSession, element, parsed
from netctl.errors import CandidateRejected, CommitGone, LockHeld, NetctlError

MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
NOTIFICATIONS = "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications"
SUBSCRIPTION = "urn:ietf:params:xml:ns:netconf:notification:1.0"


class Container(NamedTuple):
    """A top-level container netctl owns in a router's configuration."""

    namespace: str
    name: str

    @property
    def tag(self) -> str:
        """The name as lxml writes it."""
        return f"{{{self.namespace}}}{self.name}"


def get_config(session: NetconfSession, source: str, owned: Sequence[Container]) -> etree._Element:
    """The `data` element of a datastore, with the owned containers only (all, where none are named)."""
    request = element("get-config", element("source", element(source)))
    if owned:
        request.append(_filter([element(one.name, namespace=one.namespace) for one in owned]))
    data = session.rpc(request).find(f"{{{BASE}}}data")
    return element("data") if data is None else data


def get(session: NetconfSession, wanted: Sequence[etree._Element]) -> etree._Element:
    """The `data` element of what is wanted of state and configuration; raises ncclient's `RPCError`."""
    data = session.rpc(element("get", _filter(wanted))).find(f"{{{BASE}}}data")
    return element("data") if data is None else data


def edit_candidate(session: NetconfSession, config: etree._Element) -> None:
    """Edit the candidate; all of it or nothing."""
    session.rpc(
        element(
            "edit-config",
            element("target", element("candidate")),
            element("default-operation", "merge"),
            element("error-option", "rollback-on-error"),
            config,
        )
    )


def replacing(document: etree._Element, owned: Sequence[Container]) -> etree._Element:
    """A `config` element that makes the owned containers what the document says: replaced, or removed."""
    config = element("config")
    operation = f"{{{BASE}}}operation"
    for child in document:
        if isinstance(child.tag, str):
            config.append(child)
            child.set(operation, "replace")
    present = {child.tag for child in config}
    for one in owned:
        if one.tag not in present:
            gone = element(one.name, namespace=one.namespace)
            gone.set(operation, "remove")
            config.append(gone)
    return config


def merging(document: etree._Element) -> etree._Element:
    """A `config` element that merges the document into what is there."""
    return element("config", *[child for child in document if isinstance(child.tag, str)])


def lock_candidate(session: NetconfSession) -> None:
    """Lock the candidate; raises `LockHeld` naming the holder where the server tells it."""
    try:
        session.rpc(element("lock", element("target", element("candidate"))))
    except RPCError as error:
        if error.tag == "resource-denied":
            raise LockHeld(
                "the candidate holds someone's uncommitted changes",
                where=session.name,
                hint="ask whose they are; `discard-changes` on the router drops them",
            ) from error
        raise lock_held(session, error) from error


def lock_held(session: NetconfSession, error: RPCError) -> LockHeld:
    """The error that names who holds a lock, as far as the server tells."""
    holder = _holder(session, error)
    return LockHeld(f"the configuration is locked by {holder}", where=session.name, hint="netctl never breaks a lock")


def rejected(session: NetconfSession, error: RPCError) -> NetctlError:
    """The error for a candidate the server refuses: what, and where in the document."""
    if error.tag in {"in-use", "lock-denied"}:
        return lock_held(session, error)
    place = f" at {error.path.strip()}" if error.path else ""
    bad = ""
    if error.info:
        found = parsed(error.info, session.name).find(f"{{{BASE}}}bad-element")
        bad = f" {found.text}" if found is not None and found.text else ""
    return CandidateRejected(f"{error.message}{bad}{place} ({error.tag})", where=session.name)


def gone(session: NetconfSession) -> CommitGone:
    """The error for a token nothing waits for."""
    return CommitGone("no such commit is pending", where=session.name)


def commit_owner(session: NetconfSession) -> str:
    """``user@host`` of the pending commit, from the server's event log (RFC 6470); "" where it keeps none.

    Asked on a session of its own: once subscribed, a session gets notifications until it ends.
    """
    other = NetconfSession(session.access, session.seconds)
    other.open(session.seconds)
    try:
        return _owner_in_log(other)
    finally:
        other.close()


def _owner_in_log(session: NetconfSession) -> str:
    request = element("create-subscription", namespace=SUBSCRIPTION)
    request.append(element("startTime", "1970-01-02T00:00:00Z", namespace=SUBSCRIPTION))
    try:
        session.rpc(request)
    except RPCError:
        return ""
    owner = ""
    for text in session.notifications(quiet=0.3):
        event = parsed(text, session.name).find(f"{{{NOTIFICATIONS}}}netconf-confirmed-commit")
        if event is not None and event.findtext(f"{{{NOTIFICATIONS}}}confirm-event") in {"start", "extend"}:
            user = event.findtext(f"{{{NOTIFICATIONS}}}username", "")
            owner = f"{user}@{event.findtext(f'{{{NOTIFICATIONS}}}source-host', 'unknown')}"
    return owner


def _holder(session: NetconfSession, error: RPCError) -> str:
    number = ""
    if error.info:
        number = parsed(error.info, session.name).findtext(f"{{{BASE}}}session-id", "")
    wanted = element("netconf-state", namespace=MONITORING)
    try:
        reply = session.rpc(element("get", _filter([wanted])))
    except RPCError:
        return f"session {number}" if number else "another session"
    sessions = {one.findtext(f"{{{MONITORING}}}session-id"): one for one in reply.iter(f"{{{MONITORING}}}session")}
    if not number:  # of those that hold a lock: one that still lives, and is not this session
        holders = [found.text or "" for found in reply.iter(f"{{{MONITORING}}}locked-by-session")]
        number = next((found for found in holders if found in sessions and found != session.session_id), "")
    if number not in sessions:
        return f"session {number}" if number else "another session"
    user, host, since = (
        sessions[number].findtext(f"{{{MONITORING}}}{leaf}", "unknown")
        for leaf in ("username", "source-host", "login-time")
    )
    return f"{user}@{host} (session {number}, since {since})"


def _filter(children: Sequence[etree._Element]) -> etree._Element:
    made = element("filter", *children)
    made.set("type", "subtree")
    return made
