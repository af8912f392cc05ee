"""However a network changes, what is kept of it never shows."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.errors import InvalidNetwork
from netctl.inventory import load
from netctl.inventory.scaffold import scaffold
from netctl.render import artefacts
from netctl.render.artefacts import Artefacts

SITES = ["rivers-hq", "rivers-east", "harbours-hq", "forests-hq"]
EDITS = st.one_of(
    st.tuples(
        st.sampled_from([f"inventory/sites/{name}.yaml" for name in SITES]),
        st.sampled_from(
            [
                ("to: main", "to: core-main-1"),
                ("to: backup", "to: core-backup-2"),
                ("number: ", "number: 1"),
                ("carrier: asagi", "carrier: yamabuki"),
                ("routers:", "platform: frr\nrouters:"),
                ("routers:", "settings: {mtu: 1400, session_secret: bgp/one}\nrouters:"),
                ("[r1, r2]", "[a, b]"),
                ("organisation: rivers", "organisation: forests"),
                ("region: east", "region: west"),
            ]
        ),
    ),
    st.tuples(
        st.just("inventory/backbone.yaml"),
        st.sampled_from(
            [
                ("metric: 60}", "metric: 50}"),
                ("carrier: kurenai", "carrier: asagi"),
                ("bb3: {number: 3", "bbx: {number: 9"),
            ]
        ),
    ),
    st.tuples(
        st.just("inventory/organisations.yaml"),
        st.just(("name: Rivers Agency", "settings: {bfd_interval: 300}\n  name: Rivers")),
    ),
    st.tuples(
        st.just("inventory/network.yaml"),
        st.sampled_from([("198.51.100.0/25", "10.0.0.0/20"), ("bfd_multiplier: 3", "bfd_multiplier: 5")]),
    ),
)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    root = tmp_path_factory.mktemp("pristine") / "wan"
    scaffold(root, "reference")
    return root


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
def test_kept_artefacts_are_those_that_would_be_made(pristine, edits):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(artefacts, "WORTH_KEEPING", 0)
        root, cache = Path(shutil.copytree(pristine, Path(folder) / "wan")), Path(folder) / "cache"
        Artefacts(load(root), root, cache).all()
        for file, (old, new) in edits:
            text = (root / file).read_text(encoding="utf-8")
            (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
            try:
                network = load(root, cache=cache)
            except InvalidNetwork:
                (root / file).write_text(text, encoding="utf-8")
                continue
            assert network == load(root)
            assert Artefacts(network, root, cache).all() == Artefacts(network, root).all()
