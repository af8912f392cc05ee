"""A clock that tests set, and the moment it begins at."""

from datetime import UTC, datetime

BEGIN = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Timepiece:
    """What a store takes for its clock."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now
