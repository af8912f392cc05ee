"""The session that says the commands: what it depends on goes last, and is never taken away without a replacement."""

from __future__ import annotations

from collections.abc import Iterable

from netctl.config.commands import Hazard, Session
from netctl.config.patch.names import Name, named
from netctl.config.rules import Reading
from netctl.config.rules.slots import address
from netctl.errors import SessionWouldBeCut

CODES = {"account": "HAZ-SESSION-ACCOUNT", "address": "HAZ-SESSION-ADDRESS", "filter": "HAZ-SESSION-FILTER"}
WHAT = {
    "account": "the account that this session may be logged in with",
    "address": "the address that this session may run over",
    "filter": "the filter that this session comes in through",
}


class Watch:
    """Tells which statements carry the session: whatever may, where there is none or its details are not known."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._address = _host(session.address) if session is not None else ""

    def carried(self, reading: Reading, beside: Iterable[Reading] = ()) -> list[Name]:
        """What of the session the statement carries, for sure or, where the session is not known, maybe.

        `beside` are the statements of its section: a filter beside addresses carries only the session that comes in
        by one of them.
        """
        statement = reading.statement
        if statement is None or not statement.carries or reading.negated:
            return []
        return [name for name in named(statement.carries, reading) if self._is_ours(name, beside)]

    def _is_ours(self, name: Name, beside: Iterable[Reading]) -> bool:
        kind, value = name
        session = self._session
        if session is None:
            return True
        if kind == "account":
            return not session.user or value == session.user
        if kind == "address":
            return not self._address or _host(value) == self._address
        addresses = [found for reading in beside for found in carries(reading) if found[0] == "address"]
        return not self._address or not addresses or any(_host(found) == self._address for _kind, found in addresses)

    @property
    def is_known(self) -> bool:
        """False where nobody said which session it is: hazards for it are not told."""
        return self._session is not None

    def hazard(self, name: Name, path: tuple[str, ...], line: str) -> Hazard:
        """What a reviewer must know of a command that touches it."""
        kind, value = name
        why = f"{value} is {WHAT.get(kind, 'what this session may depend on')}; said last"
        return Hazard(CODES.get(kind, "HAZ-SESSION-FILTER"), path, line, why)

    def refuse(self, name: Name, reading: Reading, left: Iterable[Reading], everywhere: Iterable[Reading]) -> None:
        """Raise `SessionWouldBeCut` where the intended configuration has no replacement for what goes.

        `left` are the statements that the section is to have, `everywhere` those of all sections of its kind.
        """
        kind, value = name
        session = self._session
        if session is None or not {"account": session.user, "address": session.address}.get(kind, "known"):
            return
        if any(found == name for other in everywhere for found in carries(other)):
            return
        if kind != "account" and any(found[0] == kind for other in left for found in carries(other)):
            return
        raise SessionWouldBeCut(f"the {kind} {value} carries this session and would be taken away", where=reading.key)


def carries(reading: Reading) -> list[Name]:
    """What a statement carries for whatever session."""
    statement = reading.statement
    if statement is None or not statement.carries or reading.negated:
        return []
    return named(statement.carries, reading)


def _host(text: str) -> str:
    return address(text.partition("/")[0].partition("%")[0])
