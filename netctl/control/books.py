"""Opening the store of this installation, for whoever drives the use cases."""

from __future__ import annotations

from netctl.settings import Settings
from netctl.store import Store

__all__ = ["Store", "open_store"]


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """The store that the settings name; close it, or use it as a context manager.

    `create` is for the steps that may be the first on an installation: adding a user. Raises `StoreError`.
    """
    return Store.open(settings.database_url, create=create)
