"""The reference network's name servers, byte for byte, and what each server's own check says of them.

A change of a template shows here as a change of files that a reviewer reads. After looking at it:
``NETCTL_UPDATE_GOLDENS=1 python -m pytest tests/golden`` writes them anew.
"""

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from networks import ROOT, reference

from netctl.credentials.placeholders import fill, references
from netctl.credentials.sources import EnvironmentSource
from netctl.devices.platform import load_platform
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.load import load
from netctl.services.dns.servers import server_intent

HERE = Path(__file__).parent
RENDERER = NameServerRenderer(ROOT)
DECLARED = load(reference())
CASES = {name: (name, "") for name in DECLARED.servers} | {
    "ns2-promoted": ("ns2", "ns2"),
    "ns1-relieved": ("ns1", "ns2"),
}
CHECKS = {
    "named.conf": ["named-checkconf"],
    "first.zone": ["named-checkzone", "-q", "-i", "local", "zone.invalid"],
    "knot.conf": ["knotc", "-c"],
    "nsd.conf": ["nsd-checkconf"],
    "unbound.conf": ["unbound-checkconf"],
}
SECRET = base64.b64encode(b"walrus-7-walrus-7-walrus-7-walru").decode()
SECRETS = EnvironmentSource(
    {f"NETCTL_SECRET_DNS_{key}": SECRET for key in ("TRANSFER", "UPDATE", "NOTIFY", "VIEW_LGWAN")}
)


def artefact(case):
    name, writer = CASES[case]
    return RENDERER.render(server_intent(DECLARED, name, writer))


@pytest.mark.parametrize("case", CASES)
def test_a_server_s_files_are_as_reviewed(case):
    folder, parts = HERE / case, artefact(case).parts
    if os.environ.get("NETCTL_UPDATE_GOLDENS"):
        folder.mkdir(exist_ok=True)
        for part in parts:
            (folder / part.name).write_text(part.text, encoding="utf-8")
    reviewed = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert {part.name: part.text for part in parts} == reviewed


@pytest.mark.parametrize("case", CASES)
def test_the_server_s_own_check_takes_its_files(case, tmp_path):
    for part in artefact(case).parts:
        program, *words = CHECKS[part.name]
        path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if path is None:
            pytest.skip(f"{program} is not installed")
        file = tmp_path / part.name
        file.write_text(fill(part.text, SECRETS))
        last = ["conf-check"] if program == "knotc" else []
        done = subprocess.run([path, *words, file, *last], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES)
def test_every_line_knows_where_it_was_written(case):
    made = artefact(case)
    for part in made.parts:
        for number, _ in enumerate(part.text.splitlines(), start=1):
            file, _, line = made.origin(part.name, number).rpartition(":")
            assert 0 < int(line) <= len((ROOT / file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("case", CASES)
def test_its_parts_are_those_its_platform_declares(case):
    made = artefact(case)
    assert [part.name for part in made.parts] == [part.name for part in load_platform(ROOT, made.platform).parts]


@pytest.mark.parametrize("case", CASES)
def test_only_the_primary_that_writes_holds_a_key_that_changes_zones(case):
    held = {reference for part in artefact(case).parts for reference in references(part.text)}
    assert ("dns/update" in held) == (case in {"ns1", "ns2-promoted"})
