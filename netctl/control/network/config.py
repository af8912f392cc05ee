"""The configuration engine on texts: no inventory is needed, only the rules of a platform."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from netctl import inventory
from netctl.config.commands import Command, Hazard, Session
from netctl.config.engine import Engine, Prediction, Remedy
from netctl.config.syntax import Tree, render
from netctl.config.views import Change, Redaction, changes, side_by_side, unified, with_headers
from netctl.credentials import Mask, fingerprint_key
from netctl.credentials.masking import compile_patterns
from netctl.devices.platform import load_platform, platform_names
from netctl.devices.rules import load_rules, platforms_with_rules
from netctl.errors import NoNetwork
from netctl.settings import Settings

__all__ = [
    "Change",
    "Command",
    "Desk",
    "Hazard",
    "Prediction",
    "Remedy",
    "Session",
    "Tree",
    "render",
    "side_by_side",
    "unified",
]


@dataclass(frozen=True)
class Desk:
    """The engine of one platform, and what keeps secrets out of what is shown.

    `roots` are the folders that may know the platform, `home` is where this installation's key is.
    """

    engine: Engine
    roots: tuple[Path, ...]
    home: Path

    @classmethod
    def open(cls, platform: str, network: str, environ: Mapping[str, str], settings: Settings) -> Desk:
        """For a platform of the network that `network` or the place names, else of those that come with netctl.

        Raises `RulesInvalid` for a platform without rules.
        """
        roots = _roots(network, environ)
        return cls(Engine(load_rules(roots, platform)), roots, settings.home)

    def diff(self, running: str, intended: str) -> list[Change]:
        """What differs by meaning, secrets shown as fingerprints."""
        one, other = self.engine.parse(running), self.engine.parse(intended)
        found: Iterable[Change] = changes(self.engine.differences(one, other))
        if self.engine.rules.by_words:
            found = with_headers(found, one, other)
        for text in (running, intended):
            self._redaction.beware(text)
        return [self._redaction.change(change) for change in found]

    def patch(self, running: str, intended: str, session: Session | None) -> Remedy:
        """The commands from one to the other and back, secrets as a router must be told them."""
        return self.engine.remedy(self.engine.parse(running), self.engine.parse(intended), session)

    def predict(self, running: str, patch: str) -> Prediction:
        """What is held after the commands, secrets as a router holds them."""
        return self.engine.predict(running, patch)

    def place(self, path: tuple[str, ...], line: str) -> str:
        """Where a line stands and what it says, secrets shown as fingerprints."""
        return " > ".join(self._redaction.lines((*path, line)))

    @cached_property
    def _redaction(self) -> Redaction:
        rules = self.engine.rules
        patterns: list[re.Pattern[str]] = list(rules.secrets)
        for root in self.roots:
            if rules.platform in platform_names(root):
                patterns += compile_patterns(load_platform(root, rules.platform).secrets)
                break
        mask = Mask((), dict, _key(self.home))

        def shown(value: str) -> str:
            return mask.fingerprint(value) if value.strip("*") else value  # stars: the router hides it itself

        return Redaction(patterns, shown, whole=rules.by_words)


def platforms(network: str, environ: Mapping[str, str]) -> list[str]:
    """The platforms the engine knows here."""
    return platforms_with_rules(_roots(network, environ))


def _key(home: Path) -> bytes:
    """The key of this installation; where there is none, fingerprints are comparable within this run only.

    To compare two files is no reason to write one.
    """
    return fingerprint_key(home) if (home / "fingerprint.key").exists() else secrets.token_bytes(32)


def _roots(network: str, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The folder of the network one works in, if there is one, and the reference network."""
    reference = inventory.reference_root()
    try:
        return (inventory.find_root(network or None, environ, Path.cwd()), reference)
    except NoNetwork:
        if network:
            raise
        return (reference,)
