"""Fixtures that any test may ask for, and the figures that tests report, at the end of a run."""

import pytest

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
