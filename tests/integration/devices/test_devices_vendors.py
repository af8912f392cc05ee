"""A NAPALM driver named in platform.yaml is reached, read, and refused what its platform cannot do safely."""

from __future__ import annotations

from pathlib import Path

import pytest

from integration.devices.peers import HOST_KEY, SshServer, line, ssh_peer
from netctl.credentials.sources import EnvironmentSource
from netctl.devices.platform import load_platform
from netctl.devices.register import connect
from netctl.errors import CapabilityMissing, IdentityMismatch, SecretMissing
from netctl.model.artefact import Part
from netctl.model.network import Device, DeviceSettings, Source
from netctl.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ROOT = Path(__file__).parents[3]
RUNNING = """\
Building configuration...

Current configuration : 120 bytes
!
version 15.7
hostname rx-1
!
username noc privilege 15 secret 9 $9$by-hand
!
end
"""
VERSION = """\
Cisco IOS Software, IOSv Software (VIOS-ADVENTERPRISEK9-M), Version 15.7(3)M3, RELEASE SOFTWARE (fc2)
rx-1 uptime is 2 hours, 1 minute
Processor board ID 9EXAMPLE01
"""
ANSWERS = {
    "show running-config": RUNNING,
    "show version": VERSION,
    "show hosts": "Default domain is gov-wan.example\n",
    "show bgp all summary": "% BGP not active\n",
}


class Ios(SshServer):
    """A command line that knows a few commands and is silent on the rest."""

    def check_channel_shell_request(self, channel):
        return self._start(self._talk, channel)

    def _talk(self, channel, stop):
        channel.sendall(b"\r\nrx-1#")
        typed = b""
        while data := channel.recv(1024):
            typed += data
            while b"\n" in typed:
                command, typed = typed.split(b"\n", 1)
                said = ANSWERS.get(command.decode().strip(), "").replace("\n", "\r\n")
                channel.sendall(command.strip() + b"\r\n" + said.encode() + b"rx-1#")


def device(**changes):
    facts = dict(
        name="rx-1", role="ce", platform="box", position=1, number=2, site="s", centre="", management_address="::1",
        host_keys=(line(HOST_KEY),), settings=DeviceSettings(), source=Source("inventory/x.yaml", 1),
    )  # fmt: skip
    return Device(**(facts | changes))


def network(folder, port):
    path = folder / "devices/box/platform.yaml"
    path.parent.mkdir(parents=True)
    path.write_text((ROOT / "devices/cisco_ios/platform.yaml").read_text().replace("port: 22", f"port: {port}"))
    return load_platform(folder, "box")


SECRETS = EnvironmentSource({"NETCTL_SECRET_LOGIN": "right"})


def settings(home, **changes):
    facts = dict(home=home, username="netctl", password_secret="login", connect_timeout=10, command_timeout=10)
    return Settings(**(facts | changes))


def test_its_running_configuration_is_read_and_its_secrets_masked(tmp_path):
    with ssh_peer(Ios()) as port:
        with connect(device(), settings(tmp_path), network(tmp_path, port), SECRETS) as target:
            (part,) = target.fetch().parts
    assert part.name == "running.cfg"
    assert part.text.startswith("!\nversion 15.7\nhostname rx-1\n")  # no line that changes by itself
    assert "by-hand" not in part.text
    assert "secret 9 <secret-fingerprint:" in part.text


def test_what_it_cannot_do_safely_is_refused_even_when_it_is_connected(tmp_path):
    with ssh_peer(Ios()) as port:
        with connect(device(), settings(tmp_path), network(tmp_path, port), SECRETS) as target:
            with pytest.raises(CapabilityMissing, match="whole minutes"):
                target.stage((Part("running.cfg", "hostname rx-2\n"),))
            with pytest.raises(CapabilityMissing):
                target.commit("netctl-C-1-rx-1-1", 60)


def test_for_a_push_it_is_refused_before_anything_is_sent(tmp_path):
    server = Ios()
    with ssh_peer(server) as port:
        with pytest.raises(CapabilityMissing, match="cannot be pushed to safely"):
            connect(device(), settings(tmp_path), network(tmp_path, port), SECRETS, purpose="push")
    assert server.attempts == []


def test_another_box_than_the_declared_one_is_refused(tmp_path):
    with ssh_peer(Ios()) as port:
        with pytest.raises(IdentityMismatch, match="'rx-1'"):
            connect(device(name="rx-2"), settings(tmp_path), network(tmp_path, port), SECRETS)


def test_a_password_nobody_provides_is_told(tmp_path):
    with pytest.raises(SecretMissing, match="login"):
        connect(device(), settings(tmp_path), network(tmp_path, 9), EnvironmentSource({}))


def test_a_look_holds_what_the_driver_tells_and_leaves_out_the_rest(tmp_path):
    with ssh_peer(Ios()) as port:
        with connect(device(), settings(tmp_path), network(tmp_path, port), SECRETS) as target:
            found = target.observe()
    assert found.version.startswith("IOSv Software")
    assert found.uptime == 2 * 3600 + 60
    assert found.clock is None or not found.clock.synchronised
