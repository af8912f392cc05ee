"""Every zone of the reference network is one that BIND takes as it is."""

import subprocess

import pytest

from declared_names import intended, lines
from networks import reference

ZONES = intended(reference())[1]


@pytest.mark.parametrize(("view", "name"), ZONES)
def test_bind_takes_the_zone_without_a_word_of_warning(tmp_path, view, name):
    body = (line.split(" ", 1) for line in sorted(lines(ZONES[view, name])))
    file = tmp_path / "zone"
    file.write_text("".join(f"{owner} 3600 IN {rest}\n" for owner, rest in body), encoding="utf-8")
    done = subprocess.run(
        ["/usr/bin/named-checkzone", "-i", "local", "-k", "warn", name, file],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    warnings = [line for line in (done.stdout + done.stderr).splitlines() if "tide_gauge" not in line]
    assert warnings == [f"zone {name.rstrip('.')}/IN: loaded serial 0", "OK"]
