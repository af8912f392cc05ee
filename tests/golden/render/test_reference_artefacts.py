"""The reference network's artefacts, byte for byte.

A change of a template shows here as a change of files that a reviewer reads. After looking at it:
``NETCTL_UPDATE_GOLDENS=1 python -m pytest tests/golden`` writes them anew.
"""

import os
from pathlib import Path

import pytest
from networks import ROOT, reference

from netctl.config.frr import normalise_running
from netctl.config.yang import normalise_document
from netctl.model.artefact import Part
from netctl.render import Renderer
from netctl.services.routing import derive_devices

HERE = Path(__file__).parent
DEVICES = ("rivers-hq-r1", "rivers-east-r1", "core-main-1", "border-main")
FORMS = ("intended", "drained", "drain")
RENDERER = Renderer(ROOT)
INTENTS = derive_devices(reference(), DEVICES)


def written(device: str, form: str) -> tuple[Part, ...]:
    intent = INTENTS[device]
    if form == "drain":
        return RENDERER.render_drain(intent)
    return (RENDERER.render(intent) if form == "intended" else RENDERER.render_drained(intent)).parts


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("device", DEVICES)
def test_an_artefact_is_as_reviewed(device, form):
    folder = HERE / device / form
    parts = written(device, form)
    if os.environ.get("NETCTL_UPDATE_GOLDENS"):
        folder.mkdir(parents=True, exist_ok=True)
        for part in parts:
            (folder / part.name).write_text(part.text, encoding="utf-8")
    reviewed = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert {part.name: part.text for part in parts} == reviewed


@pytest.mark.parametrize("form", ["intended", "drained"])
@pytest.mark.parametrize("device", DEVICES)
def test_an_artefact_is_already_in_the_form_of_what_is_read_back(device, form):
    part = written(device, form)[0]
    normalise = normalise_running if part.name == "frr.conf" else normalise_document
    assert normalise(part.text) == part.text


@pytest.mark.parametrize("device", DEVICES)
def test_every_line_knows_where_it_was_written(device):
    artefact = RENDERER.render(INTENTS[device])
    for part in artefact.parts:
        for number, _ in enumerate(part.text.splitlines(), start=1):
            file, _, line = artefact.origin(part.name, number).rpartition(":")
            assert 0 < int(line) <= len((ROOT / file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("device", [name for name in DEVICES if INTENTS[name].platform == "frr"])
def test_the_fixed_words_of_a_line_stand_in_the_template_line_it_names(device):
    artefact = RENDERER.render(INTENTS[device])
    checked = 0
    for part in artefact.parts:
        for number, line in enumerate(part.text.splitlines(), start=1):
            file, _, at = artefact.origin(part.name, number).rpartition(":")
            template = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(at) - 1]
            fixed = template.split("{{")[0].split("{%")[0].rstrip()
            assert line.startswith(fixed)
            checked += bool(fixed)
    assert checked > 100
