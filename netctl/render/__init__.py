"""Intent + templates → artefact: the text or payload each router must hold, and the source of each of its lines."""

from __future__ import annotations

from pathlib import Path

from netctl.model.artefact import Artefact, Part
from netctl.model.intent import RouterIntent
from netctl.render.renderer import Renderer

__all__ = ["Renderer", "render", "render_drain", "render_drained"]

_renderers: dict[Path, tuple[object, Renderer]] = {}


def render(intent: RouterIntent, root: Path) -> Artefact:
    """What the router must hold, by the templates of the network at `root`."""
    return renderer(root).render(intent)


def render_drained(intent: RouterIntent, root: Path) -> Artefact:
    """The same with traffic led to the mate, for a replacing commit."""
    return renderer(root).render_drained(intent)


def render_drain(intent: RouterIntent, root: Path) -> tuple[Part, ...]:
    """Only what drains the router, for a merge into whatever runs."""
    return renderer(root).render_drain(intent)


def renderer(root: Path) -> Renderer:
    """The renderer of a network; made anew when one of its templates changed. For many routers, ask once."""
    files = sorted((root / "templates").rglob("*.j2"))
    signature = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    known = _renderers.get(root)
    if known is None or known[0] != signature:
        known = _renderers[root] = (signature, Renderer(root))
    return known[1]
