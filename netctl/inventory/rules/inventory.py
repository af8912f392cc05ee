"""All documents of one network, as far as they could be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from netctl.inventory.declared import Declared, router_name
from netctl.inventory.documents import Router, SiteDocument
from netctl.inventory.findings import KeyPath


@dataclass(frozen=True)
class Inventory:
    """`unread` are files that could not be read at all: what they would declare is unknown, not absent.

    `misread` are files of which something was already reported.
    """

    declared: Declared
    sites: Mapping[str, SiteDocument]
    platforms: frozenset[str] | None  # None where there is no folder to know them from
    unread: frozenset[str]
    misread: frozenset[str]

    def knows(self, *files: str) -> bool:
        """True where all `files` could be read."""
        return self.unread.isdisjoint(files)

    @cached_property
    def backbone_routers(self) -> Mapping[str, str]:
        """Core and border routers → their centre."""
        return {name: centre for centre, _, name, _ in self.backbone_places()}

    @cached_property
    def core_centres(self) -> Mapping[str, str]:
        """Core routers → their centre."""
        return {name: centre for centre, role, name, _ in self.backbone_places() if role == "core"}

    def backbone_places(self) -> Iterator[tuple[str, str, str, KeyPath]]:
        """Centre, role, name and place of every router of the centres."""
        for centre, body in self.declared.centres.items():
            for index, pair in enumerate(body.cores or ()):
                for position, router in enumerate(pair or ()):
                    if named(router):
                        yield centre, "core", router_name(router), (centre, "cores", index, position)
            if named(body.border):
                yield centre, "border", router_name(body.border), (centre, "border")


def named(router: Router | None) -> bool:
    """True where a router's name is known."""
    return router is not None and router_name(router) is not None
