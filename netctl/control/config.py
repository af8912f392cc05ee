"""The configuration engine on texts: no inventory is needed, only the rules of a platform."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netctl import inventory
from netctl.config.commands import Command, Hazard, Session
from netctl.config.engine import Engine, Prediction, Remedy
from netctl.config.secrets import Redactor
from netctl.config.syntax import Tree, render
from netctl.config.views import Change, changes
from netctl.credentials import Mask, fingerprint_key
from netctl.credentials.masking import compile_patterns
from netctl.devices.platform import load_platform, platform_names
from netctl.devices.rules import load_rules, platforms_with_rules
from netctl.errors import NoNetwork, SecretFileUnsafe
from netctl.settings import Settings

__all__ = ["Change", "Command", "Desk", "Hazard", "Prediction", "Remedy", "Session", "Tree", "render"]


@dataclass(frozen=True, slots=True)
class Desk:
    """The engine of one platform, and what keeps secrets out of what is shown."""

    engine: Engine
    redactor: Redactor

    @classmethod
    def open(cls, platform: str, network: str, environ: Mapping[str, str], settings: Settings) -> Desk:
        """For a platform of the network that `network` or the place names, else of those that come with netctl.

        Raises `RulesInvalid` for a platform without rules.
        """
        roots = _roots(network, environ)
        rules = load_rules(roots, platform)
        patterns: list[re.Pattern[str]] = []
        for root in roots:
            if platform in platform_names(root):
                patterns += compile_patterns(load_platform(root, platform).secrets)
                break
        patterns += rules.secrets  # behind the platform's, which are written for lines out of their section
        try:
            key = fingerprint_key(settings.home)
        except SecretFileUnsafe:  # nothing is kept: fingerprints are comparable within this run
            key = secrets.token_bytes(32)
        mask = Mask(tuple(patterns), dict, key)
        return cls(Engine(rules), mask.redactor)

    def diff(self, running: str, intended: str) -> list[Change]:
        """What differs by meaning, secrets shown as fingerprints."""
        pairs = self.engine.differences(self.engine.parse(running), self.engine.parse(intended))
        return [
            change._replace(
                path=tuple(self.redactor.line(line) for line in change.path), line=self.redactor.line(change.line)
            )
            for change in changes(pairs)
        ]

    def patch(self, running: str, intended: str, session: Session | None) -> Remedy:
        """The commands from one to the other and back, secrets as a router must be told them."""
        return self.engine.remedy(self.engine.parse(running), self.engine.parse(intended), session)


def platforms(network: str, environ: Mapping[str, str]) -> list[str]:
    """The platforms the engine knows here."""
    return platforms_with_rules(_roots(network, environ))


def _roots(network: str, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """The folder of the network one works in, if there is one, and the reference network."""
    reference = inventory.reference_root()
    try:
        return (inventory.find_root(network or None, environ, Path.cwd()), reference)
    except NoNetwork:
        if network:
            raise
        return (reference,)
