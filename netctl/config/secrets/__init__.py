"""Secrets in configurations: when two writings are one secret, and how none is shown."""

from netctl.config.secrets.forms import SecretForm, read_secret
from netctl.config.secrets.marks import MASKED
from netctl.config.secrets.redactor import Redactor
from netctl.config.secrets.same import same_secret

__all__ = ["MASKED", "Redactor", "SecretForm", "read_secret", "same_secret"]
