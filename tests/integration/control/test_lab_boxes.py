"""What boxes of a lab are delivered with follows the declarations, and who writes zones by what this home remembers."""

import pytest
from networks import ROOT, reference

from netctl.control.lab_boxes import routers_as_built, servers_as_built
from netctl.errors import SecretMissing
from netctl.model.people import Grant
from netctl.services.dns.load import load
from netctl.services.routing import derive
from netctl.settings import Settings
from netctl.store import Store

SECRETS = ("transfer", "update", "notify", "view-lgwan")


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text("".join(f'"dns/{name}" = "c2VjcmV0LW9mLXRoZS13YWxydXM="\n' for name in SECRETS))
    file.chmod(0o600)
    return Settings(home=tmp_path, secret_sources=("file:secrets.toml",))


def takes_updates(settings):
    """Who may be updated, of both primaries, by the configuration they are delivered with."""
    parts = servers_as_built(load(reference()), ["ns1", "ns2"], ROOT, settings)
    return [name for name, (conf, _) in parts.items() if "update-policy" in conf.text]


def test_the_declared_main_primary_writes_where_nothing_is_remembered(settings):
    assert takes_updates(settings) == ["ns1"]


def test_a_promoted_primary_writes_in_a_lab_that_is_raised_later(settings):
    with Store.open(settings.database_url, create=True) as store, store.writing() as books:
        books.users.add("ai", [Grant("operator", "")], "root")
        books.writers.begin(
            "ns2", "ns1", as_declared=False, losing=(), user="ai", reason="the main centre is dark", digest="5" * 64,
            worker="here:1",
        )  # fmt: skip
    assert takes_updates(settings) == ["ns2"]


def test_secrets_are_filled_in_and_a_missing_one_is_named(settings, tmp_path):
    declared = load(reference())
    for parts in servers_as_built(declared, declared.servers, ROOT, settings).values():
        assert not any("<secret:" in part.text for part in parts)
    with pytest.raises(SecretMissing, match="dns/"):
        servers_as_built(declared, ["ns1"], ROOT, Settings(home=tmp_path, secret_sources=("file:none.toml",)))


def test_routers_are_delivered_as_rendered(settings):
    found = routers_as_built(derive(reference()), ["rivers-hq-r1"], ROOT, settings)
    assert {part.name for part in found["rivers-hq-r1"]} >= {"frr.conf", "management.nft"}
    assert servers_as_built(None, ["ns1"], ROOT, settings) == {}
