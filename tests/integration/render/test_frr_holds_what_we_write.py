"""Real FRR daemons boot with each golden and print the same text again: nothing dropped, moved or spelt otherwise."""

from pathlib import Path

import pytest
from integration.render.frr_box import MISSING, running_after
from networks import ROOT

from netctl.config.frr import normalise_running

GOLDENS = ROOT / "tests" / "golden" / "render"
DEVICES = ("rivers-hq-r1", "core-main-1", "border-main")

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")


@pytest.mark.parametrize("form", ["intended", "drained"])
@pytest.mark.parametrize("device", DEVICES)
def test_frr_prints_the_artefact_it_booted_with(device, form):
    golden = GOLDENS / device / form / "frr.conf"
    running, complaints = running_after(golden, device)
    assert complaints == ""
    assert normalise_running(running) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("device", DEVICES)
def test_merging_the_drain_gives_the_drained_artefact(device):
    form = GOLDENS / device
    running, complaints = running_after(form / "intended" / "frr.conf", device, form / "drain" / "frr.conf")
    assert complaints == ""
    assert normalise_running(running) == (form / "drained" / "frr.conf").read_text(encoding="utf-8")


def test_a_line_frr_drops_is_missing_from_what_is_read_back(tmp_path: Path):
    golden = (GOLDENS / "core-main-1" / "intended" / "frr.conf").read_text(encoding="utf-8")
    broken = golden.replace(" isis metric 60\n", " isis metric 100\n")
    assert broken != golden
    (tmp_path / "frr.conf").write_text(broken, encoding="utf-8")
    running, complaints = running_after(tmp_path / "frr.conf", "core-main-1")
    assert "metric" in complaints
    assert normalise_running(running) != broken
