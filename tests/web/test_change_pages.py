"""The pages of changes as a browser without scripts uses them: read, tick, comment, decide, push."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from change_seeds import add_people, large_plan, propose, revised, small_plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netctl.change import steps
from netctl.control.changes import decide, review
from netctl.control.people.accounts import begin
from netctl.model.change import Window
from netctl.store import Receipts


@pytest.fixture
def change(installation):
    add_people(installation.store)
    return propose(installation.store)


@pytest.fixture
def browse(installation):
    """A browser of somebody in `change_seeds.PEOPLE`."""

    def one(name: str, lang: str = "en"):
        client = installation.app.test_client()
        client.set_cookie("netctl-language", lang)
        begun = begin(
            installation.store, name, "password", address="192.0.2.1", agent="t", settings=installation.settings
        )
        client.set_cookie("netctl", begun.secret)
        installation.tokens[id(client)] = begun.session.csrf
        return client

    return one


@pytest.fixture
def send(installation):
    def one(client, path: str, **fields: object):
        return client.post(path, data={"csrf_token": installation.token(client), **fields})

    return one


def state_of(installation, change):
    with installation.store.reading() as books:
        return books.changes.get(change.id)


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_tells_each_person_whose_turn_it_is(installation, change, browse):
    def turn(name: str) -> str:
        return browse(name).get("/changes.json").json["rows"][0]["turn"]

    assert [turn(name) for name in ("aiko", "ben", "daichi", "emi")] == ["", "approve", "", ""]
    decide.decide(installation.store, change.id, "ask", user="ben", digest=change.plan_digest, reason="no")
    assert [turn(name) for name in ("aiko", "ben", "daichi", "emi")] == ["revise", "", "", ""]
    decide.decide(installation.store, change.id, "approve", user="ben", digest=change.plan_digest, reason="yes")
    assert [turn(name) for name in ("aiko", "ben", "daichi", "emi")] == ["push", "", "push", ""]


def test_the_list_follows_by_itself_with_what_waits_for_me(change, browse):
    browser = browse("ben")
    assert 'data-live="changes" data-live-url="/changes?state=proposed"' in browser.get("/changes?state=proposed").text
    piece = browser.get("/changes?state=proposed", headers={"X-Netctl-Fragment": "1"}).text
    assert "Waiting for me (1)" in piece
    assert change.id in piece
    assert "<html" not in piece


def test_what_waits_for_me_is_an_address(installation, change, browse):
    closed = Window("", "2020-01-01T00:00:00Z")
    past = propose(installation.store, window=closed)
    decide.decide(installation.store, past.id, "approve", user="ben", digest=past.plan_digest, reason="yes")
    mine = "/changes.json?turn=approve&turn=push&turn=revise&turn=look"
    assert [row["id"] for row in browse("chie").get(mine).json["rows"]] == [change.id]
    assert browse("daichi").get(mine).json["rows"] == [], "its window has closed"


# ── a change ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_is_shown_on_both_sides_with_where_it_comes_from(installation, change, browse):
    text = browse("emi").get(f"/changes/{change.id}").text
    assert re.search(r"timers connect <b>30</b>", text)
    assert re.search(r"timers connect <b>5</b>", text)
    assert "inventory/sites/rivers-hq.yaml:9" in text
    assert "templates/frr/bgp.j2" in text


def test_where_the_network_is_another_one_by_now_the_origin_is_not_known(installation, change, browse):
    other = propose(installation.store, plan=large_plan(4))
    text = browse("emi").get(f"/changes/{other.id}").text
    assert "Origin in the inventory: not known" in text
    assert "inventory/sites" not in text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_both_languages_name_risks_stages_and_states(installation, change, browse, lang):
    text = browse("emi", lang).get(f"/changes/{change.id}").text
    expected = {
        "ja": ("対の2台を順に変更する", "承認待ち", "影響範囲"),
        "en": ("Both members of a pair", "Waiting for", "How far"),
    }
    assert all(words in text for words in expected[lang])


def test_many_groups_come_when_they_are_opened(installation, change, browse):
    big = propose(installation.store, plan=large_plan(200, groups=40))
    browser = browse("emi")
    page = browser.get(f"/changes/{big.id}").text
    assert "timers 7" not in page
    assert f"/changes/{big.id}/groups/8?view=split" in page
    piece = browser.get(f"/changes/{big.id}/groups/8?view=unified", headers={"HX-Request": "true"}).text
    assert "timers 7 10" in piece
    assert "<html" not in piece
    assert "<h1>" in browser.get(f"/changes/{big.id}/groups/8").text
    assert browser.get(f"/changes/{big.id}/groups/41").status_code == 404


def test_a_tick_is_kept_until_the_plan_is_another_one(installation, change, browse, send):
    browser = browse("ben")
    answer = send(browser, f"/changes/{change.id}/groups/1/tick", digest=change.plan_digest, seen="yes")
    assert (answer.status_code, answer.location) == (303, f"/changes/{change.id}#group-1")
    assert 'aria-pressed="true"' in browser.get(f"/changes/{change.id}").text
    assert "Viewed by ben" in browse("emi").get(f"/changes/{change.id}").text
    steps.revise(installation.store, change.id, revised(small_plan()), author="aiko")
    assert 'aria-pressed="true"' not in browser.get(f"/changes/{change.id}").text
    late = send(browser, f"/changes/{change.id}/groups/1/tick", digest=change.plan_digest, seen="yes")
    assert late.status_code == 409


def test_a_comment_stands_at_its_line_and_is_struck_through_on_a_new_plan(installation, change, browse, send):
    browser = browse("chie")
    form = browser.get(f"/changes/{change.id}/groups/1?line=3").text
    assert "Comment on line 3" in form
    place = {"digest": change.plan_digest, "group": 1, "line": 3}
    answer = send(browser, f"/changes/{change.id}/comments", text="why 5?", **place)
    assert (answer.status_code, answer.location) == (303, f"/changes/{change.id}/groups/1#comment-1")
    assert "why 5?" in browser.get(f"/changes/{change.id}").text
    assert send(browse("aiko"), f"/changes/{change.id}/comments", text="faster", answers=1).status_code == 303
    assert send(browser, f"/changes/{change.id}/comments/1/settle", resolved="yes").status_code == 303
    assert "Resolved by chie" in browser.get(f"/changes/{change.id}/groups/1").text
    steps.revise(installation.store, change.id, revised(small_plan()), author="aiko")
    assert "<s>why 5?</s>" in browser.get(f"/changes/{change.id}").text


@pytest.mark.parametrize("fields", [{"group": "x"}, {"line": "-1"}, {"answers": "1e9"}, {"group": "9" * 40}])
def test_a_form_no_browser_sends_is_refused_in_words(change, browse, send, fields):
    answer = send(browse("ben"), f"/changes/{change.id}/comments", text="t", digest=change.plan_digest, **fields)
    assert answer.status_code == 400
    assert "NETCTL-E0945" in answer.text


HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=y>', "{{ 7 * 7 }}", "</textarea><b>", "&lt;b&gt;"]
    ),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_whatever_is_written_stays_text(installation, browse, send, words):
    if not getattr(installation, "seeded", None):
        add_people(installation.store)
        installation.seeded = propose(installation.store), browse("ben")
    change, browser = installation.seeded
    answer = send(browser, f"/changes/{change.id}/comments", text=f"[{words}]", digest=change.plan_digest)
    assert answer.status_code == 303
    text = browser.get(f"/changes/{change.id}").text
    shown = re.findall(r'<p class="said">(.*?)</p>', text, flags=re.DOTALL)[-1]
    assert not re.search(r"<(?!/?s>)", shown)
    assert "alert(1)</script>" not in text


# ── the decision ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("verdict", "state"), [("approve", "approved"), ("ask", "proposed"), ("reject", "rejected")])
def test_a_decision_has_a_reason_and_is_about_the_plan_that_was_shown(
    installation, change, browse, send, verdict, state
):
    browser, path = browse("ben"), f"/changes/{change.id}/decision"
    assert change.plan_digest in browser.get(path).text
    without = send(browser, path, verdict=verdict, digest=change.plan_digest, reason=" \r\n")
    assert (without.status_code, "Say why." in without.text) == (422, True)
    assert state_of(installation, change).approvals == ()
    assert send(browser, path, verdict=verdict, digest=change.plan_digest, reason="my reason").status_code == 303
    found = state_of(installation, change)
    assert (found.state, found.approvals[0].verdict, found.approvals[0].reason) == (state, verdict, "my reason")


@pytest.mark.parametrize("digest", ["", "0" * 64, "beginning"])
def test_a_vote_on_another_plan_is_refused_and_its_reason_comes_back(installation, change, browse, send, digest):
    digest = change.plan_digest[:16] if digest == "beginning" else digest
    answer = send(browse("ben"), f"/changes/{change.id}/decision", verdict="approve", digest=digest, reason="seen <it>")
    assert answer.status_code == 409
    assert "seen &lt;it&gt;" in answer.text
    assert state_of(installation, change).approvals == ()


def test_the_author_is_not_offered_the_form_and_refused_without_it(installation, change, browse, send):
    with installation.store.writing() as books:
        from netctl.model.people import Grant

        books.users.grant("aiko", [Grant("approver")], "fumi")
    browser, path = browse("aiko"), f"/changes/{change.id}/decision"
    text = browser.get(path).text
    assert 'name="verdict"' not in text
    assert "aiko proposed C-000001 and cannot approve it" in text
    answer = send(browser, path, verdict="approve", digest=change.plan_digest, reason="mine")
    assert (answer.status_code, "NETCTL-E0403" in answer.text) == (409, True)


def test_a_vote_takes_a_recent_sign_in(install, send):
    installation = install(again_minutes=0)
    add_people(installation.store)
    change = propose(installation.store)
    client = installation.app.test_client()
    begun = begin(installation.store, "ben", "password", address="192.0.2.1", agent="t", settings=installation.settings)
    client.set_cookie("netctl", begun.secret)
    path = f"/changes/{change.id}/decision"
    text = client.get(path).text
    assert 'name="verdict"' not in text
    assert f"/signin/again?next={path}" in text
    fields = {"csrf_token": begun.session.csrf, "verdict": "approve", "digest": change.plan_digest, "reason": "r"}
    answer = client.post(path, data=fields)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/signin/again")
    assert state_of(installation, change).approvals == ()


def test_votes_on_an_earlier_plan_are_struck_through(installation, change, browse):
    decide.decide(installation.store, change.id, "approve", user="ben", digest=change.plan_digest, reason="fine by me")
    assert "<s>fine by me</s>" not in browse("emi").get(f"/changes/{change.id}").text
    steps.revise(installation.store, change.id, revised(small_plan()), author="aiko")
    text = browse("emi").get(f"/changes/{change.id}").text
    assert "<s>fine by me</s>" in text
    assert "on an earlier plan" in text


# ── the push ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def under_way(installation, change):
    """A push that a process of ours drives: one router done, one in the middle, one waiting."""
    from netctl.push.liveness import worker_name

    store = installation.store
    decide.decide(store, change.id, "approve", user="ben", digest=change.plan_digest, reason="yes")
    steps.begin_push(store, change.id, user="daichi")
    with store.writing() as books:
        books.workers.beat(worker_name(), change.id)
    receipts = Receipts(store, "daichi")
    first, second = (member.target for member in receipts.members(change.id)[:2])
    receipts.set_member(change.id, first, "done", "changed and verified")
    receipts.set_member(change.id, second, "in_flight")
    for step in ("mate-check", "identity", "running-check", "drain"):
        receipts.begin(change.id, second, step, "w")
        receipts.end(change.id, second, step, "w", outcome="ok")
    receipts.begin(change.id, second, "apply", "w")
    return second


def test_every_watcher_sees_the_same_push_and_the_time_left(installation, change, under_way, browse):
    text = browse("emi").get(f"/changes/{change.id}/push").text
    assert "Configuration written, not yet confirmed" in text
    at = re.search(r'<time datetime="([^"]+)" data-countdown>', text)[1]
    left = datetime.fromisoformat(at) - datetime.now(UTC)
    assert timedelta(seconds=60) < left <= timedelta(seconds=installation.settings.confirm_deadline)
    piece = browse("ben").get(f"/changes/{change.id}/push/now", headers={"X-Netctl-Fragment": "1"}).text
    assert at in piece
    assert "<html" not in piece
    router = browse("emi").get(f"/changes/{change.id}/push/targets/{under_way}").text
    assert router.count('<li class="ok">') == 4


def test_an_operator_stops_it_and_nobody_else(installation, change, under_way, browse, send):
    path = f"/changes/{change.id}/push/stop"
    assert "push/stop" not in browse("ben").get(f"/changes/{change.id}/push").text
    assert send(browse("ben"), path, reason="x").status_code == 403
    assert send(browse("daichi"), path, reason="the line is down").status_code == 303
    with installation.store.reading() as books:
        assert books.changes.stop_requested(change.id)
    assert "asked to stop" in browse("emi").get(f"/changes/{change.id}/push").text


def test_a_push_whose_process_died_is_offered_to_be_resumed(installation, change, under_way, browse):
    from netctl.push.liveness import worker_name

    with installation.store.writing() as books:
        books.workers.leave(worker_name())
    text = browse("daichi").get(f"/changes/{change.id}/push").text
    assert "The push lost its process" in text
    assert 'value="resume"' in text
    assert 'value="push"' not in text
    assert 'value="resume"' not in browse("ben").get(f"/changes/{change.id}/push").text


def test_what_cannot_be_pushed_says_why(installation, change, browse, send):
    browser = browse("daichi")
    assert "cannot begin push: the change is proposed" in browser.get(f"/changes/{change.id}/push").text
    answer = send(browser, f"/changes/{change.id}/push/start", going="push", digest=change.plan_digest)
    assert (answer.status_code, "NETCTL-E0405" in answer.text) == (409, True)
    assert send(browser, f"/changes/{change.id}/push/start", going="everything").status_code == 400
    assert send(browse("ben"), f"/changes/{change.id}/push/start", going="push").status_code == 403


def test_a_change_that_does_not_exist_is_not_found(installation, change, browse):
    for path in ("", "/decision", "/push", "/push/now", "/groups/1", "/push/waves/1", "/push/targets/r1"):
        assert browse("emi").get(f"/changes/C-000099{path}").status_code == 404
    for path in ("/groups/0", "/push/waves/99", "/push/targets/nobody"):
        assert browse("emi").get(f"/changes/{change.id}{path}").status_code == 404


def test_whoever_does_not_reach_a_change_is_told_nothing_of_it(installation, change, browse):
    from netctl.model.people import Grant

    with installation.store.writing() as books:
        books.users.add("goro", [Grant("approver", "records")], "fumi")
    browser = browse("goro")
    for path in ("", "/decision", "/push", "/push/now", "/groups/1"):
        answer = browser.get(f"/changes/{change.id}{path}")
        assert (answer.status_code, change.title in answer.text) == (403, False)
    assert browser.get("/changes.json").json["rows"] == []
