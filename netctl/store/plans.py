"""Plans by digest: the store's own copy of what was proposed, checked whenever it is read (safety law 4)."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Connection, insert, select

from netctl.errors import PlanTampered
from netctl.model.moments import Clock, stamp
from netctl.model.plan import Plan
from netctl.store import tables


class Plans:
    """The plans within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def keep(self, plan: Plan) -> str:
        """Keep a plan and return its digest; one that is kept already is left alone."""
        digest = plan.digest
        if digest not in self:
            values = {"digest": digest, "content": packed(plan.as_dict()), "created_at": stamp(self._clock())}
            self._connection.execute(insert(tables.plans).values(values))
        return digest

    def __contains__(self, digest: str) -> bool:
        query = select(tables.plans.c.digest).where(tables.plans.c.digest == digest)
        return self._connection.execute(query).first() is not None

    def get(self, digest: str) -> Plan:
        """The plan with this digest; raises `PlanTampered` where the copy is gone or is another one."""
        content = self._connection.execute(
            select(tables.plans.c.content).where(tables.plans.c.digest == digest)
        ).scalar_one_or_none()
        if content is None:
            raise PlanTampered("the store's copy of the plan is gone", where=f"plan {digest[:12]}")
        try:
            plan = Plan.from_dict(unpacked(content))
        except (ValueError, TypeError, zlib.error, RecursionError) as error:
            raise PlanTampered(
                f"the store's copy of the plan is damaged: {error}", where=f"plan {digest[:12]}"
            ) from error
        if plan.digest != digest:
            raise PlanTampered("the store's copy is not the plan that was proposed", where=f"plan {digest[:12]}")
        return plan


def packed(data: Any) -> bytes:
    """Canonical JSON, compressed: rendered configurations shrink some twentyfold."""
    return zlib.compress(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), 3)


def unpacked(content: bytes) -> Any:
    """What `packed` was given."""
    return json.loads(zlib.decompress(content))
