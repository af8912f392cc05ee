"""The kernel takes the management filter and prints the same text again."""

import os
import shutil
import subprocess

import pytest
from networks import ROOT, reference

from netctl.render import Renderer
from netctl.services.routing import derive_devices

MISSING = (
    "needs root, for a network namespace"
    if os.geteuid() != 0
    else "needs the Debian package nftables"
    if shutil.which("nft") is None
    else ""
)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")

NOBODY = ()
MANY = (
    "192.0.2.0/24", "198.51.100.7/32", "203.0.113.0/25", "203.0.113.128/25", "10.0.0.0/8", "10.1.0.0/16",
    "3fff:600::/112", "3fff:700::1/128", "3fff:601::/64", "3fff:601::/112",
)  # fmt: skip


def filter_for(prefixes):
    intent = derive_devices(reference(), ["rivers-hq-r1"])["rivers-hq-r1"]
    artefact = Renderer(ROOT).render(intent._replace(management_prefixes=prefixes))
    return next(part.text for part in artefact.parts if part.name == "management.nft")


@pytest.mark.parametrize("prefixes", [("3fff:600::/112",), MANY, MANY[:5], NOBODY])
def test_the_kernel_prints_the_filter_it_was_given(prefixes, tmp_path):
    file = tmp_path / "management.nft"
    file.write_text(filter_for(prefixes))
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", 'nft -f "$1" && nft -s list table inet netctl', "sh", str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stdout == file.read_text()
