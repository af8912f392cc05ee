"""Who may take which step. Roles do not contain each other, but for this: whoever has a role may look."""

from __future__ import annotations

from typing import Literal

from netctl.errors import NotAllowed
from netctl.model.people import ROLES, Role, User

Step = Literal[
    "show",
    "propose",
    "comment",
    "approve",
    "reject",
    "ask",
    "push",
    "resume",
    "stop",
    "rollback",
    "read the audit log",
    "manage users",
]

# An admin manages people, and may read what was done with that; changes are not an admin's business.
ROLES_FOR: dict[Step, tuple[Role, ...]] = {
    "show": ROLES,
    "propose": ("author",),
    "comment": ("author", "approver", "operator"),
    "approve": ("approver",),
    "reject": ("approver",),
    "ask": ("approver",),
    "push": ("operator",),
    "resume": ("operator",),
    "stop": ("operator",),
    "rollback": ("operator",),
    "read the audit log": ("auditor", "admin"),
    "manage users": ("admin",),
}


def allowed(user: User, step: Step) -> bool:
    """True where one of the user's roles includes the step."""
    return not user.roles.isdisjoint(ROLES_FOR[step])


def require(user: User, step: Step) -> None:
    """Nothing, or `NotAllowed` naming the roles that would do."""
    if not allowed(user, step):
        wanted = " or ".join(ROLES_FOR[step])
        held = ", ".join(sorted(user.roles)) or "no role"
        hint = f"an admin can say `netctl users grant {user.name} --role {ROLES_FOR[step][0]}`"
        raise NotAllowed(f"{user.name} ({held}) may not {step}: that takes {wanted}", hint=hint)


def reach(user: User, step: Step) -> frozenset[str] | None:
    """The organisations for whose routers the user may take the step; `None` for the whole network.

    Raises `NotAllowed` where there is none.
    """
    if allowed(user, step):
        return None
    found = frozenset(grant.organisation for grant in user.grants if grant.role in ROLES_FOR[step])
    if not found:
        require(user, step)
    return found
