"""Who may take which step. Roles do not contain each other, but for this: whoever has a role may look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from netctl.errors import NotAllowed
from netctl.model.accounts import TokenScope
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
    "promote",
    "acknowledge",
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
    "promote": ("operator",),
    "acknowledge": ("operator", "admin"),
    "read the audit log": ("auditor", "admin"),
    "manage users": ("admin",),
}

# What changes nothing.
READ_STEPS: frozenset[Step] = frozenset({"show", "read the audit log"})

# Four eyes are people's (safety law 5): what a program holds may be somebody else's by now, so no token decides.
PERSONAL_STEPS: frozenset[Step] = frozenset({"approve", "reject", "ask", "manage users"})

# What a program's token may at most, whatever its person may. Stopping is the safe side, so it is in `work`.
_WORK_STEPS: frozenset[Step] = READ_STEPS.union(("propose", "comment", "acknowledge", "stop"))
TOKEN_STEPS: Mapping[TokenScope, frozenset[Step]] = {
    "read": READ_STEPS,
    "work": _WORK_STEPS,
    "push": _WORK_STEPS.union(("push", "resume", "rollback", "promote")),
}

# In the dashboard these take somebody who proved who they are a short while ago: an unattended screen decides nothing.
# Stopping is not among them: whoever sees a push go wrong must not look for a password first.
FRESH_STEPS: frozenset[Step] = frozenset(
    {"approve", "reject", "ask", "push", "resume", "rollback", "promote", "manage users"}
)  # fmt: skip


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


def permit(user: User, step: Step, organisations: frozenset[str], *, where: str = "") -> None:
    """Nothing, or `NotAllowed` unless the user may take the step for the routers of all these organisations.

    "" stands for the backbone, and no organisation at all for what nobody knows: both take a role for the whole
    network. What is refused is not described: it may be none of the user's business.
    """
    reached = reach(user, step)
    if reached is None or reaches(reached, organisations):
        return
    held = ", ".join(sorted(reached))
    hint = f"an admin can say `netctl users grant {user.name} --role {ROLES_FOR[step][0]}`"
    raise NotAllowed(f"{user.name} may {step} for {held} only, and this reaches further", where=where, hint=hint)


def reaches(reached: frozenset[str] | None, organisations: frozenset[str]) -> bool:
    """True where all of what `organisations` own lies within a reach."""
    return reached is None or (bool(organisations) and organisations <= reached)


def steps_of(user: User) -> frozenset[Step]:
    """The steps the user may take, for the whole network or for a part of it."""
    held = {grant.role for grant in user.grants}
    return frozenset(step for step, wanted in ROLES_FOR.items() if not held.isdisjoint(wanted))
