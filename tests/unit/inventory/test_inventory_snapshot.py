"""A cache changes how long loading takes, never what it gives."""

import os
import time

import pytest

from netctl.errors import InvalidNetwork
from netctl.inventory import load, snapshot
from unit.inventory.declared import SITE, edit


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def settled(root, cache):
    """A cached network whose files are old enough to be believed by their marks."""
    past = time.time() - 3600
    for path in (root / "inventory").rglob("*.yaml"):
        os.utime(path, (past, past))
    load(root, cache=cache)
    return root


def age(monkeypatch):
    """Let snapshots believe files that were just written (only the change time of a file cannot be set back)."""
    monkeypatch.setattr(snapshot, "YOUNG", -(10**12))


def reads(monkeypatch):
    """Names of the sites' files that are read from now on."""
    seen = []
    real = snapshot.Reader.document

    def document(self, file, kind):
        if "/sites/" in file:
            seen.append(file)
        return real(self, file, kind)

    monkeypatch.setattr(snapshot.Reader, "document", document)
    return seen


def test_an_unchanged_network_is_not_read_again(settled, cache, monkeypatch):
    age(monkeypatch)
    seen = reads(monkeypatch)
    assert load(settled, cache=cache) == load(settled)
    assert len(seen) == 7  # those of the load without a cache


def test_one_changed_site_is_the_only_one_read(settled, cache, monkeypatch):
    age(monkeypatch)
    edit(settled, SITE, "capacity: 1000", "capacity: 900")
    full = load(settled)
    seen = reads(monkeypatch)
    warm = load(settled, cache=cache)
    assert seen == [SITE]
    assert warm == full
    assert warm.meanings == full.meanings
    assert list(warm.devices) == list(full.devices)


def test_a_site_more_and_a_site_less_are_seen(settled, cache, monkeypatch):
    age(monkeypatch)
    text = (settled / SITE).read_text()
    (settled / "inventory/sites/rivers-south.yaml").write_text(text.replace("number: 1\n", "number: 9\n"))
    (settled / "inventory/sites/forests-north.yaml").unlink()
    warm = load(settled, cache=cache)
    assert warm == load(settled)
    assert "rivers-south" in warm.sites
    assert "forests-north" not in warm.sites


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SITE, "number: 1\n", "number: 3\n"),
        (SITE, "number: 1\n", "number: 4000\n"),
        (SITE, "organisation: rivers", "organisation: river"),
        (SITE, "region: east", "regoin: east"),
        (SITE, "routers: [r1, r2]", "routers: [r1"),
        (SITE, "[r1, r2]", "[r1, r1]"),
        ("inventory/carriers.yaml", "asagi:", "asago:"),
        ("inventory/hostkeys.yaml", "{}", "nobody: [ssh-ed25519 AAAA]"),
    ],
)
def test_a_cache_hides_no_mistake(settled, cache, monkeypatch, file, old, new):
    age(monkeypatch)
    edit(settled, file, old, new)
    with pytest.raises(InvalidNetwork) as cold:
        load(settled)
    with pytest.raises(InvalidNetwork) as warm:
        load(settled, cache=cache)
    assert warm.value.findings == cold.value.findings


def test_a_gone_site_whose_key_stays_is_found(settled, cache, monkeypatch):
    age(monkeypatch)
    (settled / "inventory/hostkeys.yaml").write_text("rivers-hq-r1: [ssh-ed25519 AAAA]\n")
    load(settled, cache=cache)
    (settled / SITE).unlink()
    with pytest.raises(InvalidNetwork):
        load(settled, cache=cache)


def test_a_gone_platform_is_found(settled, cache, monkeypatch):
    age(monkeypatch)
    (settled / "devices/ietf_netconf/platform.yaml").unlink()
    with pytest.raises(InvalidNetwork):
        load(settled, cache=cache)


def test_a_file_changed_within_the_clock_s_tick_is_read_again(root, cache):
    """Same size, same times: only its youth gives it away."""
    load(root, cache=cache)
    before = (root / SITE).stat()
    edit(root, SITE, "capacity: 1000", "capacity: 1001")
    os.utime(root / SITE, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load(root, cache=cache).sites["rivers-hq"].lines[0].capacity == 1001


@pytest.mark.parametrize("damage", ["empty", "short", "flipped", "noise", "foreign"])
def test_a_damaged_cache_is_not_believed(settled, cache, monkeypatch, damage):
    age(monkeypatch)
    (path,) = cache.iterdir()
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {
            "empty": b"",
            "short": content[:middle],
            "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "noise": os.urandom(1000),
            "foreign": __import__("hashlib").sha256(b"\x80").digest() + b"\x80",
        }[damage]
    )
    seen = reads(monkeypatch)
    assert load(settled, cache=cache).digest == load(settled).digest
    assert len(seen) == 14  # both loads read all seven sites
    load(settled, cache=cache)
    assert len(seen) == 14  # the cache was written anew


def test_a_cache_of_other_code_is_not_believed(settled, cache, monkeypatch):
    age(monkeypatch)
    monkeypatch.setattr(snapshot, "_code", lambda: "other")
    seen = reads(monkeypatch)
    load(settled, cache=cache)
    assert len(seen) == 7


def test_a_cache_that_cannot_be_written_is_no_mistake(root, tmp_path):
    (tmp_path / "file").write_text("")
    assert load(root, cache=tmp_path / "file").digest == load(root).digest


def test_only_its_owner_may_read_the_cache(settled, cache):
    (path,) = cache.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
