"""The pages of problems and silences: what is wrong, who knows of it, what was changed just before."""

from datetime import timedelta

import pytest
from outages import standings, world

from netctl.model.artefact import Part
from netctl.model.change import Window
from netctl.model.moments import now, stamp
from netctl.model.plan import DiffLine, Plan, TargetPlan, Wave
from netctl.observe.correlate import correlate
from netctl.observe.follow import follow
from netctl.store.plans import PlanCopy

HQ1 = "rivers-hq-r1"


def a_round(installation, **outage):
    topology = world()[1]
    causes = correlate(topology, standings(world(), **outage))
    with installation.store.writing() as books:
        books.problems.record(follow(topology, books.problems.open(whole=True), causes))


@pytest.fixture
def broken(installation):
    """An installation with a dead router of rivers and a cut line of the backbone."""
    a_round(installation, dead=[HQ1], cut=["bb1"])
    return installation


def pushed(store, target: str) -> str:
    """A change that has just been pushed to one router."""
    part = Part("frr.conf", "x\n")
    share = TargetPlan(
        target, "frr", "g", "0" * 64, (part,), (), (), (DiffLine("add", "frr.conf", 0, "x"),), "", "", "rivers"
    )
    plan = Plan("gov-wan", "1" * 64, "2026-11-22T05:40:00Z", (share,), (Wave(1, (("g", (target,)),)),), ())
    with store.writing() as books:
        change = books.changes.add(
            PlanCopy.of(plan), title="New filters", reason="", author="writer", window=Window(), approvals_needed=1
        )
        books.rollout.enrol(change.id, [(target, "g")])
        books.rollout.set_member(change.id, target, "in_flight", "", "writer")
        books.rollout.set_member(change.id, target, "done", "", "writer")
    return change.id


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_open_problems_are_listed_and_each_has_a_page(broken, lang):
    browser = broken.browser("viewer", lang=lang)
    page = browser.get("/problems")
    assert page.status_code == 200
    for problem in browser.get("/problems.json").json["rows"]:
        assert f"/problems/{problem['id']}" in page.text
        found = browser.get(f"/problems/{problem['id']}")
        assert found.status_code == 200
        assert problem["subject"] in found.text
        assert browser.get(f"/problems/{problem['id']}/facts").status_code == 200
        assert browser.get(f"/problems/{problem['id']}/symptoms").status_code == 200


def test_filters_live_in_the_address_and_hold_for_every_form(broken):
    browser = broken.browser("viewer")
    rows = browser.get("/problems.json?subject=x&service=reachability").json["rows"]
    assert [row["subject"] for row in rows] == [HQ1]
    assert HQ1 in browser.get("/problems.csv?severity=medium").text
    assert browser.get("/problems.json?severity=high").json["rows"] == []


def test_a_fragment_of_the_list_is_the_table_alone(broken):
    page = broken.browser("viewer").get("/problems", headers={"X-Netctl-Fragment": "1"}).text
    assert HQ1 in page
    assert "<html" not in page


def test_ended_problems_have_a_list_of_their_own(broken):
    a_round(broken)
    browser = broken.browser("viewer")
    assert browser.get("/problems.json").json["rows"] == []
    rows = browser.get("/problems.json?of=closed").json["rows"]
    assert {row["subject"] for row in rows} == {HQ1, "bb1"}
    assert all(row["closed_at"] for row in rows)


def test_what_was_changed_just_before_is_named_on_the_page(installation):
    installation.person("writer", "author")
    change = pushed(installation.store, HQ1)
    a_round(installation, dead=[HQ1])
    page = installation.browser("viewer").get("/problems/P-000001").text
    assert f'href="/changes/{change}"' in page
    assert "New filters" in page
    assert "On a router of this problem" in page


def test_an_operator_acknowledges_with_a_reason(broken):
    browser = broken.browser("operator")
    form = {"csrf_token": broken.token(browser)}
    refused = browser.post("/problems/P-000001/acknowledge", data=form | {"reason": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    done = browser.post("/problems/P-000001/acknowledge", data=form | {"reason": "on <b>site</b>"})
    assert (done.status_code, done.location) == (303, "/problems/P-000001")
    assert "on &lt;b&gt;site&lt;/b&gt;" in browser.get("/problems/P-000001").text
    assert browser.get("/problems.json?standing=acknowledged").json["count"] == 1


def test_silences_begin_on_a_problem_and_end_on_their_own_page(broken):
    browser = broken.browser("operator")
    form = {"csrf_token": broken.token(browser), "subject": HQ1, "hours": "4", "reason": "works"}
    done = browser.post("/silences", data=form | {"code": "*", "problem": "P-000001"})
    assert (done.status_code, done.location) == (303, "/problems/P-000001")
    rows = {row["subject"]: row for row in browser.get("/problems.json").json["rows"]}
    assert (rows[HQ1]["standing"], rows["bb1"]["standing"]) == ("silenced", "new")
    assert browser.get("/silences").status_code == 200
    assert browser.get("/silences/S-000001").status_code == 200
    assert browser.post("/silences/S-000001/end", data={"csrf_token": form["csrf_token"]}).status_code == 303
    (row,) = browser.get("/silences.json").json["rows"]
    assert row["standing"] == "ended"


@pytest.mark.parametrize("wrong", [{"subject": "nowhere"}, {"hours": "9000"}, {"reason": ""}, {"code": "drift"}])
def test_a_silence_that_cannot_be_is_asked_for_again_with_what_was_written(broken, wrong):
    browser = broken.browser("operator")
    form = {"subject": HQ1, "code": "*", "hours": "4", "reason": "works on the power"} | wrong
    page = browser.post("/silences", data=form | {"csrf_token": broken.token(browser)})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert form["reason"] in page.text
    assert browser.get("/silences.json").json["rows"] == []


def test_who_may_only_look_has_no_forms_and_is_refused(broken):
    browser = broken.browser("viewer")
    assert '<form class="form"' not in browser.get("/problems/P-000001").text
    form = {"csrf_token": broken.token(browser), "reason": "x"}
    assert browser.post("/problems/P-000001/acknowledge", data=form).status_code == 403
    assert browser.post("/silences", data=form | {"subject": HQ1, "hours": "4"}).status_code == 403
    assert browser.post("/silences/S-000001/end", data=form).status_code == 403


def test_an_organisation_sees_its_own_problems_only_and_no_link_to_others_routers(broken):
    browser = broken.browser("operator@rivers")
    (row,) = browser.get("/problems.json").json["rows"]
    page = browser.get(f"/problems/{row['id']}").text
    assert f'href="/devices/{HQ1}"' in page
    assert 'href="/devices/core-main-1"' not in page
    other = broken.browser("operator@forests")
    assert other.get("/problems.json").json["rows"] == []
    assert other.get(f"/problems/{row['id']}").status_code == 404
    assert other.get(f"/problems/{row['id']}/symptoms.json").status_code == 404


def test_a_silence_of_another_organisation_is_not_there(broken):
    with broken.store.writing() as books:
        until = stamp(now() + timedelta(hours=1))
        books.users.add("ren", [], "ren")
        books.silences.add(HQ1, "*", user="ren", reason="x", until=until)
    assert broken.browser("viewer@forests").get("/silences/S-000001").status_code == 404
    assert broken.browser("viewer@rivers").get("/silences/S-000001").status_code == 200
    assert broken.browser("viewer").get("/problems/P-999").status_code == 404
    assert broken.browser("viewer").get("/problems/x").status_code == 404
