"""A difference as people and other tools read it."""

from netctl.config.views.columns import Row, side_by_side
from netctl.config.views.headers import with_headers
from netctl.config.views.lines import Change, changes, diff_lines
from netctl.config.views.redaction import Redaction
from netctl.config.views.unified import SignedLine, unified

__all__ = [
    "Change",
    "Redaction",
    "Row",
    "SignedLine",
    "changes",
    "diff_lines",
    "side_by_side",
    "unified",
    "with_headers",
]
