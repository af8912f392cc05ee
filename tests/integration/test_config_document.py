"""The example of docs/configuration-engine.md is what the program says today, in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from unit.cli.program import environment

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks(page: str) -> dict[str, str]:
    """The blocks that have a name, by name."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return dict(re.findall(r"^```text (\w+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL))


def without_fingerprints(text: str) -> str:
    return re.sub(r"secret-fingerprint:[0-9a-f]{16}", "secret-fingerprint", text)


@pytest.mark.parametrize("page", ["configuration-engine.md", "ja/configuration-engine.md"])
def test_the_difference_on_the_page_is_the_difference(tmp_path: Path, page: str) -> None:
    example = blocks(page)
    for name in ("running", "intended"):
        (tmp_path / name).write_text(example[name], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "netctl", "config", "diff", "running", "intended", "--platform", "cisco_ios"],
        env=environment(tmp_path / "home"),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert without_fingerprints(done.stdout.decode()) == without_fingerprints(example["difference"])
