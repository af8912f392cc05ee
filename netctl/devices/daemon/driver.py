"""Drivers of the four name servers: whole files, checked by the server's own program before they become a candidate.

A commit replaces the files and lets the daemon read them, or starts it anew where it reads them at its start only.
"""

from __future__ import annotations

from typing import ClassVar

from napalm.base import models

from netctl.devices import vtysh
from netctl.devices.onbox import OnBoxDriver
from netctl.devices.onbox.box import script

_DAEMON = "netctl.devices.daemon/parts.sh"


class _DaemonDriver(OnBoxDriver):
    """A daemon is told about by its vendor's name and the command that says its version."""

    vendor: ClassVar[str]
    version_command: ClassVar[str]

    def get_facts(self) -> models.FactsDict:
        # Some say it on standard error, NSD with a status of its own.
        said = self._shell.run(f"{self.version_command} 2>&1", self.timeout).output
        name = self.identity()
        return {
            "hostname": name,
            "fqdn": name,
            "vendor": self.vendor,
            "model": "Linux",
            "serial_number": "",
            "os_version": _version(said),
            "uptime": vtysh.uptime(self._shell, self.timeout),
            "interface_list": [],
        }

    def get_bgp_neighbors(self) -> dict[str, models.BGPStateNeighborsPerVRFDict]:
        """A name server has none."""
        return {}


class BindDriver(_DaemonDriver):
    """ISC BIND."""

    script = script(_DAEMON, "netctl.devices.daemon/bind.sh")
    main_part = "named.conf"
    startup_file = "/etc/bind/named.conf"
    vendor = "ISC"
    version_command = "/usr/sbin/named -v"


class KnotDriver(_DaemonDriver):
    """Knot DNS."""

    script = script(_DAEMON, "netctl.devices.daemon/knot.sh")
    main_part = "knot.conf"
    startup_file = "/etc/knot/knot.conf"
    vendor = "CZ.NIC"
    version_command = "/usr/sbin/knotd -V"


class NsdDriver(_DaemonDriver):
    """NLnet Labs NSD."""

    script = script(_DAEMON, "netctl.devices.daemon/nsd.sh")
    main_part = "nsd.conf"
    startup_file = "/etc/nsd/nsd.conf"
    vendor = "NLnet Labs"
    version_command = "/usr/sbin/nsd -v"


class UnboundDriver(_DaemonDriver):
    """NLnet Labs Unbound."""

    script = script(_DAEMON, "netctl.devices.daemon/unbound.sh")
    main_part = "unbound.conf"
    startup_file = "/etc/unbound/unbound.conf"
    vendor = "NLnet Labs"
    version_command = "/usr/sbin/unbound -V"


def _version(text: str) -> str:
    """The first word of an answer that begins with a digit; "" where there is none."""
    return next((word for word in text.split() if word[0].isdigit()), "")
