"""A second person's word on a change, bound to the digest they looked at (safety laws 4 and 5)."""

from __future__ import annotations

from netctl.change import steps
from netctl.errors import StaleApproval
from netctl.model.change import Change
from netctl.store import Store

SHORTEST_DIGEST = 16  # hex digits; fewer could be met by chance, or by work


def approve(store: Store, change: str, *, user: str, digest: str, reason: str = "") -> Change:
    """The change with this approval. `digest` is the plan's, or its first sixteen digits or more.

    Raises `SelfApproval`, `StaleApproval`, `NotAllowed`, `WrongState` or `PlanTampered`.
    """
    return steps.approve(store, change, user=user, digest=_whole(store, change, digest), reason=reason)


def reject(store: Store, change: str, *, user: str, digest: str, reason: str = "") -> Change:
    """The change, refused for good; raises as `approve` does."""
    return steps.reject(store, change, user=user, digest=_whole(store, change, digest), reason=reason)


def ask(store: Store, change: str, *, user: str, digest: str, reason: str) -> Change:
    """The change back with its author, who may revise it; raises as `approve` does."""
    return steps.ask(store, change, user=user, digest=_whole(store, change, digest), reason=reason)


def _whole(store: Store, change: str, digest: str) -> str:
    with store.reading() as books:
        current = books.changes.get(change).plan_digest
    if len(digest) < SHORTEST_DIGEST:
        told = f"a digest needs {SHORTEST_DIGEST} digits at least, {digest!r} has {len(digest)}"
        raise StaleApproval(told, where=change)
    return current if current.startswith(digest.lower()) else digest
