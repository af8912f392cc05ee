"""Which primary writes, held against what the audit log tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netctl.model.audit import AuditEntry
from netctl.store.books import Books


@dataclass(slots=True)
class _Told:
    """One promotion as the log tells it."""

    told_at: int
    server: str
    as_declared: bool
    losing: str
    state: str = "begun"
    owed: str = ""


class WriterStory:
    """Promotions, as the log tells them."""

    def __init__(self) -> None:
        self._of: dict[str, _Told] = {}

    def tell(self, entry: AuditEntry) -> None:
        """One more entry about a promotion; its steps and who goes on with it are none of this."""
        told, number = entry.detail, entry.detail["number"]
        if entry.action == "promotion.begin":
            declared = "as_declared" in told
            self._of[number] = _Told(entry.number, entry.subject, declared, told.get("losing", ""))
        elif entry.action in ("promotion.done", "promotion.given-up") and number in self._of:
            found = self._of[number]
            found.told_at, found.owed = entry.number, told.get("owed", "")
            found.state = entry.action.removeprefix("promotion.").replace("-", "_")

    def contradictions(self, books: Books) -> Iterator[tuple[int, str]]:
        """(entry, what is wrong) for every promotion that is not as the log tells."""
        for held in books.writers.all():
            told = self._of.pop(str(held.number), None)
            if told is None:
                yield 0, f"nothing tells of the promotion of {held.server}"
                continue
            here = (held.server, held.as_declared, held.state, ", ".join(held.losing), ", ".join(held.owed))
            if here != (told.server, told.as_declared, told.state, told.losing, told.owed):
                yield told.told_at, f"the promotion of {held.server} is not what the log tells of"
        for told in self._of.values():
            yield told.told_at, f"the log tells of a promotion of {told.server}, which is gone"
