"""Who may do what: users are operating-system users, roles are what they were given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "operator", "author", "approver", "auditor", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, for the whole network or ("" otherwise) for the routers of one organisation."""

    role: Role
    organisation: str = ""

    def __str__(self) -> str:
        return f"{self.role}@{self.organisation}" if self.organisation else self.role


@dataclass(frozen=True, slots=True)
class User:
    """A person. `name` is the name the operating system knows, in lower case, so that nobody has two spellings."""

    name: str
    grants: tuple[Grant, ...]
    created_at: str

    @property
    def roles(self) -> frozenset[Role]:
        """Roles that hold for the whole network."""
        return frozenset(grant.role for grant in self.grants if not grant.organisation)
