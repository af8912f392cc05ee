"""People and their roles. Every step is in the audit log with the person who did it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from netctl.errors import LastAdmin, UnknownUser, UserExists, UserNameInvalid
from netctl.model.moments import Clock, stamp
from netctl.model.people import ROLES, Grant, User
from netctl.store import tables
from netctl.store.audit import Audit

# What Debian's adduser takes, and directory services add to it; one spelling only, so that nobody is two people.
_NAME = re.compile(r"[a-z_][a-z0-9_.-]{0,31}\Z")
_ORGANISATION = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,62})?\Z")  # "" for the whole network
_ADMIN = Grant("admin")
# Asked several times for every page, and therefore made once, and one statement.
_ONE = (
    select(tables.users.c.created_at, tables.grants.c.role, tables.grants.c.organisation)
    .select_from(tables.users.outerjoin(tables.grants, tables.grants.c.user_name == tables.users.c.name))
    .where(tables.users.c.name == bindparam("name"))
    .order_by(tables.grants.c.role, tables.grants.c.organisation)
)


class Users:
    """The users within one transaction."""

    def __init__(self, connection: Connection, clock: Clock, audit: Audit) -> None:
        self._connection = connection
        self._clock = clock
        self._audit = audit

    def get(self, name: str) -> User:
        """One user; raises `UnknownUser`."""
        rows = self._connection.execute(_ONE, {"name": name}).all() if _NAME.match(name) else ()
        if rows:
            grants = tuple(Grant(row.role, row.organisation) for row in rows if row.role is not None)
            return User(name, grants, rows[0].created_at)
        raise UnknownUser(f"no user named {name!r}")

    def all(self) -> tuple[User, ...]:
        """Everybody, by name."""
        return self._select()

    def empty(self) -> bool:
        """True until the first user is added."""
        return not self._connection.execute(select(func.count()).select_from(tables.users)).scalar()

    def add(self, name: str, grants: Iterable[Grant], actor: str) -> User:
        """A new user; raises `UserExists`, or `UserNameInvalid` for a name or role that cannot be."""
        wanted = _checked(grants)
        if not _NAME.match(name):
            hint = "use the operating system's name: lower-case letters, digits, `_`, `-` and `.`, at most 32"
            raise UserNameInvalid(f"{name!r} cannot be a user's name", hint=hint)
        if self._select(name):
            raise UserExists(f"there is a user named {name!r} already")
        self._connection.execute(insert(tables.users).values(name=name, created_at=stamp(self._clock())))
        self._audit.append(actor, "user.add", name, {"roles": _words(wanted)})
        for grant in wanted:
            self._insert(name, grant)
        return self.get(name)

    def grant(self, name: str, grants: Iterable[Grant], actor: str) -> User:
        """Give roles; those the user has already change nothing."""
        user = self.get(name)
        new = tuple(grant for grant in _checked(grants) if grant not in user.grants)
        for grant in new:
            self._insert(name, grant)
        if new:
            self._audit.append(actor, "user.grant", name, {"roles": _words(new)})
        return self.get(name)

    def revoke(self, name: str, grants: Iterable[Grant], actor: str) -> User:
        """Take roles; raises `LastAdmin` where nobody could manage users any more."""
        user = self.get(name)
        gone = tuple(grant for grant in _checked(grants) if grant in user.grants)
        if _ADMIN in gone and not any(_ADMIN in other.grants for other in self.all() if other.name != name):
            raise LastAdmin(f"{name} is the only admin")
        for grant in gone:
            self._connection.execute(
                delete(tables.grants).where(
                    tables.grants.c.user_name == name,
                    tables.grants.c.role == grant.role,
                    tables.grants.c.organisation == grant.organisation,
                )
            )
        if gone:
            self._audit.append(actor, "user.revoke", name, {"roles": _words(gone)})
        return self.get(name)

    def _insert(self, name: str, grant: Grant) -> None:
        values = {"user_name": name, "role": grant.role, "organisation": grant.organisation}
        self._connection.execute(insert(tables.grants).values(values))

    def _select(self, name: str = "") -> tuple[User, ...]:
        people = select(tables.users).order_by(tables.users.c.name)
        roles = select(tables.grants).order_by(tables.grants.c.role, tables.grants.c.organisation)
        if name:
            people = people.where(tables.users.c.name == name)
            roles = roles.where(tables.grants.c.user_name == name)
        held: dict[str, list[Grant]] = defaultdict(list)
        for row in self._connection.execute(roles):
            held[row.user_name].append(Grant(row.role, row.organisation))
        return tuple(User(row.name, tuple(held[row.name]), row.created_at) for row in self._connection.execute(people))


def _checked(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    wanted = tuple(dict.fromkeys(grants))
    for grant in wanted:
        if grant.role not in ROLES:
            raise UserNameInvalid(f"there is no role {grant.role!r}", hint=f"roles: {', '.join(ROLES)}")
        if not _ORGANISATION.match(grant.organisation):
            raise UserNameInvalid(f"{grant.organisation!r} cannot be an organisation's name", hint="as in inventory/")
    return wanted


def _words(grants: tuple[Grant, ...]) -> str:
    return ", ".join(map(str, grants))
