"""Facts of every platform, asked over real SSH of boxes that answer as its makers' do."""

from __future__ import annotations

from pathlib import Path

import pytest

from integration.devices.peers import HOST_KEY, OTHER_KEY, line, ssh_peer, tcp_peer
from integration.devices.recorded_boxes import COMPLAINT, RecordedBox
from netctl.credentials.sources import EnvironmentSource
from netctl.devices.facts import facts_of, load_sheet
from netctl.errors import (
    AuthenticationFailed,
    DeviceTimeout,
    HostKeyRefused,
    IdentityMismatch,
    ReplyMalformed,
)
from netctl.model.network import Device, DeviceSettings, Source
from netctl.settings import Settings
from recorded_facts import FACTS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ROOT = Path(__file__).parents[3]
SECRETS = EnvironmentSource({"NETCTL_SECRET_LOGIN": "right"})
LEFT_ALONE = [name for name in FACTS if load_sheet(ROOT, name).leave_terminal]


def device(platform, **changes):
    facts = dict(
        name="rx-1", role="ce", platform=platform, position=1, number=2, site="s", centre="",
        management_address="::1", host_keys=(line(HOST_KEY),), settings=DeviceSettings(),
        source=Source("inventory/x.yaml", 1),
    )  # fmt: skip
    return Device(**(facts | changes))


@pytest.fixture
def network(tmp_path):
    """A network's folder whose platforms listen on the port that is asked for."""

    def copied(platform, port):
        folder = tmp_path / "devices" / platform
        folder.mkdir(parents=True, exist_ok=True)
        for file in (ROOT / "devices" / platform).iterdir():
            if file.is_file():
                (folder / file.name).write_bytes(file.read_bytes())
        declared = (folder / "platform.yaml").read_text()
        declared = declared.replace("port: 22", f"port: {port}").replace("port: 830", f"port: 830\nshell_port: {port}")
        (folder / "platform.yaml").write_text(declared)
        return tmp_path

    return copied


def settings(home, **changes):
    facts = dict(home=home, username="netctl", password_secret="login", connect_timeout=10, command_timeout=20)
    return Settings(**(facts | changes))


@pytest.mark.parametrize("platform", FACTS)
def test_a_platform_is_asked_and_understood(platform, network, tmp_path):
    with ssh_peer(RecordedBox(platform)) as port:
        found = facts_of(device(platform), settings(tmp_path), network(platform, port), SECRETS)
    assert found == FACTS[platform]


@pytest.mark.parametrize("platform", LEFT_ALONE)
def test_where_a_terminal_is_left_alone_its_pager_is_answered_and_nothing_else_is_typed(platform, network, tmp_path):
    box = RecordedBox(platform, page=3)
    with ssh_peer(box) as port:
        found = facts_of(device(platform), settings(tmp_path), network(platform, port), SECRETS)
    assert found == FACTS[platform]
    assert {command for command in box.typed if command != "exit"} == {
        question.command for question in load_sheet(ROOT, platform).questions
    }


def test_a_router_that_writes_shift_jis_is_understood(network, tmp_path):
    with ssh_peer(RecordedBox("yamaha", page=3, encoding="cp932")) as port:
        found = facts_of(device("yamaha"), settings(tmp_path), network("yamaha", port), SECRETS)
    assert found == FACTS["yamaha"]


def test_another_box_than_the_declared_one_is_told(network, tmp_path):
    with ssh_peer(RecordedBox("cisco_ios")) as port:
        with pytest.raises(IdentityMismatch, match="'rx-1'"):
            facts_of(device("cisco_ios", name="rx-2"), settings(tmp_path), network("cisco_ios", port), SECRETS)


@pytest.mark.parametrize("platform", ["frr", "nec_ix", "juniper_junos"])
def test_nobody_logs_in_to_a_box_with_another_key(platform, network, tmp_path):
    box = RecordedBox(platform)
    with ssh_peer(box, OTHER_KEY) as port:
        with pytest.raises(HostKeyRefused):
            facts_of(device(platform), settings(tmp_path), network(platform, port), SECRETS)
    assert box.attempts == []


@pytest.mark.parametrize("platform", ["frr", "nec_ix"])
def test_without_a_known_key_nothing_is_sent(platform, network, tmp_path):
    dialled = []
    with tcp_peer(lambda connection, stop: dialled.append(connection)) as port:
        with pytest.raises(HostKeyRefused, match="no host key is known"):
            facts_of(device(platform, host_keys=()), settings(tmp_path), network(platform, port), SECRETS)
    assert dialled == []


def test_a_refused_password_is_told(network, tmp_path):
    with ssh_peer(RecordedBox("nec_ix", password="another")) as port:
        with pytest.raises(AuthenticationFailed):
            facts_of(device("nec_ix"), settings(tmp_path), network("nec_ix", port), SECRETS)


def test_a_box_that_does_not_know_the_command_is_told_with_what_it_says(network, tmp_path):
    box = RecordedBox("furukawa_fitelnet")
    box.answers = {}
    with ssh_peer(box) as port:
        with pytest.raises(ReplyMalformed, match=COMPLAINT):
            facts_of(device("furukawa_fitelnet"), settings(tmp_path), network("furukawa_fitelnet", port), SECRETS)


def test_a_box_that_stops_in_the_middle_of_an_answer_is_given_up_by_the_deadline(network, tmp_path):
    box = RecordedBox("nec_ix", page=3)
    box.pager = "and then silence"  # no pager that anybody knows
    with ssh_peer(box) as port:
        with pytest.raises(DeviceTimeout, match="run `show version`: no end within 3 s"):
            facts_of(device("nec_ix"), settings(tmp_path, command_timeout=3), network("nec_ix", port), SECRETS)
