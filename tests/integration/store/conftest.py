"""A store whose clock stands until a test moves it; files that need another one have their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from timepiece import Timepiece

from netctl.store import Store


@pytest.fixture
def clock() -> Timepiece:
    return Timepiece()


@pytest.fixture
def store(store_url: str, clock: Timepiece) -> Iterator[Store]:
    with Store.open(store_url, create=True, clock=clock) as opened:
        yield opened
