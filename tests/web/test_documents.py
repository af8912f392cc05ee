"""The papers of a change in the dashboard: who may print them, in which language, and what browsers keep of them."""

import papers
import pytest

PAIR = ("rivers-hq-r1", "rivers-hq-r2")


@pytest.fixture
def done(installation):
    papers.peopled(installation.store)
    return papers.pushed(installation.store, *PAIR).id


@pytest.mark.parametrize(
    ("kind", "title"), [("plan", "変更計画書"), ("procedure", "作業手順書"), ("report", "結果報告書")]
)
def test_every_paper_is_a_page_in_both_languages(installation, done, kind, title):
    browser = installation.browser("viewer", lang="ja")
    page = browser.get(f"/changes/{done}/documents/{kind}")
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert "河川庁 本庁" in page.text
    assert '<html lang="en">' in browser.get(f"/changes/{done}/documents/{kind}?lang=en").text


def test_a_page_needs_no_inline_style_and_no_script(installation, done):
    html = installation.browser("viewer").get(f"/changes/{done}/documents/plan").text
    assert "<script" not in html
    assert "<style" not in html
    assert "style=" not in html
    assert 'href="/changes/C-000001/documents/plan.css?lang=en"' in html


def test_the_style_sheet_tells_printers_what_stands_on_every_page(installation, done):
    browser = installation.browser("viewer")
    answer = browser.get(f"/changes/{done}/documents/plan.css?lang=en")
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    digest = browser.get(f"/api/v1/changes/{done}").json["digest"]
    assert "counter(page)" in answer.text
    assert f'content: "{digest[:4]} {digest[4:8]} ' in answer.text
    assert f'content: "{done} Change plan' in answer.text


def test_a_pdf_is_named_after_the_change_and_not_sent_twice(installation, done):
    browser = installation.browser("viewer")
    answer = browser.get(f"/changes/{done}/documents/report.pdf?lang=en")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert f'filename="{done}-report-en.pdf"' in answer.headers["Content-Disposition"]
    again = browser.get(
        f"/changes/{done}/documents/report.pdf?lang=en", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_a_report_says_that_the_chain_holds(installation, done):
    html = installation.browser("viewer").get(f"/changes/{done}/documents/report?lang=en").text
    assert "The log is proven whole from its beginning" in html


@pytest.mark.parametrize("path", ["/changes/C-000001/documents/poem", "/changes/C-000099/documents/plan"])
def test_what_does_not_exist_is_not_found(installation, done, path):
    assert installation.browser("viewer").get(path).status_code == 404


def test_papers_of_another_organisations_routers_are_refused(installation, done):
    browser = installation.browser("viewer@harbours")
    for suffix in ("", ".pdf"):
        assert browser.get(f"/changes/{done}/documents/plan{suffix}").status_code == 403


def test_nobody_prints_without_signing_in(installation, done):
    assert installation.browser().get(f"/changes/{done}/documents/plan").status_code == 303


def test_pdfs_are_made_by_a_process_of_their_own_and_are_the_same(installation, done):
    from netctl.control.changes import documents

    at = installation
    facts = documents.facts(at.store, at.settings, done, "ja", user="fumi", network=None)
    where = {"root": at.settings.home, "settings": at.settings}
    assert documents.pdf(facts, "plan", "ja", **where, apart=True) == documents.pdf(facts, "plan", "ja", **where)


@pytest.mark.parametrize(("lang", "told"), [("ja", "ファイルを作ります"), ("en", "take its time")])
def test_a_pdf_nobody_waits_for_is_refused_with_another_way(installation, done, monkeypatch, lang, told):
    from netctl.documents import press

    monkeypatch.setattr(press, "PATIENCE", 0.01)
    answer = installation.browser("viewer").get(f"/changes/{done}/documents/plan.pdf?lang={lang}")
    assert answer.status_code == 409
    assert "NETCTL-E0973" in answer.text
    assert f"{told}: netctl documents {done} --kind plan --lang {lang}" in answer.text


def test_a_pdf_that_took_too_long_once_keeps_nobody_waiting_again(installation, done, monkeypatch):
    from netctl.documents import press

    browser = installation.browser("viewer")
    monkeypatch.setattr(press, "PATIENCE", 0.01)
    assert browser.get(f"/changes/{done}/documents/plan.pdf").status_code == 409
    monkeypatch.setattr(press, "_made_apart", lambda _page, _style: pytest.fail("it was laid out again"))
    assert browser.get(f"/changes/{done}/documents/plan.pdf").status_code == 409


@pytest.mark.parametrize(("font", "code"), [("DejaVu Sans", "NETCTL-E0971"), ("", "NETCTL-E0970")])
def test_a_host_that_cannot_make_pdfs_tells_what_is_missing(installation, done, tmp_path, monkeypatch, font, code):
    if font:
        (tmp_path / "fc-match").write_text(f"#!/bin/sh\necho {font}\n")
        (tmp_path / "fc-match").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = installation.browser("viewer").get(f"/changes/{done}/documents/procedure.pdf?lang=en")
    assert answer.status_code == 503
    assert code in answer.text
    assert "make packages" in answer.text
