"""Routing sessions: which are down, and which came up before and do not any more."""

from __future__ import annotations

from collections.abc import Collection

from netctl.model.health import Health, Session


def session_key(session: Session) -> str:
    """One session's name over time, such as ``bgp 3fff:400::6 v6``."""
    family = f" v{session.family}" if session.family else ""
    return f"{session.protocol} {session.peer}{family}"


def sessions_up(health: Health) -> tuple[str, ...]:
    """The names of all sessions that are up, sorted."""
    return tuple(sorted({session_key(session) for session in health.sessions if session.up}))


def sessions_down(health: Health, *, excused: Collection[str] = (), optional: Collection[str] = ()) -> list[str]:
    """A problem for every configured session that is not up, but those `excused` by name or `optional` by peer."""
    return [
        f"{health.target}: {session_key(session)} is {session.state}"
        for session in health.sessions
        if not session.up and session_key(session) not in excused and session.peer not in optional
    ]


def sessions_lost(before: Collection[str], health: Health) -> list[str]:
    """A problem for every session of `before` that the router still has configured and that is not up now."""
    return [
        f"{health.target}: {session_key(session)} was up before and is {session.state}"
        for session in health.sessions
        if not session.up and session_key(session) in before
    ]


def sessions_awaited(before: Collection[str], health: Health) -> tuple[str, ...]:
    """Sessions that are configured, not up, and were not up before: their far end may come later in the rollout."""
    down = {session_key(session) for session in health.sessions if not session.up}
    return tuple(sorted(down - set(before)))
