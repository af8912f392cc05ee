"""How problems come and go: what a round found to be the causes of everything that is not well, and what is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from netctl.model.plan import Severity
from netctl.model.watch import Problem, Service, SubjectKind

SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")  # the worst first

AlertKind = Literal["opened", "escalated", "closed"]

_SYMPTOMS_TOLD = 20


def rank(severity: str) -> int:
    """0 for the worst; rises as severity falls."""
    return SEVERITIES.index(severity)


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong in the network now, with every reason of every router that follows from it.

    `targets` are the routers that show it, `places` the names a silence may be about: the subject, and the site it
    belongs to.
    """

    key: str
    code: str
    service: Service
    severity: Severity
    kind: SubjectKind
    subject: str
    organisation: str
    detail: str
    symptoms: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What must be written so that open problems and present causes are the same: one problem for each cause."""

    opened: tuple[Cause, ...]
    changed: tuple[tuple[Problem, Cause], ...]
    closed: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told outside: a problem as it stood when it opened, grew worse or ended. Plain data."""

    event: AlertKind
    at: str
    id: str
    code: str
    service: Service
    severity: Severity
    kind: SubjectKind
    subject: str
    organisation: str
    detail: str
    symptoms: tuple[str, ...]  # the first few
    symptom_count: int
    opened_at: str

    @classmethod
    def of(cls, event: AlertKind, at: str, problem: Problem) -> Self:
        """What is told of a problem as it stands now."""
        return cls(
            event=event,
            at=at,
            id=problem.id,
            code=problem.code,
            service=problem.service,
            severity=problem.severity,
            kind=problem.kind,
            subject=problem.subject,
            organisation=problem.organisation,
            detail=problem.detail,
            symptoms=problem.symptoms[:_SYMPTOMS_TOLD],
            symptom_count=problem.symptom_count,
            opened_at=problem.opened_at,
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """One alert on its way to one sink: `tries` have failed so far, the last with `error`."""

    number: int
    sink: str
    alert: Alert
    tries: int
    error: str


@dataclass(frozen=True, slots=True)
class SinkTrouble:
    """A sink that did not take what it was given for a while."""

    sink: str
    waiting: int
    tries: int
    error: str
