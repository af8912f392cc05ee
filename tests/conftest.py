"""Fixtures that any test may ask for, and the figures that tests report, at the end of a run."""

import os
import signal

import pytest
from hypothesis import settings

# A run of the tests is the same every time, on a busy machine too; NETCTL_EXPLORE=1 looks where nobody has looked.
settings.register_profile("netctl", deadline=None, derandomize="NETCTL_EXPLORE" not in os.environ)
settings.load_profile("netctl")

# Started in the background, a run inherits that Ctrl-C is ignored, and so would the programs whose answer to it is tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ("postgresql",)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests recorded with `record_property` is for people: print it, whatever else is quiet."""
    told = [report for report in terminalreporter.stats.get("passed", []) if report.user_properties]
    if told:
        terminalreporter.section("figures")
    for report in told:
        terminalreporter.write_line(report.nodeid)
        for name, value in report.user_properties:
            terminalreporter.write_line(f"  {name}: {value}")
