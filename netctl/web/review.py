"""``/changes/<id>``: a change as its reviewers read it, and what they leave on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from netctl.control.changes import review as use_case
from netctl.control.changes.decide import latin, spoken
from netctl.control.changes.review_group import AT_ONCE, GroupPage, group, group_of
from netctl.errors import FormUnreadable, NetworkError
from netctl.model.plan import SEVERITIES, Finding
from netctl.model.review import Comment
from netctl.web.context import here, language, user
from netctl.web.kept import same
from netctl.web.routes import Pages

pages = Pages("review")
pages.blueprint.add_app_template_global(spoken)
pages.blueprint.add_app_template_global(latin)

LINES_AT_ONCE = 300  # of all groups together that a page shows without being asked
GROUPS_AT_ONCE = 100  # on one page; routers are alike and fold, zones rarely are
NAMED = 12  # routers or sites named before the rest is folded away

Layout = Literal["split", "unified"]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One kind of risk, however many routers it is about."""

    code: str
    severity: str
    targets: tuple[str, ...]
    messages: tuple[str, ...]


@pages.get("/changes/<change>", step="show")
def change_page(change: str) -> ResponseReturnValue:
    """The whole change; the lines of its groups only where they are few."""
    at = here()
    page = use_case.review(at.store, at.settings, change, user=user())
    return same(page.told, lambda: _whole(page))


def _whole(page: use_case.ReviewPage) -> str:
    start = _first(min(_asked("from"), len(page.groups))) - 1
    groups = page.groups[start : start + GROUPS_AT_ONCE]
    few = sum(len(head.group.diff) for head in groups) <= LINES_AT_ONCE
    numbers = [head.group.number for head in groups] if few else []
    shown = {number: group_of(page, here().declared, number, router=_router()) for number in numbers}
    return render_template(
        "review/change.html",
        page=page,
        groups=groups,
        pages=range(1, len(page.groups) + 1, GROUPS_AT_ONCE) if len(page.groups) > GROUPS_AT_ONCE else (),
        findings=_findings(page.sheet.findings),
        shown=shown,
        layout=_layout(),
        names=site_names(),
        named=NAMED,
        asked_line=0,
    )


@pages.get("/changes/<change>/state", step="show")
def change_state(change: str) -> ResponseReturnValue:
    """The part of the page that moves by itself: stages, votes, what to do next."""
    at = here()
    page = use_case.review(at.store, at.settings, change, user=user())
    return same(page.told, lambda: render_template("review/state.html", page=page))


@pages.get("/changes/<change>/groups/<int:number>", step="show")
def group_page(change: str, number: int) -> ResponseReturnValue:
    """One group: by itself for a browser without scripts, as a piece of the page of its change otherwise."""
    found = _group(change, number, line=_asked("line") or _asked("at"))
    piece = "HX-Request" in request.headers or "X-Netctl-Fragment" in request.headers
    template = "review/group.html" if piece else "review/group_page.html"
    shown = {"layout": _layout(), "asked_line": _asked("line"), "alone": not piece, "first": _first(number)}
    return render_template(template, group=found, **shown)


@pages.post("/changes/<change>/groups/<int:number>/tick", step="show")
def tick(change: str, number: int) -> ResponseReturnValue:
    """The user has looked at a group, or not after all."""
    seen = request.form.get("seen") == "yes"
    digest = request.form.get("digest", "")
    use_case.tick(here().store, change, user=user(), digest=digest, group=number, seen=seen)
    if "HX-Request" in request.headers:
        found = _group(change, number)
        return render_template("review/tick.html", change=found.change, head=found.head)
    page = f"?from={_first(number)}" if number > GROUPS_AT_ONCE else ""
    return redirect(f"{url_for('review.change_page', change=change)}{page}#group-{number}", 303)


@pages.post("/changes/<change>/comments", step="comment")
def comment(change: str) -> ResponseReturnValue:
    """A new thread, or one more comment in one."""
    store, form = here().store, request.form
    to = _number("answers")
    if to:
        said = use_case.reply(store, change, user=user(), text=form.get("text", ""), to=to)
    else:
        place = {"digest": form.get("digest", ""), "text": form.get("text", "")}
        said = use_case.comment(store, change, user=user(), **place, group=_number("group"), line=_number("line"))
    return redirect(_place(change, said), 303)


@pages.post("/changes/<change>/comments/<int:number>/settle", step="comment")
def settle(change: str, number: int) -> ResponseReturnValue:
    """A thread resolved, or open again."""
    resolved = request.form.get("resolved") == "yes"
    said = use_case.settle(here().store, change, user=user(), number=number, resolved=resolved)
    return redirect(_place(change, said), 303)


def site_names() -> Mapping[str, str]:
    """Names of sites by id in the language of the request; empty while the network cannot be read."""
    try:
        return here().declared.atlas().site_names[language()]
    except NetworkError:
        return {}


def _group(change: str, number: int, *, line: int = 0) -> GroupPage:
    at = here()
    return group(at.store, at.declared, change, number, user=user(), router=_router(), line=line)


def _first(number: int) -> int:
    """The first group of the page that a group is on."""
    return (max(number, 1) - 1) // GROUPS_AT_ONCE * GROUPS_AT_ONCE + 1


def _asked(name: str) -> int:
    """A number of the address; what is none is as if it were not there."""
    return request.args.get(name, 0, type=int)


def _router() -> str:
    """The router of a group whose lines are led back to the inventory."""
    return request.args.get("router", "")


def _layout() -> Layout:
    return "unified" if request.args.get("view") == "unified" else "split"


def _place(change: str, said: Comment) -> str:
    """Where a comment is seen: on its group's own page, which is quick, or on that of the change."""
    group_number, line = said.anchor.group, said.anchor.line
    if not group_number:
        return f"{url_for('review.change_page', change=change)}#comment-{said.number}"
    at = f"?at={line}" if line > AT_ONCE else ""  # any record before that is on the first page
    return f"{url_for('review.group_page', change=change, number=group_number)}{at}#comment-{said.number}"


def _number(name: str) -> int:
    text = request.form.get(name, "0") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise FormUnreadable(f"{name} is no number", where=name)
    return int(text)


def _findings(findings: Sequence[Finding]) -> list[FindingLine]:
    """The findings by kind, the gravest first."""
    kinds: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in findings:
        kinds[each.severity, each.code].append(each)
    ordered = sorted(kinds.items(), key=lambda kind: (-SEVERITIES.index(kind[1][0].severity), kind[0][1]))
    return [
        FindingLine(
            code,
            severity,
            tuple(dict.fromkeys(each.target for each in found if each.target)),
            tuple(dict.fromkeys(each.message for each in found)),
        )
        for (severity, code), found in ordered
    ]
