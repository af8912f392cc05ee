"""Pages made once for everybody who sees the same: what is somebody's own in them, and when they are made anew."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from change_seeds import add_people, propose

from netctl.control.changes.decide import decide
from netctl.control.changes.review import tick
from netctl.control.pages.preparing import prepare_in_turn
from netctl.control.people.accounts import begin
from netctl.model.people import Grant
from netctl.web import context, kept
from networks import reference
from seeds import Seeds


class Later:
    """A clock that can be put forward."""

    def __init__(self):
        self.by = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.by


@pytest.fixture
def made(installation, monkeypatch):
    """The pages that were made, once the network has been read."""
    with installation.app.app_context():
        context.here().declared.atlas()
    counted = []
    make = kept.make_response

    def one(answer):
        counted.append(kept.request.path)
        return make(answer)

    monkeypatch.setattr(kept, "make_response", one)
    return counted


def test_two_people_with_the_same_roles_are_given_one_page_with_their_own_name_and_token(installation, made):
    browsers = {name: installation.browser("viewer", "operator", name=name) for name in ("asami", "botan")}
    pages = {name: browser.get("/devices").text for name, browser in browsers.items()}
    assert made == ["/devices"]
    for name, other in (("asami", "botan"), ("botan", "asami")):
        assert f"<span>{name}</span>" in pages[name]
        assert other not in pages[name]
        assert installation.token(browsers[name]) in pages[name]
        assert installation.token(browsers[other]) not in pages[name]


def test_people_with_other_roles_are_not_given_each_others_pages(installation, made):
    assert "harbours-hq-r1" in installation.browser("viewer", name="asami").get("/devices?q=harbours").text
    for organisation, seen in (("rivers", False), ("harbours", True)):
        browser = installation.browser(f"viewer@{organisation}")
        assert ("harbours-hq-r1" in browser.get("/devices?q=harbours").text) == seen
    assert len(made) == 3


@pytest.mark.parametrize("change", ["?page=1", "?lang=ja", "?theme=dark"])
def test_another_address_language_or_theme_is_another_page(installation, made, change):
    browser = installation.browser("viewer")
    browser.get("/devices")
    browser.get(f"/devices{change}")
    browser.get("/devices")  # the choice is remembered in a cookie
    assert len(made) >= 2


def test_a_round_or_an_act_of_anybody_makes_pages_anew_at_once(installation, made):
    browser = installation.browser("viewer")
    seeds = Seeds(reference())
    assert "Nothing was ever looked at" in browser.get("/overview/health").text
    seeds.rounds(installation.store, datetime.now(UTC), 1)
    assert "Nothing was ever looked at" not in browser.get("/overview/health").text
    browser.get("/overview/health")
    assert len(made) == 2
    installation.person("chie", "viewer")
    browser.get("/overview/health")
    assert len(made) == 3


def test_a_page_is_not_kept_beyond_the_moment_at_which_it_must_turn_grey(install):
    clock = Later()
    installation = install(clock=clock)
    browser = installation.browser("viewer")
    Seeds(reference()).rounds(installation.store, datetime.now(UTC) - timedelta(seconds=70), 2)
    assert "Watching has stopped" not in browser.get("/overview/health").text
    clock.by = timedelta(seconds=kept.SECONDS - 1)
    assert "Watching has stopped" in browser.get("/overview/health").text


def test_ages_are_those_of_each_answer(install):
    clock = Later()
    installation = install(clock=clock)
    browser = installation.browser("viewer")
    Seeds(reference()).rounds(installation.store, datetime.now(UTC) - timedelta(seconds=20), 1)
    first = browser.get("/overview/health").text
    clock.by = timedelta(seconds=kept.SECONDS - 1)
    second = browser.get("/overview/health").text
    assert first != second
    ages = [[int(age) for age in re.findall(r">(\d+) s ago<", text)] for text in (first, second)]
    assert all(0 < after - before <= kept.SECONDS for before, after in zip(*ages, strict=True))
    assert ages[0]


def test_a_refusal_is_not_kept(installation, made):
    browser = installation.browser("viewer")
    assert browser.get("/devices/nowhere").status_code == 404
    assert browser.get("/devices/nowhere").status_code == 404
    assert not made


def test_pages_asked_for_long_ago_make_room_for_others(installation, made, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    browser = installation.browser("viewer")
    for page in ("/sites", "/devices", "/problems", "/sites"):
        browser.get(page)
    assert made == ["/sites", "/devices", "/problems", "/sites"]


def test_an_answer_tells_who_signed_in_how_long_it_took(installation):
    told = installation.browser("viewer").get("/").headers["Server-Timing"]
    assert told.startswith("app;dur=")
    assert "cpu;dur=" in told
    assert "Server-Timing" not in installation.browser().get("/signin").headers


def test_a_session_that_was_ended_is_shown_no_page_that_is_kept(installation, made):
    browser = installation.browser("viewer", name="asami")
    assert browser.get("/devices").status_code == 200
    with installation.store.writing() as books:
        books.sessions.end_all("asami", "root")
    assert browser.get("/devices").status_code == 303
    assert len(made) == 1


def test_what_was_taken_away_is_shown_no_more_at_once(installation, made):
    browser = installation.browser("viewer", "viewer@rivers", name="asami")
    assert "harbours-hq-r1" in browser.get("/devices?q=harbours").text
    with installation.store.writing() as books:
        books.users.revoke("asami", [Grant("viewer")], "root")
    assert "harbours-hq-r1" not in browser.get("/devices?q=harbours").text


def test_what_is_ones_own_is_kept_for_oneself(installation):
    add_people(installation.store)
    change = propose(installation.store)
    decide(installation.store, change.id, "ask", user="ben", digest=change.plan_digest, reason="no")
    other, author = installation.browser("author", "operator", name="asami"), installation.browser()
    begun = begin(installation.store, "aiko", "password", address="::1", agent="", settings=installation.settings)
    author.set_cookie("netctl", begun.secret)
    for path in ("/", "/overview/work", "/changes"):
        told = [browser.get(path).text for browser in (author, other, author, other)]
        assert [">Revise" in text for text in told] == [True, False, True, False], path


def test_a_tick_on_a_review_is_ones_own_and_seen_at_once(installation):
    add_people(installation.store)
    change = propose(installation.store)
    browsers = {name: installation.browser("viewer", "approver", name=name) for name in ("asami", "botan")}
    before = {name: browser.get(f"/changes/{change.id}").text for name, browser in browsers.items()}
    assert not any('class="card group seen"' in text for text in before.values())
    tick(installation.store, change.id, user="asami", digest=change.plan_digest, group=1, seen=True)
    after = {name: browser.get(f"/changes/{change.id}").text for name, browser in browsers.items()}
    assert ['class="card group seen"' in after[name] for name in ("asami", "botan")] == [True, False]


def test_while_a_thread_reads_every_round_pages_show_the_last_one_it_has_read(installation):
    browser, seeds = installation.browser("viewer"), Seeds(reference())
    with installation.app.app_context():
        at = context.here()
        at.declared.atlas()
    prepare_in_turn(at.store, at.declared)
    assert "Nothing was ever looked at" in browser.get("/overview/health").text
    seeds.rounds(installation.store, datetime.now(UTC), 1)
    assert "Nothing was ever looked at" in browser.get("/overview/health").text
    prepare_in_turn(at.store, at.declared)
    assert "Nothing was ever looked at" not in browser.get("/overview/health").text
