"""Worked out when it is asked for, and then remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Once(Generic[Found]):
    """A call that is made once. `functools.cache` does the same and takes twenty times as long to set up."""

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], Found]) -> None:
        self._make: Callable[[], Found] | None = make
        self._found: Found

    def __call__(self) -> Found:
        if self._make is not None:
            self._found = self._make()
            self._make = None
        return self._found
