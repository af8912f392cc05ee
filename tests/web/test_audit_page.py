"""The audit log as a page, as CSV and as JSON."""

import csv
import io

import papers
import pytest

PAIR = ("rivers-hq-r1", "rivers-hq-r2")


@pytest.fixture
def told(installation):
    """An installation whose log tells of two changes."""
    papers.peopled(installation.store)
    papers.pushed(installation.store, *PAIR)
    papers.proposed(installation.store, "harbours-hq-r1")
    return installation


def numbers(answer) -> list[int]:
    return [row["number"] for row in answer.json["rows"]]


def test_who_may_not_read_the_log_is_refused(told):
    for role in ("viewer", "operator", "author", "approver"):
        assert told.browser(role).get("/audit").status_code == 403


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_the_page_shows_the_newest_entries_and_that_the_chain_holds(told, role):
    browser = told.browser(role)
    html = browser.get("/audit").text
    assert "Proven whole from the beginning to entry" in html
    assert "change proposed" in html
    assert 'href="/changes/C-000001"' in html


def test_the_page_is_in_japanese(told):
    html = told.browser("auditor", lang="ja").get("/audit").text
    assert "<h1>監査記録</h1>" in html
    assert "変更の起案" in html


def test_all_filters_are_in_the_address_and_in_the_links_to_the_same_rows(told):
    browser = told.browser("auditor")
    html = browser.get("/audit?actor=ben&action=change.approve").text
    assert 'href="/audit.csv?actor=ben&amp;action=change.approve"' in html
    rows = browser.get("/audit.json?actor=ben&action=change.approve").json["rows"]
    assert [(row["actor"], row["action"], row["subject"]) for row in rows] == [("ben", "change.approve", "C-000001")]
    assert numbers(browser.get("/audit.json?device=rivers-hq-r1")) == numbers(
        browser.get("/audit.json?device=rivers-hq-r1&action=member")
    )


def test_a_day_is_one_of_this_hosts_time_zone_and_its_end_is_its_last_moment(told):
    browser = told.browser("auditor")
    everything = numbers(browser.get("/audit.json"))
    first = browser.get("/audit.json").json["rows"][0]["at"]
    day = papers.local_day(first)
    assert numbers(browser.get(f"/audit.json?since={day}&until={day}")) == everything
    assert numbers(browser.get("/audit.json?until=2001-01-01")) == []


def test_a_moment_that_is_none_is_told_beside_the_form_and_refused_as_data(told):
    browser = told.browser("auditor")
    page = browser.get("/audit?since=yesterday")
    assert page.status_code == 400
    assert "&#39;yesterday&#39; is no moment" in page.text
    assert browser.get("/audit.json?since=yesterday").status_code == 400


def test_pages_lead_to_older_entries_until_there_are_none(told):
    for number in range(110):
        with told.store.writing() as books:
            books.audit.append("root", "test.entry", f"s{number}")
    browser = told.browser("auditor")
    total = len(numbers(browser.get("/audit.json")))
    first = browser.get("/audit?action=test.entry").text
    assert 'rel="next" href="/audit?action=test.entry&amp;behind=' in first
    address = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = browser.get(address).text
    assert 'rel="next"' not in second
    assert '/audit?action=test.entry"' in second, "the way back to the newest"
    assert total > 110


def test_the_csv_holds_every_entry_asked_for_and_no_formula(told):
    with told.store.writing() as books:
        books.audit.append("root", "test.entry", "=HYPERLINK(1)")
    browser = told.browser("auditor")
    answer = browser.get("/audit.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["No.", "When", "Who", "Action", "About", "Detail", "Hash"]
    assert [int(row[0]) for row in rows[1:]] == numbers(browser.get("/audit.json"))
    assert "'=HYPERLINK(1)" in {row[4] for row in rows}


def test_the_json_lets_anybody_check_the_chain(told):
    from netctl.model.audit import AuditEntry, check_chain

    rows = told.browser("auditor").get("/audit.json").json["rows"]
    assert check_chain(AuditEntry(**row) for row in rows).holds


def test_a_broken_chain_is_told_with_alarm(told):
    from sqlalchemy import create_engine, text

    engine = create_engine(told.settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET actor = 'nobody' WHERE number = 3"))
    engine.dispose()
    html = told.browser("auditor").get("/audit/chain").text
    assert "The chain of the log is broken" in html
    assert 'role="alert"' in html
