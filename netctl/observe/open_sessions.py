"""Sessions into routers that stay open between looks: a login costs more than all that is asked in it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from netctl.devices.target import Target
from netctl.errors import DeviceUnreachable, NetctlError
from netctl.model.health import Observation

Connect = Callable[[str], Target]


class OpenSessions:
    """At most `most` idle sessions, of those used last. A session is lent to one look at a time."""

    def __init__(self, connect: Connect, most: int) -> None:
        self._connect = connect
        self._most = most
        self._lock = threading.Lock()
        self._idle: OrderedDict[str, Target] = OrderedDict()

    def observe(self, name: str) -> tuple[Target, Observation]:
        """One look, and the session it was made in: give it back, or `end` it. Raises as reaching a router does.

        A session that the router ended while it was idle is no failure of the router: there is a second try, in a new
        one.
        """
        target = self._taken(name)
        if target is not None:
            try:
                return target, target.observe()
            except DeviceUnreachable:
                end(target)
            except BaseException:
                end(target)
                raise
        target = self._connect(name)
        try:
            target.__enter__()
            return target, target.observe()
        except BaseException:
            end(target)
            raise

    def give_back(self, name: str, target: Target) -> None:
        """Keep a session for the next look; the one that was idle longest makes room."""
        with self._lock:
            self._idle[name] = target
            surplus = [self._idle.popitem(last=False)[1] for _ in range(len(self._idle) - self._most)]
        for each in surplus:
            end(each)

    def end(self, name: str) -> None:
        """Close one router's session, if one is idle."""
        target = self._taken(name)
        if target is not None:
            end(target)

    def end_all(self) -> None:
        """Close them all."""
        for name in list(self._idle):
            self.end(name)

    def _taken(self, name: str) -> Target | None:
        with self._lock:
            return self._idle.pop(name, None)


def end(target: Target) -> None:
    """Close a session; one that cannot be closed in order is gone all the same."""
    try:
        target.__exit__(None, None, None)
    except NetctlError:
        return
