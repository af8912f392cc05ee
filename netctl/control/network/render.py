"""From the declared network to every router's artefact: validate, derive, render."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from netctl import inventory
from netctl.inventory.quiet import collector_resting
from netctl.model.artefact import Artefact
from netctl.render.artefacts import Artefacts


def render_all(root: Path, *, cache: Path | None = None) -> dict[str, Artefact]:
    """The artefacts of the network declared in `root`, by router; raises `InvalidNetwork` or `RenderError`.

    With a `cache` folder, files that did not change are not read and artefacts that follow from them are not made.
    """
    with collector_resting():
        network = inventory.load(root, cache=cache)
        return Artefacts(network, root, cache).all()


def render_named(root: Path, names: Collection[str]) -> dict[str, Artefact]:
    """The artefacts of some routers; raises `UnknownDevice` with what was meant, and what `render_all` raises."""
    from netctl.devices.register import declared  # noqa: PLC0415 (sessions to routers are a tenth of a second to import)

    network = inventory.load(root)
    wanted = [declared(network, name).name for name in dict.fromkeys(names)]
    artefacts = Artefacts(network, root)
    return {name: artefacts.intended(name) for name in wanted}
