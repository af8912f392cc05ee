"""``/silences``: what makes no noise, until when, on whose word; and the forms that begin and end that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.watching import problems as use_case
from netctl.errors import SilenceInvalid, SilentReasonMissing, WordsRefused
from netctl.model.moments import stamp
from netctl.model.watch import Silence
from netctl.web.context import here, user
from netctl.web.problem_words import HOURS, durations, title
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t, t_or

pages = Pages("silences")

_EVERYTHING = "*"


def _say_code(value: Any) -> str:
    return t("silences-every-code") if value == _EVERYTHING else title(value)


def _say_subject(value: Any) -> str:
    return t("silences-everything") if value == _EVERYTHING else str(value)


def _say_standing(value: Any) -> str:
    return t(f"silences-standing-{value}")


COLUMNS = (
    Column("id", "link", href=lambda row: f"/silences/{row['id']}", word="silences-column-id"),
    Column("subject", word="silences-column-subject", say=_say_subject),
    Column("code", "words", filter="choice", word="silences-column-code", say=_say_code),
    Column("standing", "words", filter="choice", word="silences-column-standing", say=_say_standing),
    Column("until", "moment", word="silences-column-until"),
    Column("user", filter="choice", word="silences-column-user", phone=False),
    Column("reason", word="silences-column-reason", phone=False, sort=False),
    Column("at", "moment", word="silences-column-at", phone=False),
)


@pages.table("/silences", step="show")
def silences_page() -> ResponseReturnValue:
    """All silences, those in force first."""
    return _page({})


@pages.get("/silences/<silence>", step="show")
def silence_page(silence: str) -> ResponseReturnValue:
    """One silence, and the way to end it."""
    network = here().declared.network()
    found = use_case.one_silence(here().store, network, silence, user=user())
    shown = {"silence": found, "standing": _standing(found), "subject": _say_subject(found.subject)}
    return render_template("silences/silence.html", **shown, code=_say_code(found.code))


@pages.post("/silences", step="acknowledge")
def begin_silence() -> ResponseReturnValue:
    """Begin a silence; a form on the page of a problem says with `back` where it came from."""
    form = request.form
    asked = {name: form.get(name, "").strip() for name in ("subject", "code", "hours", "reason")}
    hours = int(asked["hours"]) if asked["hours"] in map(str, HOURS) else 0
    until = stamp(here().clock() + timedelta(hours=hours))
    code = asked["code"] or _EVERYTHING
    network = here().declared.network()
    try:
        found = use_case.silence(
            here().store, network, asked["subject"], code, user=user(), reason=asked["reason"], until=until
        )
    except (SilenceInvalid, SilentReasonMissing, WordsRefused) as error:
        wrong = {error.where or "reason": t_or(f"error-{error.code}", error.message)}
        page = _page(asked, wrong)
        page.status_code = 422
        return page
    back = form.get("problem", "")
    return redirect(
        f"/problems/{back}" if back.startswith("P-") and back[2:].isdigit() else f"/silences/{found.id}", 303
    )


@pages.post("/silences/<silence>/end", step="acknowledge")
def end_silence(silence: str) -> ResponseReturnValue:
    """End one before its time."""
    network = here().declared.network()
    use_case.end_silence(here().store, network, silence, user=user(), reason=request.form.get("reason", ""))
    return redirect("/silences", 303)


def _page(asked: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    found = use_case.silences(here().store, here().declared.network(), user=user())
    rows = sorted((_row(each) for each in found), key=lambda row: row["standing"] != "on")
    table = Table("silences", COLUMNS, rows, empty="silences-none")
    return answer(table, "silences/list.html", asked=asked, errors=errors or {}, durations=durations())


def _standing(silence: Silence) -> str:
    if silence.ended_at:
        return "ended"
    return "on" if silence.until > stamp(here().clock()) else "over"


def _row(silence: Silence) -> dict[str, Any]:
    return {
        "id": silence.id,
        "subject": silence.subject,
        "code": silence.code,
        "standing": _standing(silence),
        "until": silence.until,
        "user": silence.user,
        "reason": silence.reason,
        "at": silence.at,
    }
