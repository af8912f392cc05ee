"""Plans by digest: the store's own copy of what was proposed, checked whenever it is read (safety law 4)."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, insert, select

from netctl.errors import PlanTampered
from netctl.model.counts import TargetCount
from netctl.model.plan import SEVERITIES, DiffLine, Plan
from netctl.store import tables


class PlanCopy(NamedTuple):
    """A plan as it is kept. Making one takes seconds for a plan of thousands of routers: do it before you write."""

    digest: str
    content: bytes  # zlib over the canonical JSON that the digest is over
    created_at: str
    targets: TargetCount = TargetCount()
    worst: str = ""  # the gravest severity of its findings, "" for none
    organisations: frozenset[str] = frozenset()  # whose routers it is about, "" for the backbone

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """The copy of a plan."""
        canonical = plan.canonical()
        return cls(
            digest=hashlib.sha256(canonical).hexdigest(),
            content=zlib.compress(canonical, 3),
            created_at=plan.created_at,
            targets=TargetCount.of(plan.targets),
            worst=max((finding.severity for finding in plan.findings), key=SEVERITIES.index, default=""),
            organisations=frozenset(target.organisation for target in plan.targets),
        )


class Plans:
    """The plans within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._owners: dict[str, frozenset[str]] | None = None

    def keep(self, plan: Plan | PlanCopy) -> str:
        """Keep a plan and return its digest; one that is kept already is left alone."""
        copy = PlanCopy.of(plan) if isinstance(plan, Plan) else plan
        if copy.digest not in self:
            values = {"digest": copy.digest, "content": copy.content, "created_at": copy.created_at}
            self._connection.execute(insert(tables.plans).values(values))
            outline = {"digest": copy.digest, "worst": copy.worst, **copy.targets._asdict()}
            self._connection.execute(insert(tables.review.plan_outlines).values(outline))
            self._owners = None
            if copy.organisations:
                owners = [{"digest": copy.digest, "organisation": each} for each in sorted(copy.organisations)]
                self._connection.execute(insert(tables.accounts.plan_organisations), owners)
        return copy.digest

    def __contains__(self, digest: str) -> bool:
        query = select(tables.plans.c.digest).where(tables.plans.c.digest == digest)
        return self._connection.execute(query).first() is not None

    def organisations(self, digest: str) -> frozenset[str]:
        """Whose routers a plan is about, "" for the backbone; nobody's where that was not kept."""
        owners = tables.accounts.plan_organisations.c
        query = select(owners.organisation).where(owners.digest == digest)
        return frozenset(self._connection.execute(query).scalars())

    def owners(self) -> dict[str, frozenset[str]]:
        """`organisations` of every plan, by digest; read once, for a page asks about several steps."""
        if self._owners is None:
            found: dict[str, set[str]] = defaultdict(set)
            for digest, organisation in self._connection.execute(select(tables.accounts.plan_organisations)):
                found[digest].add(organisation)
            self._owners = {digest: frozenset(each) for digest, each in found.items()}
        return self._owners

    def check(self, digest: str) -> None:
        """Nothing, while the copy is what was proposed; raises `PlanTampered` where it is gone or altered."""
        self._read(digest)

    def get(self, digest: str) -> Plan:
        """The plan with this digest; raises as `check` does."""
        canonical, created_at = self._read(digest)
        return Plan.from_dict(json.loads(canonical) | {"created_at": created_at})

    def without_renderings(self, digest: str) -> Plan:
        """The plan for people to read, in a fraction of the time: nothing of what would be sent to routers is in it.

        It was checked as a whole; as it is, its own digest would be another one. Raises as `check` does.
        """
        canonical, created_at = self._read(digest)
        data = json.loads(canonical)
        known: dict[tuple[tuple[object, ...], ...], tuple[DiffLine, ...]] = {}  # one difference of many routers is one
        diffs = []
        for target in data["targets"]:
            key = tuple(tuple(line.values()) for line in target["diff"])
            if key not in known:
                known[key] = tuple(DiffLine(**line) for line in target["diff"])
            diffs.append(known[key])
            target |= {"intended": (), "drained": (), "drain": (), "diff": ()}
        plan = Plan.from_dict(data | {"created_at": created_at})
        targets = tuple(replace(target, diff=diff) for target, diff in zip(plan.targets, diffs, strict=True))
        return replace(plan, targets=targets)

    def _read(self, digest: str) -> tuple[bytes, str]:
        where = f"plan {digest[:16]}"
        query = select(tables.plans.c.content, tables.plans.c.created_at).where(tables.plans.c.digest == digest)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise PlanTampered("the store's copy of the plan is gone", where=where)
        try:
            canonical = zlib.decompress(row.content)
        except (TypeError, zlib.error) as error:
            raise PlanTampered("the store's copy of the plan is damaged", where=where) from error
        if hashlib.sha256(canonical).hexdigest() != digest:
            raise PlanTampered("the store's copy is not the plan that was proposed", where=where)
        return canonical, row.created_at


def owners_in_words(organisations: Iterable[str]) -> str:
    """Organisations as the audit log tells them; the backbone, which is nobody's, is ``-``."""
    return " ".join(sorted(each or "-" for each in organisations))


def packed(data: Any) -> bytes:
    """JSON, compressed: configurations shrink some twentyfold."""
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpacked(content: bytes) -> Any:
    """What `packed` was given."""
    return json.loads(zlib.decompress(content))
