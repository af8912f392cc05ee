"""What the statements of a platform mean, as data: `devices/<platform>/rules.yaml`, described in docs/rules.md."""

from netctl.config.rules.load import load
from netctl.config.rules.nouns import Commit, Reading, Risk, Rules, Statement, Words
from netctl.config.rules.section import Section

__all__ = ["Commit", "Reading", "Risk", "Rules", "Section", "Statement", "Words", "load"]
