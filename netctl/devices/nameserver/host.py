"""The host of a name server: a shell there for what DNS itself has no way for."""

from __future__ import annotations

import shlex

from netctl.credentials import SecretSource
from netctl.devices.nameserver.swapping import ZoneFile
from netctl.devices.platform import Platform
from netctl.devices.register import Reachable, login_of
from netctl.devices.shell import Finished, Shell
from netctl.devices.vtysh import AS_ROOT, hostname
from netctl.errors import IdentityMismatch
from netctl.settings import Settings

_BY_FILE = "bind"  # the one whose zones have files that people may replace


class HostShell:
    """Root's shell on one host, dialled anew for each command: there are few, and each is long."""

    def __init__(self, box: Reachable, settings: Settings, platform: Platform, secrets: SecretSource) -> None:
        self._box = box
        self._settings = settings
        self._platform = platform
        self._secrets = secrets

    def run(self, command: str, seconds: float, *, stdin: str = "") -> Finished:
        """A command of `sh` that has ended, whatever its status.

        Raises `CapabilityMissing`, `SecretMissing`, what `netctl.devices.transport.connect` and `Shell.run` raise, and
        `IdentityMismatch` where another host answers: nothing was run there.
        """
        self._platform.require("push", self._box.name)
        shell = Shell(login_of(self._box, self._settings, self._platform, self._secrets))
        try:
            shell.open(min(seconds, self._settings.connect_timeout))
            said = hostname(shell, seconds)
            if said.split(".", 1)[0] != self._box.name:
                hint = "is the management address right? nothing was written"
                raise IdentityMismatch(f"the box calls itself {said!r}", where=self._box.name, hint=hint)
            return shell.run(f"{AS_ROOT} sh -c {shlex.quote(command)}", seconds, stdin=stdin)
        finally:
            shell.close()


def zone_file_for(box: Reachable, settings: Settings, platform: Platform, secrets: SecretSource) -> ZoneFile | None:
    """How changes of many messages are made on this primary as a file; None where netctl does not reach its host.

    Nothing is dialled before the first such change.
    """
    if platform.name != _BY_FILE or not box.management_address:
        return None
    return ZoneFile(HostShell(box, settings, platform, secrets))
