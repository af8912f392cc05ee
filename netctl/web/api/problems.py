"""Operations about problems and silences."""

from __future__ import annotations

from netctl.control.watching import problems
from netctl.model.moments import stamp
from netctl.web.api.nouns import (
    NumberedAsked,
    ProblemDetail,
    Problems,
    ProblemsAsked,
    ReasonAsked,
    SilenceAsked,
    SilenceGiven,
    Silences,
)
from netctl.web.api.operation import Operation
from netctl.web.api.paging import number_of, page_of
from netctl.web.context import here, user


def list_problems(asked: ProblemsAsked) -> Problems:
    """One page of problems, newest first."""
    store = here().store
    state = "" if asked.state == "all" else asked.state
    # Closed ones are many, and come in pages from the store; open ones are few, and all of them are there anyway.
    last = number_of(asked.after)
    before = f"P-{last:06}" if last and asked.state != "open" else ""
    most = asked.limit + 1 if not asked.severity else _MOST
    found = problems.listing(store, user=user(), state=state, most=most, before=before)
    newest = sorted(found, key=lambda problem: -number_of(problem.id))
    wanted = [
        problem
        for problem in newest
        if (not last or number_of(problem.id) < last) and asked.severity in ("", problem.severity)
    ]
    items, following = page_of(wanted, asked.limit, lambda problem: problem.id)
    return Problems(items=items, next=following)


def get_problem(problem: str) -> ProblemDetail:
    """One problem."""
    found = problems.show(here().store, problem, user=user())
    return ProblemDetail(problem=found.problem, targets=found.targets, suspects=found.suspects)


def acknowledge(problem: str, body: ReasonAsked) -> ProblemDetail:
    """Say that one knows of a problem, and what one does about it."""
    store = here().store
    problems.acknowledge(store, problem, user=user(), reason=body.reason)
    return get_problem(problem)


def list_silences(asked: NumberedAsked) -> Silences:
    """One page of silences, newest first."""
    at = here()
    last = number_of(asked.after)
    found = problems.silences(at.store, at.declared.network(), user=user())
    wanted = (silence for silence in found if not last or number_of(silence.id) < last)
    items, following = page_of(wanted, asked.limit, lambda silence: silence.id)
    return Silences(items=items, next=following)


def silence(body: SilenceAsked) -> SilenceGiven:
    """Let something make no noise for a while."""
    at = here()
    found = problems.silence(
        at.store,
        at.declared.network(),
        body.subject,
        body.code,
        user=user(),
        reason=body.reason,
        until=stamp(body.until),
    )
    return SilenceGiven(silence=found)


def end_silence(silence: str, body: ReasonAsked) -> SilenceGiven:
    """Let it make noise again."""
    at = here()
    found = problems.end_silence(at.store, at.declared.network(), silence, user=user(), reason=body.reason)
    return SilenceGiven(silence=found)


_MOST = 5000  # closed problems that are looked through for those of one severity

OPERATIONS = (
    Operation(
        "GET",
        "/problems",
        "list_problems",
        "show",
        list_problems,
        "Problems",
        Problems,
        ProblemsAsked,
        kept="for the same roles",
    ),
    Operation("GET", "/problems/<problem>", "get_problem", "show", get_problem, "One problem", ProblemDetail),
    Operation(
        "POST",
        "/problems/<problem>/acknowledge",
        "acknowledge_problem",
        "acknowledge",
        acknowledge,
        "Say that one knows of a problem",
        ProblemDetail,
        body=ReasonAsked,
    ),
    Operation("GET", "/silences", "list_silences", "show", list_silences, "Silences", Silences, NumberedAsked),
    Operation(
        "POST",
        "/silences",
        "add_silence",
        "acknowledge",
        silence,
        "Silence a router, site or line for a while",
        SilenceGiven,
        body=SilenceAsked,
        status=201,
    ),
    Operation(
        "POST",
        "/silences/<silence>/end",
        "end_silence",
        "acknowledge",
        end_silence,
        "End a silence before its time",
        SilenceGiven,
        body=ReasonAsked,
    ),
)
