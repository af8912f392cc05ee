"""What most pages need of a round of watching, worked out before any of them shows it."""

from __future__ import annotations

from netctl.control.network.declared import Declared
from netctl.control.pages.device_list import device_lines
from netctl.control.pages.overview import lost
from netctl.control.pages.site_page import site_lines
from netctl.control.pages.tiles import tiles
from netctl.control.pages.topology import backbone_links, whole_once
from netctl.control.watching import watched
from netctl.control.watching.watched import Watched
from netctl.store import Store

__all__ = ["prepare", "prepare_in_turn"]


def prepare(store: Store, declared: Declared) -> None:
    """Read what the last round found, so that no page has to; nothing while the network is not read yet."""
    atlas = declared.ready
    if atlas is None:
        return
    devices = atlas.devices(None)
    with store.reading() as books:

        def work_out(found: Watched) -> None:
            found.once(("tiles", None), lambda: tiles(found, devices))
            found.once(("lost", None), lambda: lost(atlas, found, None))
            device_lines(atlas, found, None)
            site_lines(atlas, found, None)
            backbone_links(atlas, found, whole_once(books, atlas, found))

        watched.prepare(store, books, atlas, work_out)


def prepare_in_turn(store: Store, declared: Declared) -> None:
    """As `prepare`, for a thread that does so every second: until it stops, pages leave it to read rounds."""
    prepare(store, declared)
    if declared.ready is not None:
        watched.look_after(store)
