"""The operation that reads the audit log."""

from __future__ import annotations

from datetime import datetime

from msgspec import UnsetType

from netctl.control.records import pages as auditpages
from netctl.control.records.pages import AuditFilter
from netctl.errors import QueryRefused
from netctl.model.moments import stamp
from netctl.web.api.nouns import AuditAsked, AuditGiven
from netctl.web.api.operation import Operation
from netctl.web.api.paging import number_of
from netctl.web.context import here, user


def list_audit(asked: AuditAsked) -> AuditGiven:
    """One page of entries, oldest first."""
    wanted = AuditFilter(
        asked.actor, asked.subject, asked.device, asked.action, _moment(asked.since), _moment(asked.until)
    )
    page = auditpages.page(here().store, user=user(), wanted=wanted, behind=number_of(asked.after), limit=asked.limit)
    return AuditGiven(items=page.entries, next=str(page.behind) if page.behind else "")


def _moment(at: datetime | UnsetType) -> str:
    try:
        return "" if isinstance(at, UnsetType) else stamp(at)
    except OverflowError as error:  # the first and the last day there are, seen from elsewhere
        raise QueryRefused(f"{at} is no moment in UTC") from error


OPERATIONS = (
    Operation(
        "GET",
        "/audit",
        "list_audit",
        "read the audit log",
        list_audit,
        "Who did what when",
        AuditGiven,
        AuditAsked,
    ),
)
