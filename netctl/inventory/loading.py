"""A network's folder → `Network`, or everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from netctl.errors import InvalidNetwork
from netctl.inventory import snapshot
from netctl.inventory.assemble import assemble
from netctl.inventory.findings import Finding
from netctl.inventory.places import findings
from netctl.inventory.quiet import collector_resting
from netctl.inventory.reading import Reader, Reading
from netctl.inventory.rules import problems
from netctl.model.network import Network


def load(root: Path, *, cache: Path | None = None) -> Network:
    """The network declared in `root`, cross-checked; raises `InvalidNetwork` with all findings.

    With a `cache` folder, files that did not change since the last time are not read again. What the cache holds is
    only believed where it is whole and was written by this very code.
    """
    with collector_resting():
        if cache is not None:
            known = snapshot.load(root, cache)
            if known is not None:
                return known
        begun = snapshot.now()
        reading = Reader(root).read()
        found = _findings(reading)
        if found:
            raise InvalidNetwork(_summary(found), findings=found, where=str(root))
        network = assemble(reading, str(root))
        if cache is not None:
            snapshot.save(network, root, cache, begun)
        return network


def check(root: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the network declared in `root`; empty where it can be used."""
    return _findings(Reader(root).read())


def _findings(reading: Reading) -> tuple[Finding, ...]:
    found = [*reading.problems, *problems(reading.inventory)]
    return findings(found, reading.texts) if found else ()


def _summary(found: tuple[Finding, ...]) -> str:
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{len(found)} error{'s' if len(found) > 1 else ''}: {first.file}:{first.line}: {first.message}{more}"
