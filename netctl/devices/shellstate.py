"""What NAPALM's interface asks of a router's state, answered over SSH by FRR's vtysh and the box's own ping.

Both drivers of ours read state the same way, whatever carries their configuration (ADR 0005).
"""

from __future__ import annotations

from typing import Any

from napalm.base import NetworkDriver, models

from netctl.devices import operational, vtysh
from netctl.devices.look import Look, look
from netctl.devices.shell import Shell


class ShellState(NetworkDriver):  # type: ignore[misc]  # napalm has no types
    """State over a shell. A driver gives `_opened_shell` and `timeout` in seconds."""

    timeout: int

    def _opened_shell(self) -> Shell:
        """The shell, open."""
        raise NotImplementedError

    def look(self) -> Look:
        """Everything the router tells of itself, in one exchange."""
        seen = look(self._opened_shell(), self.timeout)
        return seen._replace(version=self._software(seen))

    def _software(self, seen: Look) -> str:
        """The version of the router's software, as `get_facts` names it."""
        raise NotImplementedError

    def cli(self, commands: list[str], encoding: str = "text") -> dict[str, str | dict[str, Any]]:  # noqa: ARG002
        return dict(vtysh.ask(self._opened_shell(), commands, self.timeout))

    def get_bgp_neighbors(self) -> dict[str, models.BGPStateNeighborsPerVRFDict]:
        return operational.bgp_neighbours(vtysh.ask(self._opened_shell(), [operational.BGP], self.timeout))

    def ping(  # noqa: PLR0917  NAPALM's signature
        self,
        destination: str,
        source: str = "",
        ttl: int = 255,  # noqa: ARG002
        timeout: int = 2,
        size: int = 100,  # noqa: ARG002
        count: int = 5,
        vrf: str = "",  # noqa: ARG002
        source_interface: str = "",
    ) -> models.PingResultDict:
        shell, source = self._opened_shell(), source or source_interface
        probe = vtysh.ping(shell, destination, source, count=count, wait=timeout, seconds=self.timeout)
        return vtysh.napalm_ping(probe)
