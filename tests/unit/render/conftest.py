import pytest

from netctl.services.routing import derive_devices
from networks import reference


@pytest.fixture(scope="session")
def intent():
    """One CE router of the reference network."""
    return derive_devices(reference(), ["rivers-hq-r1"])["rivers-hq-r1"]


@pytest.fixture
def root(tmp_path):
    """A network's folder that holds only templates a test writes: ``frr.conf.j2`` and empty other parts."""
    folder = tmp_path / "templates" / "frr"
    folder.mkdir(parents=True)
    for part in ("frr.conf", "management.nft", "chrony.sources", "rsyslog.conf", "banner", "drain.conf"):
        (folder / f"{part}.j2").write_text("")
    return tmp_path
