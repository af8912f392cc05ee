"""Name servers are connected as declared, with the secrets their configuration holds, or refused before anything is sent."""

from dataclasses import replace

import pytest

from netctl.control.dns.boxes import own_secrets, server_connector
from netctl.errors import HostKeyRefused, ServerNotManaged
from netctl.inventory import reference_root
from netctl.services.dns.load import load
from netctl.settings import Settings
from networks import reference


@pytest.fixture(scope="module")
def declared():
    return load(reference())


def test_a_server_that_others_configure_is_not_connected(declared, tmp_path):
    connect = server_connector(reference_root(), Settings(home=tmp_path), declared)
    with pytest.raises(ServerNotManaged, match="ns1 has no management address") as told:
        connect(replace(declared.servers["ns1"], management_address=""))
    assert told.value.where == f"dns/servers.yaml:{declared.servers['ns1'].source.line}"


def test_a_server_whose_key_nobody_knows_is_not_connected(declared, tmp_path):
    connect = server_connector(reference_root(), Settings(home=tmp_path, key_file="key"), declared)
    with pytest.raises(HostKeyRefused):
        connect(replace(declared.servers["ns1"], host_keys=()))


def test_a_server_holds_the_secrets_of_what_it_does(declared):
    assert set(own_secrets(declared, "ns1")) == {"dns/transfer", "dns/update", "dns/notify", "dns/view-lgwan"}
    assert "dns/update" not in own_secrets(declared, "ns2")
    assert "dns/update" in own_secrets(declared, "ns2", writer="ns2")
    assert own_secrets(declared, "resolve1") == ()
