"""What holds for the artefacts of any network, and for any text a person may put into one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import ROOT, grown, reference

from netctl.config.frr import normalise_running
from netctl.config.yang import normalise_document
from netctl.errors import NetctlError
from netctl.render import Renderer
from netctl.services.routing import derive, derive_devices

RENDERER = Renderer(ROOT)
INTENT = derive_devices(reference(), ["rivers-hq-r1"])["rivers-hq-r1"]
NORMALISE = {"frr.conf": normalise_running, "config.xml": normalise_document}

site_numbers = st.sets(st.integers(1, 60000), min_size=1, max_size=6).map(lambda found: tuple(sorted(found)))


@settings(max_examples=25, deadline=None)
@given(site_numbers, st.booleans())
def test_every_artefact_is_in_normal_form_and_knows_every_line(numbers, netconf):
    for intent in derive(grown(numbers)).values():
        written = intent._replace(platform="ietf_netconf") if netconf and intent.role == "ce" else intent
        for artefact in (RENDERER.render(written), RENDERER.render_drained(written)):
            first = artefact.parts[0]
            assert NORMALISE[first.name](first.text) == first.text
            assert artefact.origins is not None
            origins = artefact.origins()
            for part in artefact.parts:
                assert len(origins[part.name]) == part.text.count("\n")
                assert all(origins[part.name])


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["frr", "ietf_netconf"]))
def test_any_banner_is_written_as_it_is_or_refused(banner, platform):
    try:
        artefact = RENDERER.render(INTENT._replace(platform=platform, login_banner=banner))
    except NetctlError as error:
        assert "{{" in banner or "{%" in banner or not banner.isprintable()
        assert error.code.startswith("NETCTL-E02")
        return
    if platform == "frr":
        (shown,) = (part.text for part in artefact.parts if part.name == "banner")
        assert shown.rstrip("\n") == banner.rstrip("\n")
    else:
        assert normalise_document(artefact.parts[0].text) == artefact.parts[0].text


@pytest.mark.parametrize("name", list(reference().devices))
def test_drained_and_intended_differ_only_by_the_drain(name):
    intent = derive_devices(reference(), [name])[name]
    intended, drained = RENDERER.render(intent), RENDERER.render_drained(intent)
    assert [part.name for part in intended.parts] == [part.name for part in drained.parts]
    assert intended.parts[1:] == drained.parts[1:]
    drain = set(RENDERER.render_drain(intent)[0].text.splitlines())
    new = set(drained.parts[0].text.splitlines()) - set(intended.parts[0].text.splitlines())
    assert new
    assert new <= drain
