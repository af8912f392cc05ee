"""What the engine is measured on says what it claims, and both sides do the same work on it."""

import pytest

from benchmarks import engine, engine_netctl
from benchmarks.engine_text import configurations, differing


@pytest.mark.parametrize("changed", [0.02, 0.3])
def test_the_texts_are_as_long_and_as_changed_as_asked_and_always_the_same(changed):
    running, intended = configurations(2000, changed)
    assert (running, intended) == configurations(2000, changed)
    assert 1800 < running.count("\n") < 2200
    assert differing(running, intended) == pytest.approx(changed, rel=0.15)


def test_nothing_differs_where_nothing_is_changed():
    running, intended = configurations(1000, 1e-9)
    assert running == intended
    assert differing(running, intended) == 0


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for name, text in zip(("running.cfg", "intended.cfg"), configurations(1000, 0.1), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_patch_that_is_measured_leads_where_it_should(texts):
    told = engine_netctl.main(texts / "running.cfg", texts / "intended.cfg")
    assert told["right"]
    assert told["lines"] > 50


def test_the_peer_does_its_work_on_the_same_texts(texts):
    pytest.importorskip("hier_config", reason="hier_config is a peer to measure, installed by `make bench`")
    from benchmarks import engine_peer

    assert engine_peer.main(texts / "running.cfg", texts / "intended.cfg")["lines"] > 50


def test_ratios_are_to_netctl_on_the_same_texts():
    figures = [
        engine.Figure(lines, 0.02, True, what, seconds, 9.0, 0.1, proof, 1.0, memory, 10, right)
        for lines, what, seconds, proof, memory, right in [
            (10, "netctl", 0.1, 0.05, 40, True),
            (10, "peer", 0.5, 0, 50, False),
            (40, "netctl", 0.4, 0.2, 80, True),
            (40, "peer", 4.0, 0, 100, True),
        ]
    ]
    table = engine.show(figures).splitlines()
    assert table[2].split()[-5:] == ["5.00", "10.00", "1.25", "leads", "elsewhere"]
    assert table[4].split()[-3:] == ["10.00", "20.00", "1.25"]
    assert table[5] == "netctl, 2% changed: 4 times the lines, 4.0 times the time"
