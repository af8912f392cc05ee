"""All books of the store for the length of one transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from netctl.model.moments import Clock
from netctl.store.accounts import Accounts
from netctl.store.attempts import Attempts
from netctl.store.audit import Audit
from netctl.store.auditpages import AuditPages
from netctl.store.changes import Changes
from netctl.store.keys import Keys
from netctl.store.leases import Leases
from netctl.store.marks import Marks
from netctl.store.names import NamesSeen
from netctl.store.outbox import Outbox
from netctl.store.plans import Plans
from netctl.store.problems import Problems
from netctl.store.review import Review
from netctl.store.rollout import Rollout
from netctl.store.sessions import Sessions
from netctl.store.silences import Silences
from netctl.store.starts import Starts
from netctl.store.tokens import Tokens
from netctl.store.traces import Traces
from netctl.store.users import Users
from netctl.store.watch import Watch
from netctl.store.workers import Workers
from netctl.store.writers import Writers
from netctl.store.zones import Zones


class Books:
    """What is read and written together; never kept beyond the ``with`` that gave it."""

    def __init__(self, connection: Connection, clock: Clock, os_user: str) -> None:
        self.now = clock
        self.audit = Audit(connection, clock, os_user)
        self.audit_pages = AuditPages(connection)
        self.users = Users(connection, clock, self.audit)
        self.accounts = Accounts(connection, clock, self.audit)
        self.sessions = Sessions(connection, clock, self.audit)
        self.tokens = Tokens(connection, clock, self.audit)
        self.attempts = Attempts(connection, clock)
        self.plans = Plans(connection)
        self.changes = Changes(connection, clock, self.audit, self.plans)
        self.rollout = Rollout(connection, clock, self.audit)
        self.traces = Traces(connection)
        self.review = Review(connection, clock, self.audit)
        self.starts = Starts(connection, clock, self.audit)
        self.silences = Silences(connection, clock, self.audit)
        self.problems = Problems(connection, clock, self.audit, self.silences)
        self.outbox = Outbox(connection, clock)
        self.leases = Leases(connection, clock)
        self.workers = Workers(connection, clock)
        self.watch = Watch(connection, clock)
        self.marks = Marks(connection, clock)
        self.zones = Zones(connection, clock, self.audit)
        self.keys = Keys(connection)
        self.writers = Writers(connection, clock, self.audit)
        self.names = NamesSeen(connection, self.zones)
