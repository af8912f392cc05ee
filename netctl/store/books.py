"""All books of the store for the length of one transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from netctl.model.moments import Clock
from netctl.store.audit import Audit
from netctl.store.changes import Changes
from netctl.store.leases import Leases
from netctl.store.plans import Plans
from netctl.store.rollout import Rollout
from netctl.store.users import Users
from netctl.store.workers import Workers


class Books:
    """What is read and written together; never kept beyond the ``with`` that gave it."""

    def __init__(self, connection: Connection, clock: Clock, os_user: str) -> None:
        self.now = clock
        self.audit = Audit(connection, clock, os_user)
        self.users = Users(connection, clock, self.audit)
        self.plans = Plans(connection)
        self.changes = Changes(connection, clock, self.audit, self.plans)
        self.rollout = Rollout(connection, clock, self.audit)
        self.leases = Leases(connection, clock)
        self.workers = Workers(connection, clock)
