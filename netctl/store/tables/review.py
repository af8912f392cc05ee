"""What reviewers leave on a change: comments and ticks."""

from __future__ import annotations
