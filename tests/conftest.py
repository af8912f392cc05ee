"""Fixtures that any test may ask for, and the figures that tests report, at the end of a run."""

import os
import signal

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# A run of the tests is the same every time, on a busy machine too; NETCTL_EXPLORE=1 looks where nobody has looked.
settings.register_profile("netctl", deadline=None, derandomize="NETCTL_EXPLORE" not in os.environ)
settings.load_profile("netctl")

# Started in the background, a run inherits that Ctrl-C is ignored, and so would the programs whose answer to it is tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ("postgresql",)

# What these tests share takes longer to make than most of them take: one worker makes it, once.
TOGETHER = (
    "tests/integration/daemons/test_promotion.py",
    "tests/integration/daemons/test_pushes_of_servers.py",
    "tests/integration/daemons/test_plans_of_servers.py",
    "tests/integration/daemons/test_reference_servers_serve.py",
    "tests/integration/daemons/test_signed_reference_servers.py",
    "tests/integration/daemons/test_zone_files_over_ssh.py",
    "tests/integration/documents/test_papers.py",
    "tests/integration/test_wheel.py",
    "tests/live/lab/test_ipv6_only.py",
    "tests/live/web/",
    "tests/property/control/test_reach_laws.py",
    "tests/web/api/test_any_request.py",
    "tests/web/openid/test_a_real_provider.py",
    "tests/web/test_in_a_browser.py",
    "tests/web/test_noc_in_a_browser.py",
    "tests/web/test_papers_in_a_browser.py",
)


class Together(LoadScopeScheduling):
    """Every test goes to the worker that is free first; those that belong together go there together, and early."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests recorded with `record_property` is for people: print it, whatever else is quiet."""
    told = [report for report in terminalreporter.stats.get("passed", []) if report.user_properties]
    if told:
        terminalreporter.section("figures")
    for report in told:
        terminalreporter.write_line(report.nodeid)
        for name, value in report.user_properties:
            terminalreporter.write_line(f"  {name}: {value}")
