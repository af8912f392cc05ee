"""Sites without IPv4, one on each platform: their hosts reach others and resolve names over IPv6 alone."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from live.small_lab import FAR_V4, FAR_V6, SITES, Lab, raised, small_network

pytestmark = pytest.mark.live

LANS = {"rivers-hq-host": "3fff:100:1::10", "rivers-east-host": "3fff:100:2::10"}


@pytest.fixture(scope="module")
def modern(lab_possible: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab of its own, whose sites say `ipv4: false`."""
    root = small_network(tmp_path_factory.mktemp("network"))
    for site in SITES:
        with (root / "inventory" / "sites" / f"{site}.yaml").open("a", encoding="utf-8") as file:
            file.write("ipv4: false\n")
    with raised(tmp_path_factory.mktemp("home"), root, f"livem{os.getpid()}") as made:
        yield made


@pytest.mark.parametrize("site", SITES)
def test_nothing_of_the_site_has_an_ipv4_address_but_what_names_its_routers(modern: Lab, site: str) -> None:
    assert modern.execute(f"{site}-host", "ip", "-4", "-br", "address").split() == ["lo", "UNKNOWN", "127.0.0.1/8"]
    for router in (f"{site}-r1", f"{site}-r2"):
        lines = modern.execute(router, "ip", "-4", "-br", "address").splitlines()
        assert [line.split()[0] for line in lines] == ["lo"]


def test_its_host_reaches_another_site_s_host_and_a_centre_s(modern: Lab) -> None:
    for host, address in (("rivers-hq-host", LANS["rivers-east-host"]), ("rivers-east-host", LANS["rivers-hq-host"])):
        assert modern.lost(host, address, 3) == 0
        assert modern.lost(host, FAR_V6, 3) == 0
    assert "unreachable" in modern.execute("rivers-hq-host", "ping", "-c", "1", "-W", "1", FAR_V4).lower()


@pytest.mark.parametrize("host", sorted(LANS))
def test_its_host_resolves_names_and_addresses(modern: Lab, host: str) -> None:
    assert "3fff:300::12" in modern.execute(host, "getent", "ahosts", "r1.rivers-hq")
    assert modern.execute(host, "getent", "hosts", "3fff:200:1::53").split()[-1] == "ns1.gov-wan.example"


def test_it_outlives_the_power_of_its_first_router(modern: Lab) -> None:
    modern.fail("rivers-hq-r1")
    modern.until(lambda: modern.lost("rivers-hq-host", FAR_V6) == 0, "the mate carries the site's traffic")
    assert "3fff:300::12" in modern.execute("rivers-hq-host", "getent", "ahosts", "r1.rivers-hq")
