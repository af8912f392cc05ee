"""Empty stores whose schema is made already: once in each process, then copied. Migrating takes longer than most tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from netctl.store import Store


def fresh(file: Path) -> str:
    """The URL of an empty store that is now in `file`."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(0o600)
    file.write_bytes(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    """What the migrations make of nothing."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "netctl.db")
        Store.open(f"sqlite:///{file}", create=True).close()
        assert list(Path(folder).iterdir()) == [file], "a log beside it would hold a part of it"
        return file.read_bytes()
