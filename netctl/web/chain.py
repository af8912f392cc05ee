"""The proof of the audit log that this process keeps for its pages."""

from __future__ import annotations

from typing import cast

from flask import current_app

from netctl.control.records.chainwatch import ChainWatch, Proof
from netctl.web.context import here

__all__ = ["ChainWatch", "Proof", "chain_watch"]

_CHAIN = "netctl_chain"


def chain_watch() -> ChainWatch:
    """The one of the app that answers."""
    found = current_app.extensions.get(_CHAIN)
    if found is None:
        # Two threads may both get here: `setdefault` lets one of them win.
        found = current_app.extensions.setdefault(_CHAIN, ChainWatch(here().store, here().clock))
    return cast("ChainWatch", found)
