"""What a platform holds after commands: a simulator of its own semantics, out of its rules."""

from netctl.config.predict.apply import Outcome, apply

__all__ = ["Outcome", "apply"]
