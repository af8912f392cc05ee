"""The API's manners: who asks, pages, entity tags, preconditions, refusals."""

from __future__ import annotations

import papers
import pytest

from netctl.control.people.accounts import begin
from netctl.control.people.tokens import make_token

PAIR = ("rivers-hq-r1", "rivers-hq-r2")


class Program:
    """A program that carries a person's token."""

    def __init__(self, installation, person: str, scope: str = "push") -> None:
        self._client = installation.app.test_client()
        secret, _ = make_token(installation.store, person, name="test", scope=scope, days=1)
        self._headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, **headers: str):
        return self._client.get(f"/api/v1{path}", headers=self._headers | _named(headers))

    def post(self, path: str, body: object, **headers: str):
        return self._client.post(f"/api/v1{path}", json=body, headers=self._headers | _named(headers))


class Desk(Program):
    """A person who signed in a moment ago, and asks the API with that session."""

    def __init__(self, installation, person: str) -> None:
        self._client = installation.app.test_client()
        settings = installation.settings
        begun = begin(installation.store, person, "password", address="192.0.2.1", agent="test", settings=settings)
        self._client.set_cookie("netctl", begun.secret)
        self._headers = {"X-CSRF-Token": begun.session.csrf}


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def told(installation):
    papers.peopled(installation.store)
    papers.pushed(installation.store, *PAIR)
    papers.proposed(installation.store, "harbours-hq-r1")
    return installation


@pytest.fixture
def program(told):
    return lambda person, scope="push": Program(told, person, scope)


@pytest.fixture
def desk(told):
    return lambda person: Desk(told, person)


def refused(answer) -> tuple[int, str]:
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    assert {"type", "title", "detail", "instance"} <= answer.json.keys()
    return answer.status_code, answer.json["code"]


# ── who asks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_is_refused_and_told_how_to_ask(told) -> None:
    answer = told.app.test_client().get("/api/v1/devices")
    assert refused(answer) == (401, "NETCTL-E0950")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic YTpi", "nonsense"])
def test_a_token_that_is_none_is_refused_even_beside_a_session(told, header) -> None:
    browser = told.browser("viewer")
    assert refused(browser.get("/api/v1/devices", headers={"Authorization": header})) == (401, "NETCTL-E0907")


def test_a_token_means_nothing_outside_the_api(told, program) -> None:
    program("fumi")
    secret, _ = make_token(told.store, "emi", name="other", scope="work", days=1)
    answer = told.app.test_client().get("/audit", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 303


def test_a_session_reads_and_needs_its_token_to_change_something(told) -> None:
    browser = told.browser("operator")
    assert browser.get("/api/v1/devices").status_code == 200
    body = {"subject": "*", "reason": "work", "until": papers.in_hours(2)}
    assert refused(browser.post("/api/v1/silences", json=body))[0] == 403
    answer = browser.post("/api/v1/silences", json=body, headers={"X-CSRF-Token": told.token(browser)})
    assert answer.status_code == 201


def test_a_token_that_only_reads_changes_nothing(program) -> None:
    body = {"subject": "*", "reason": "work", "until": papers.in_hours(2)}
    assert refused(program("daigo", "read").post("/silences", body)) == (403, "NETCTL-E0908")
    assert program("daigo", "read").get("/devices").status_code == 200


@pytest.mark.parametrize("scope", ["read", "work", "push"])
@pytest.mark.parametrize("verdict", ["approve", "reject", "ask"])
def test_no_token_gives_a_vote(program, scope, verdict) -> None:
    answer = program("ben", scope).post(f"/changes/C-000002/{verdict}", {"reason": "read"}, If_Match=digest(program))
    assert refused(answer) == (403, "NETCTL-E0914")
    assert program("fumi").get("/changes/C-000002").json["votes"] == []


def test_a_token_pushes_only_with_the_scope_for_it(program) -> None:
    push = ("/changes/C-000002/push", None)
    assert refused(program("daigo", "work").post(*push, If_Match=digest(program))) == (403, "NETCTL-E0915")
    assert refused(program("daigo", "push").post(*push, If_Match=digest(program))) == (409, "NETCTL-E0405")


def test_a_token_from_before_there_were_scopes_reads_only(told) -> None:
    program = Program(told, "daigo", "read")
    with told.store.writing() as books:
        books.tokens._connection.exec_driver_sql("UPDATE tokens SET scope = 'all'")
    body = {"subject": "*", "reason": "work", "until": papers.in_hours(2)}
    assert refused(program.post("/silences", body)) == (403, "NETCTL-E0908")
    assert program.get("/devices").status_code == 200


def test_a_program_sees_what_its_person_sees(told) -> None:
    told.person("hana", "viewer@rivers")
    program = Program(told, "hana")
    assert {each["organisation"] for each in program.get("/devices").json["items"]} == {"rivers"}
    assert [each["id"] for each in program.get("/changes").json["items"]] == ["C-000001"]
    assert refused(program.get("/devices/harbours-hq-r1"))[0] == 404
    assert refused(program.get("/changes/C-000002"))[0] == 403


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "person", "key"),
    [
        ("/devices", "fumi", "name"),
        ("/sites", "fumi", "id"),
        ("/changes", "fumi", "id"),
        ("/audit", "emi", "number"),
        ("/changes/C-000001/receipts", "fumi", "step"),
    ],
)
def test_pages_lead_through_the_whole_list_once(program, path, person, key) -> None:
    client = program(person)
    whole = client.get(f"{path}?limit=500").json
    assert whole["next"] == ""
    found, link = [], f"{path}?limit=3"
    while link:
        answer = client.get(link)
        assert len(answer.json["items"]) <= 3
        found += answer.json["items"]
        following = answer.headers.get("Link", "")
        assert bool(following) == bool(answer.json["next"])
        link = following.partition(">")[0].removeprefix("</api/v1")
    assert found == whole["items"]
    assert len(found) > 1
    assert all(key in each for each in found)


def test_filters_stay_in_the_link_to_the_next_page(program) -> None:
    link = program("fumi").get("/devices?limit=1&organisation=rivers").headers["Link"]
    assert "organisation=rivers" in link
    assert "limit=1" in link


# ── entity tags ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/devices", "/sites/rivers-hq", "/changes/C-000002", "/problems"])
def test_what_has_not_changed_is_not_sent_again(program, path) -> None:
    first = program("fumi").get(path)
    again = program("fumi").get(path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_decision_without_a_digest_is_refused(program, desk) -> None:
    for match in ({}, {"If_Match": "*"}):
        answer = desk("ben").post("/changes/C-000002/approve", {"reason": "read"}, **match)
        assert refused(answer) == (428, "NETCTL-E0961")


def test_a_decision_on_another_plan_is_refused(program, desk) -> None:
    answer = desk("ben").post("/changes/C-000002/approve", {"reason": "read"}, If_Match=f'"{"0" * 64}"')
    assert refused(answer) == (412, "NETCTL-E0962")


def test_a_digest_stands_for_the_plan_and_a_whole_tag_for_the_change(program, desk) -> None:
    read = program("fumi").get("/changes/C-000002")
    digest, tag = read.json["digest"], read.headers["ETag"]
    assert (
        program("aiko")
        .post("/changes/C-000002/comments", {"text": "one more thing"}, If_Match=f'"{digest}"')
        .status_code
        == 201
    )
    by_tag = desk("ben").post("/changes/C-000002/approve", {"reason": "read"}, If_Match=tag)
    assert refused(by_tag) == (412, "NETCTL-E0962"), "somebody said something since it was read"
    by_digest = desk("ben").post("/changes/C-000002/approve", {"reason": "read"}, If_Match=f'"{digest}"')
    assert (by_digest.status_code, by_digest.json["state"], by_digest.json["approvers"]) == (200, "approved", ["ben"])


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def digest(program) -> str:
    return f'"{program("fumi").get("/changes/C-000002").json["digest"]}"'


def test_the_author_is_refused_as_an_approver(told, program, desk) -> None:
    from netctl.control.people import users
    from netctl.model.people import Grant

    users.grant(told.store, "aiko", [Grant("approver")], actor="root")
    answer = desk("aiko").post("/changes/C-000002/approve", {"reason": "mine"}, If_Match=digest(program))
    assert refused(answer) == (409, "NETCTL-E0403")


def test_an_approver_asks_for_changes_or_says_no(program, desk) -> None:
    asked = desk("ben").post("/changes/C-000002/ask", {"reason": "too wide"}, If_Match=digest(program))
    assert (asked.status_code, asked.json["state"]) == (200, "proposed")
    said = desk("chie").post("/changes/C-000002/reject", {"reason": "no"}, If_Match=digest(program))
    assert (said.status_code, said.json["state"]) == (200, "rejected")


def test_a_change_that_is_not_approved_is_not_pushed(program) -> None:
    answer = program("daigo").post("/changes/C-000002/push", None, If_Match=digest(program))
    assert refused(answer) == (409, "NETCTL-E0405")


def test_a_push_that_is_over_is_not_stopped(program) -> None:
    assert refused(program("daigo").post("/changes/C-000001/stop", {}))[0] == 409


def test_a_silence_is_made_listed_and_ended(program) -> None:
    operator = program("daigo")
    made = operator.post("/silences", {"subject": "rivers-hq", "reason": "new floor", "until": papers.in_hours(3)})
    assert made.status_code == 201
    name = made.json["silence"]["id"]
    assert [each["id"] for each in operator.get("/silences").json["items"]] == [name]
    ended = operator.post(f"/silences/{name}/end", {"reason": "done"})
    assert ended.json["silence"]["ended_at"]
    assert refused(operator.post(f"/silences/{name}/end", {"reason": "again"}))[0] == 409


def test_a_change_is_told_with_its_groups_votes_and_comments(program) -> None:
    found = program("fumi").get("/changes/C-000001").json
    assert found["state"] == "done"
    assert [vote["user"] for vote in found["votes"] if vote["stands"]] == ["ben"]
    assert {target for group in found["groups"] for target in group["targets"]} == set(PAIR)
    assert {line["op"] for group in found["groups"] for line in group["diff"]} >= {"add", "remove"}


# ── refusals of form ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=501", "limit=x", "limit=", "state=fine", "page=2", "limit=1&limit=2", "after=" + "x" * 129],
)
def test_a_query_that_is_not_as_documented_is_refused(program, query) -> None:
    assert refused(program("fumi").get(f"/devices?{query}")) == (400, "NETCTL-E0960")


@pytest.mark.parametrize("since", ["608", "null", "yesterday", "2026-11-22", "2026-11-22T10:00:00"])
def test_a_moment_without_day_time_or_offset_is_refused(program, since) -> None:
    assert refused(program("emi").get(f"/audit?since={since}")) == (400, "NETCTL-E0960")


def test_a_moment_is_taken_in_any_offset(program) -> None:
    assert program("emi").get("/audit?since=2001-01-01T09:00:00%2B09:00&until=2001-01-01T00:00:01Z").json["items"] == []
    assert program("emi").get("/audit?since=2001-01-01T09:00:00%2B09:00").json["items"]


def test_a_body_that_is_not_as_documented_is_refused(program) -> None:
    operator = program("daigo")
    for body in ({}, [], {"reason": ""}, {"reason": 1}, {"reason": "x", "more": 1}, "text"):
        assert refused(operator.post("/silences/S-000001/end", body)) == (400, "NETCTL-E0960")


def test_what_is_no_json_is_refused(told, program) -> None:
    secret, _ = make_token(told.store, "daigo", name="form", scope="work", days=1)
    client, headers = told.app.test_client(), {"Authorization": f"Bearer {secret}"}
    form = client.post("/api/v1/silences", data={"subject": "*"}, headers=headers)
    assert refused(form) == (415, "HTTP-415")
    broken = client.post("/api/v1/silences", data=b"{", content_type="application/json", headers=headers)
    assert refused(broken) == (400, "NETCTL-E0960")
    not_text = client.post("/api/v1/silences", data=b'"\xff"', content_type="application/json", headers=headers)
    assert refused(not_text) == (400, "NETCTL-E0960")


def test_a_client_that_takes_no_json_is_refused(program) -> None:
    assert refused(program("fumi").get("/devices", Accept="text/csv")) == (406, "HTTP-406")
    assert program("fumi").get("/devices", Accept="*/*").status_code == 200


def test_a_method_that_is_not_there_is_refused_with_those_that_are(told) -> None:
    browser = told.browser("operator")
    answer = browser.delete("/api/v1/silences", headers={"X-CSRF-Token": told.token(browser)})
    assert refused(answer) == (405, "HTTP-405")
    assert {"GET", "POST", "HEAD", "OPTIONS"} == {each.strip() for each in answer.headers["Allow"].split(",")}


def test_the_head_of_an_answer_is_had_alone(told) -> None:
    browser = told.browser("viewer")
    whole, head = browser.get("/api/v1/devices"), browser.head("/api/v1/devices")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])


def test_an_address_that_is_not_there_is_refused_in_the_same_form(program) -> None:
    assert refused(program("fumi").get("/nowhere")) == (404, "HTTP-404")


def test_titles_are_in_the_language_of_who_asks(program) -> None:
    english = program("fumi").get("/devices?limit=0", Accept_Language="en")
    japanese = program("fumi").get("/devices?limit=0", Accept_Language="ja")
    assert english.json["title"] != japanese.json["title"]
    assert english.json["title"].isascii()
