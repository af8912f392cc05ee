"""What routers held over time; a text that comes back is kept once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from netctl.model.artefact import Part, RunningState
from netctl.model.watch import KeptConfiguration
from netctl.store.plans import packed, unpacked
from netctl.store.tables import watch as tables

# Asked for every router's page, and therefore made once.
_OF = (
    select(tables.configurations)
    .where(tables.configurations.c.target == bindparam("target"))
    .order_by(tables.configurations.c.number.desc())
    .limit(bindparam("most"))
)


class Configurations:
    """The configurations within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, target: str, most: int) -> tuple[KeptConfiguration, ...]:
        """What one router held, newest first."""
        return tuple(_noun(row) for row in self._connection.execute(_OF, {"target": target, "most": most}))

    def last(self) -> dict[str, KeptConfiguration]:
        """The one kept last of every router."""
        kept = tables.configurations.c
        newest = select(func.max(kept.number)).group_by(kept.target)
        query = select(tables.configurations).where(kept.number.in_(newest))
        return {row.target: _noun(row) for row in self._connection.execute(query)}

    def text(self, target: str, digest: str) -> RunningState | None:
        """One that a router held, by its digest."""
        kept, texts = tables.configurations.c, tables.configuration_texts.c
        query = (
            select(kept.platform, texts.content)
            .join(tables.configuration_texts, texts.digest == kept.digest)
            .where(kept.target == target, kept.digest == digest)
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return RunningState(target, row.platform, tuple(Part(name, text) for name, text in unpacked(row.content)))

    def keep(self, state: RunningState, at: str, change: str) -> None:
        """Keep what a router holds since `at`; nothing where that is what is kept last."""
        digest = state.digest
        last = self.of(state.target, 1)
        if last and last[0].digest == digest:
            return
        texts = tables.configuration_texts
        if self._connection.execute(select(texts.c.digest).where(texts.c.digest == digest)).first() is None:
            content = packed([[part.name, part.text] for part in state.parts])
            self._connection.execute(insert(texts).values(digest=digest, content=content))
        values = {"target": state.target, "at": at, "digest": digest, "platform": state.platform, "change": change}
        self._connection.execute(insert(tables.configurations).values(values))

    def drop_before(self, at: str) -> None:
        """Forget what was kept before `at`, but the last one of each router."""
        kept, texts = tables.configurations.c, tables.configuration_texts.c
        if self._connection.execute(select(kept.number).where(kept.at < at).limit(1)).first() is None:
            return
        newest = select(func.max(kept.number)).group_by(kept.target)
        self._connection.execute(delete(tables.configurations).where(kept.at < at, kept.number.not_in(newest)))
        self._connection.execute(delete(tables.configuration_texts).where(texts.digest.not_in(select(kept.digest))))


def _noun(row: Any) -> KeptConfiguration:
    return KeptConfiguration(row.target, row.at, row.digest, row.change)
