"""``/problems``: what is wrong, since when, what follows from it, what we changed just before, and who knows of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.watching import problems as use_case
from netctl.control.watching.problems import ProblemView
from netctl.errors import NetctlError, NetworkError, SilentReasonMissing, WordsRefused
from netctl.model.watch import Problem, ProblemState
from netctl.web import naming
from netctl.web.context import here, user
from netctl.web.kept import kept
from netctl.web.problem_words import durations, place_of, standing_of, title
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer, shown
from netctl.web.telling import told
from netctl.web.words import t, t_or

pages = Pages("problems")

PAGE = 500  # closed problems that one page's table holds
_FIRST = 20  # symptoms that the page of a problem shows by itself


def _say_service(value: Any) -> str:
    return t(f"service-{value}".replace("_", "-"))


def _say_standing(value: Any) -> str:
    return t(f"problems-standing-{value}")


def _say_organisation(value: Any) -> str:
    return naming.organisation(str(value)) if value else t("problems-backbone")


def _href(row: Any) -> str:
    return f"/problems/{row['id']}"


COLUMNS = (
    Column("id", "link", href=_href, word="problems-column-id", phone=False),
    Column("severity", "severity", filter="choice", word="problems-column-severity"),
    Column("code", "words", href=_href, filter="choice", word="problems-column-code", say=title),
    Column("subject", href=lambda row: place_of(row["kind"], row["subject"]), word="problems-column-subject"),
    Column("service", "words", filter="choice", word="problems-column-service", say=_say_service, phone=False),
    Column("opened_at", "moment", word="problems-column-opened"),
    Column("standing", "words", filter="choice", word="problems-column-standing", say=_say_standing),
    Column("detail", word="problems-column-detail", say=told, phone=False, sort=False),
    Column("symptoms", "number", word="problems-column-symptoms", phone=False),
    Column(
        "organisation",
        "words",
        filter="choice",
        word="problems-column-organisation",
        say=naming.organisation,
        phone=False,
    ),
)
ENDED = (*COLUMNS[:6], Column("closed_at", "moment", word="problems-column-closed"), *COLUMNS[7:])


@pages.table("/problems", step="show")
@kept
def problems_page() -> ResponseReturnValue:
    """Open problems, or with ``?of=closed`` those that have ended."""
    state: ProblemState = "closed" if request.args.get("of") == "closed" else "open"
    before = request.args.get("before", "")
    found = use_case.listing(here().store, user=user(), state=state, most=PAGE, before=before)
    older = f"/problems?of=closed&before={found[-1].id}" if state == "closed" and len(found) == PAGE else ""
    columns, order = (ENDED, "-closed_at") if state == "closed" else (COLUMNS, "severity")
    table = Table(
        "problems", columns, [_row(each) for each in found], order, older=older, empty=f"problems-none-{state}"
    )
    tally = Counter(each.severity for each in found)
    part = "X-Netctl-Fragment" in request.headers
    return answer(table, "problems/table.html" if part else "problems/list.html", state=state, tally=tally)


@pages.get("/problems/<problem>", step="show")
def problem_page(problem: str) -> ResponseReturnValue:
    """One problem with everything known about it."""
    return _page(problem)


@pages.get("/problems/<problem>/facts", step="show")
@kept
def problem_facts(problem: str) -> ResponseReturnValue:
    """The part that every round may change."""
    return render_template("problems/facts.html", **_facts(use_case.show(here().store, problem, user=user())))


@pages.table("/problems/<problem>/symptoms", step="show")
def problem_symptoms(problem: str) -> ResponseReturnValue:
    """Everything that routers say because of it."""
    view = use_case.show(here().store, problem, user=user())
    table = Table(
        "problems-symptoms", _symptom_columns(view), [_symptom(each) for each in view.problem.symptoms], order="device"
    )
    return answer(table, "problems/symptoms.html", problem=view.problem, title=title)


@pages.post("/problems/<problem>/acknowledge", step="acknowledge")
def acknowledge_problem(problem: str) -> ResponseReturnValue:
    """Somebody says that they know of it."""
    try:
        found = use_case.acknowledge(here().store, problem, user=user(), reason=request.form.get("reason", ""))
    except (SilentReasonMissing, WordsRefused) as error:
        return _again(_page(problem, {"acknowledge": _told(error)}))
    return redirect(f"/problems/{found.id}", 303)


def _page(problem: str, errors: dict[str, str] | None = None) -> str:
    view = use_case.show(here().store, problem, user=user())
    facts = _facts(view)
    return render_template("problems/problem.html", **facts, errors=errors or {}, durations=durations())


def _facts(view: ProblemView) -> dict[str, Any]:
    problem = view.problem
    rows = [_symptom(each) for each in problem.symptoms[:_FIRST]]
    table = Table("problems-symptoms", _symptom_columns(view), rows, plain=True)
    return {
        "problem": problem,
        "view": view,
        "title": title,
        "owner": _say_organisation(problem.organisation),
        "standing": standing_of(problem),
        "place": place_of(problem.kind, problem.subject),
        "next": t_or(f"problems-next-{problem.code}", ""),
        "symptoms": shown(table),
        "more": len(problem.symptoms) - len(rows),
    }


def _row(problem: Problem) -> dict[str, Any]:
    return {
        "id": problem.id,
        "severity": problem.severity,
        "code": problem.code,
        "kind": problem.kind,
        "subject": problem.subject,
        "service": problem.service,
        "opened_at": problem.opened_at,
        "closed_at": problem.closed_at,
        "standing": standing_of(problem),
        "detail": problem.detail,
        "symptoms": problem.symptom_count,
        "organisation": problem.organisation,
    }


def _symptom(text: str) -> dict[str, str]:
    """``rivers-hq-r1 WATCH-BGP …`` in its three parts."""
    device, code, told = (*text.split(" ", 2), "", "")[:3]
    return {"device": device, "code": code, "told": told}


def _symptom_columns(view: ProblemView) -> tuple[Column, ...]:
    try:
        atlas = here().declared.atlas()
    except NetworkError:
        atlas = None

    def href(row: Any) -> str:
        name = row["device"]
        if atlas is not None and name not in atlas.network.devices:
            return place_of("service", name)
        return f"/devices/{name}" if atlas is None or atlas.sees(view.reach, name) else ""

    return (
        Column("device", "link", href=href, filter="text", word="problems-column-device"),
        Column("code", "words", filter="choice", word="problems-column-code", say=title),
        Column("told", word="problems-column-told", say=told, sort=False),
    )


def _told(error: NetctlError) -> str:
    return t_or(f"error-{error.code}", error.message)


def _again(page: str) -> Response:
    """A form that has to be filled in again."""
    return Response(page, status=422, mimetype="text/html")
