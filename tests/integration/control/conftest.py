"""The reference network with rounds that could have been, in a store of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from netctl.control.network.atlas import Atlas
from netctl.model.people import Grant
from netctl.store import Store
from networks import reference
from seeds import Seeds
from stores import fresh


@dataclass
class Watching:
    """A store whose clock stands still until somebody moves it; `noc` sees everything, `rita` the rivers only."""

    store: Store
    seeds: Seeds
    atlas: Atlas
    now: list[datetime]

    def rounds(self, count: int = 2, **broken: object) -> None:
        """More rounds, the last of which has just ended."""
        self.now[0] += timedelta(seconds=30 * count)
        self.seeds.rounds(self.store, self.now[0], count, **broken)

    def wait(self, seconds: float) -> None:
        """Nobody looks for a while."""
        self.now[0] += timedelta(seconds=seconds)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    now = [datetime(2026, 11, 22, 5, 40, tzinfo=UTC)]
    store = Store.open(fresh(tmp_path / "netctl.db"), clock=lambda: now[0])
    with store.writing() as books:
        books.users.add("noc", [Grant("viewer"), Grant("operator")], "noc")
        books.users.add("rita", [Grant("viewer", "rivers")], "noc")
    yield Watching(store, Seeds(reference()), Atlas(reference()), now)
    store.close()
