"""Both networks that `netctl init` makes can be derived and rendered as they are."""

import pytest

from netctl.config.frr import normalise_running
from netctl.inventory import load
from netctl.inventory.scaffold import scaffold
from netctl.render import Renderer
from netctl.services.routing import derive


@pytest.mark.parametrize("example", ["minimal", "reference"])
def test_an_example_network_renders_in_the_form_that_is_read_back(example, tmp_path):
    scaffold(tmp_path / "wan", example)
    renderer = Renderer(tmp_path / "wan")
    intents = derive(load(tmp_path / "wan"))
    assert intents
    for intent in intents.values():
        first = renderer.render(intent).parts[0]
        if first.name == "frr.conf":
            assert normalise_running(first.text) == first.text
