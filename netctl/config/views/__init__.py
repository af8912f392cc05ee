"""A difference as people and other tools read it."""

from netctl.config.views.lines import Change, changes, diff_lines

__all__ = ["Change", "changes", "diff_lines"]
