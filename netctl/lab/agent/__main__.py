"""Follow the running datastore for ever: apply it at once, and again whenever the server says that something happened.

Notifications are waited for, running is not polled: netconfd looks at its confirmed-commit timers only while nobody
speaks to it for a second, so a poll faster than that would keep an unconfirmed commit alive.
"""

from __future__ import annotations

import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

from .apply import NotApplied, apply
from .document import read
from .session import Session, SessionLost

APPLIED = Path("/run/netctl-agent.applied")
_QUIET = 15.0  # seconds after which running is read even if nothing was said


def follow(socket: str, user: str) -> None:
    """Apply running and every change of it; returns when the session is lost."""
    news = Session(socket, user)
    try:
        questions = Session(socket, user)
        try:
            news.subscribe()
            _follow(news, questions)
        finally:
            questions.close()
    finally:
        news.close()


def _follow(news: Session, questions: Session) -> None:
    applied = ""
    while True:
        running = questions.running()
        text = ET.tostring(running, encoding="unicode")
        if text != applied:
            try:
                apply(read(running), first=not APPLIED.exists())
                applied = text
                APPLIED.touch()
            except NotApplied as error:
                _say(str(error))
        news.wait(_QUIET)


def _say(text: str) -> None:
    sys.stderr.write(f"netctl_agent: {text}\n")
    sys.stderr.flush()


def main(socket: str, user: str) -> None:
    """Never returns: a server that went away is waited for."""
    while True:
        try:
            follow(socket, user)
        except (SessionLost, TimeoutError, OSError, ET.ParseError) as error:
            _say(f"{type(error).__name__}: {error}")
        time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:3])
