"""What netctl remembers: users, plans, changes, receipts, and the audit log. The only room that knows SQLAlchemy.

>>> with Store.open("sqlite:////var/lib/netctl/netctl.db", create=True) as store:  # doctest: +SKIP
...     with store.writing() as books:
...         books.users.all()
"""

from __future__ import annotations

from netctl.store.books import Books
from netctl.store.database import Store
from netctl.store.receipts import Receipts
from netctl.store.workers import WorkerSeen

__all__ = ["Books", "Receipts", "Store", "WorkerSeen"]
