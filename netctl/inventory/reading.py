"""All files of a network → documents, with every problem of text, shape, type and range on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from netctl.addressing import ledger
from netctl.inventory import files
from netctl.inventory.addressing import AddressingDocument
from netctl.inventory.declared import Declared
from netctl.inventory.documents import (
    BackboneDocument,
    CarriersDocument,
    CentresDocument,
    HostKeysDocument,
    NetworkDocument,
    OrganisationsDocument,
    RolesDocument,
    SiteDocument,
)
from netctl.inventory.explain import explain
from netctl.inventory.findings import Problem
from netctl.inventory.rules import Inventory
from netctl.inventory.yamlreader import Unreadable, parse, parse_with_positions


@dataclass(frozen=True)
class Reading:
    """What was read. `texts` are by file, for the places of problems and of declarations."""

    inventory: Inventory
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]


class Reader:
    """Reads one network; collects problems instead of raising them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.unread: set[str] = set()

    def read(self, only: Collection[str] | None = None) -> Reading:
        """Everything, in the order a person would look; of the sites, those in `only` where that is said."""
        allocated, unread_lines = self._ledger()
        declared = Declared(
            network=self.document(files.NETWORK, NetworkDocument),
            organisations=self.document(files.ORGANISATIONS, OrganisationsDocument),
            carriers=self.document(files.CARRIERS, CarriersDocument),
            centres=self.document(files.CENTRES, CentresDocument),
            backbone=self.document(files.BACKBONE, BackboneDocument),
            roles=self.document(files.ROLES, RolesDocument),
            host_keys=self.document(files.HOST_KEYS, HostKeysDocument),
            addressing=self._optional(files.ADDRESSING, AddressingDocument),
            ledger=allocated,
            unread_lines=unread_lines,
        )
        self.problems += files.strangers(self.root)
        names = self._site_names() if only is None else only
        sites = {name: self.document(f"{files.SITES}/{name}.yaml", SiteDocument) for name in names}
        inventory = Inventory(
            declared=declared,
            sites={name: body for name, body in sites.items() if f"{files.SITES}/{name}.yaml" not in self.unread},
            platforms=self._platforms(),
            unread=frozenset(self.unread),
            misread=frozenset(problem.file for problem in self.problems),
        )
        return Reading(inventory, self.texts, tuple(self.problems))

    def document(self, file: str, kind: Any) -> Any:
        """One file's document; where it has errors, what can be told of it."""
        try:
            text = self.texts[file] = files.read_text(self.root, file)
        except Unreadable as error:
            return self._lost(file, kind, error.problem)
        try:
            return msgspec.convert(parse(text, file), kind)
        except (Unreadable, msgspec.ValidationError):
            return self._explained(text, kind, file)

    def _optional(self, file: str, kind: Any) -> Any:
        """The document of a file that a network may have; None where it has none."""
        return self.document(file, kind) if (self.root / file).exists() else None

    def _ledger(self) -> tuple[ledger.Ledger | None, list[ledger.Flaw]]:
        """What is allocated, and the lines that cannot be read; no ledger where there is no file."""
        if not (self.root / files.LEDGER).exists():
            return None, []
        try:
            self.texts[files.LEDGER] = files.read_text(self.root, files.LEDGER, files.LARGEST_LEDGER)
        except Unreadable as error:
            self.unread.add(files.LEDGER)
            self.problems.append(error.problem)
            return None, []
        return ledger.read(self.texts[files.LEDGER])

    def _explained(self, text: str, kind: Any, file: str) -> Any:
        try:
            data, _, duplicates = parse_with_positions(text, file)
        except Unreadable as error:
            return self._lost(file, kind, error.problem)
        document, problems = explain(data, kind, file)
        if not isinstance(data, dict):
            self.unread.add(file)
        self.problems += [*duplicates, *problems]
        return document

    def _lost(self, file: str, kind: Any, problem: Problem) -> Any:
        self.unread.add(file)
        self.problems.append(problem)
        return explain(None, kind, file)[0]

    def _site_names(self) -> list[str]:
        try:
            names, strangers = files.site_files(self.root)
        except Unreadable as error:
            self.unread.add(files.SITES)
            self.problems.append(error.problem)
            return []
        self.problems += strangers
        return names

    def _platforms(self) -> frozenset[str] | None:
        try:
            return files.platforms(self.root)
        except Unreadable as error:
            self.problems.append(error.problem)
            return None
