"""Every finding a plan may have stands on the page about plans, and has a title in both languages."""

from __future__ import annotations

import re

import pytest
from networks import ROOT

CODES = sorted(
    {code for file in (ROOT / "netctl" / "plan").glob("*.py") for code in re.findall(r"RISK-[A-Z-]+", file.read_text())}
)


def test_there_are_findings_to_look_for():
    assert {"RISK-PAIR", "RISK-DNS-LEAVING"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_documented_and_has_its_titles(code):
    assert f"`{code}`" in (ROOT / "docs" / "plans.md").read_text()
    for language in ("ja", "en"):
        words = (ROOT / "netctl" / "web" / "words" / language / "review.ftl").read_text()
        assert f"finding-{code} = " in words
