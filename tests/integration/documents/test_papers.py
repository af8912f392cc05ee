"""The papers of real changes of the reference network, as HTML and as PDF that is read back."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import papers
import pytest
from networks import ROOT, reference
from pypdf import PdfReader

from netctl.control.changes import approve, documents, propose
from netctl.errors import DocumentNotWritten, SettingsInvalid, UndefinedVariable, UnknownUser
from netctl.model.audit import Head
from netctl.settings import Settings
from netctl.store import Store

PAIR = ("rivers-hq-r1", "rivers-hq-r2")
TITLES = {
    ("plan", "ja"): "変更計画書",
    ("procedure", "ja"): "作業手順書",
    ("report", "ja"): "結果報告書",
    ("plan", "en"): "Change plan",
    ("procedure", "en"): "Work procedure",
    ("report", "en"): "Report of results",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def store(settings: Settings):
    with Store.open(f"sqlite:///{settings.home / 'netctl.db'}", create=True, clock=papers.Ticking()) as store:
        yield papers.peopled(store)


@pytest.fixture(scope="module")
def done(store: Store) -> str:
    return papers.pushed(store, *PAIR).id


@pytest.fixture(scope="module")
def stopped(store: Store) -> str:
    return papers.pushed(store, *PAIR, "harbours-hq-r1", "harbours-hq-r2", failing="rivers-hq-r2").id


def told(store: Store, settings: Settings, change: str, language: documents.Language = "ja") -> documents.Facts:
    chain = documents.proven(store)
    return documents.facts(store, settings, change, language, user="fumi", network=reference(), chain=chain)


def page(store: Store, settings: Settings, change: str, kind: documents.Kind, language="ja", root: Path = ROOT) -> str:
    facts = told(store, settings, change, language)
    return documents.page(facts, kind, language, root=root, settings=settings)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize(("kind", "language"), sorted(TITLES))
def test_every_page_of_a_pdf_says_which_page_which_change_and_which_digest(
    store: Store, settings: Settings, done: str, kind: documents.Kind, language: documents.Language
) -> None:
    facts = told(store, settings, done, language)
    data = documents.pdf(facts, kind, language, root=ROOT, settings=settings)
    reader = PdfReader(io.BytesIO(data))
    count = len(reader.pages)
    for number, sheet in enumerate(reader.pages, start=1):
        text = sheet.extract_text()
        assert f"{number} / {count}" in text
        assert facts.change.plan_digest in re.sub(r"\s", "", text)
        assert done in text
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)  # A4
    whole = "".join(sheet.extract_text() for sheet in reader.pages)
    assert TITLES[kind, language] in whole
    assert papers.TITLE in whole, "Japanese text must extract as such"
    assert reader.metadata.creation_date == reader.metadata.modification_date
    assert reader.metadata.creation_date.isoformat().startswith(facts.as_of[:19])


def test_the_same_change_gives_the_same_bytes_however_often_it_is_printed(
    store: Store, settings: Settings, done: str
) -> None:
    before = documents.pdf(told(store, settings, done), "report", "ja", root=ROOT, settings=settings)
    papers.proposed(store, "forests-hq-r1")  # the log goes on with another change
    assert documents.pdf(told(store, settings, done), "report", "ja", root=ROOT, settings=settings) == before


def test_the_plan_tells_purpose_places_risks_order_and_differences(store: Store, settings: Settings, done: str) -> None:
    html = page(store, settings, done, "plan")
    text = text_of(html)
    assert papers.REASON.splitlines()[1] in text
    assert "河川庁 本庁" in text
    assert "RISK-PAIR" in text
    assert "rivers-hq-r2 → rivers-hq-r1" in text
    assert '<span class="remove">-' in html
    assert '<span class="add">+' in html
    assert "netctl rollback " + done in text


def test_the_procedure_names_every_router_and_every_command(store: Store, settings: Settings, done: str) -> None:
    text = text_of(page(store, settings, done, "procedure", "en"))
    digest = told(store, settings, done).change.plan_digest
    for wanted in (*PAIR, f"netctl push {done} --digest {digest[:16]}", f"netctl stop {done}", f"netctl resume {done}"):
        assert wanted in text
    assert "Operation centre" in text


def test_the_report_of_a_change_that_went_well_has_no_deviation(store: Store, settings: Settings, done: str) -> None:
    text = text_of(page(store, settings, done, "report"))
    assert "計画との違いはありません" in text
    assert "改ざんのないことを確かめました" in text


def test_the_report_of_a_stopped_change_tells_which_router_failed_why_and_which_were_spared(
    store: Store, settings: Settings, stopped: str
) -> None:
    text = text_of(page(store, settings, stopped, "report", "en"))
    assert "rivers-hq-r2 put back verify: bgp 3fff:400::1 is Idle" in text
    assert "harbours-hq-r1 untouched" in text
    assert "Stopped on the way." in text


def test_every_audit_entry_about_the_change_is_in_its_report_with_its_hash(
    store: Store, settings: Settings, stopped: str
) -> None:
    html = text_of(page(store, settings, stopped, "report"))
    with store.reading() as books:
        entries = list(books.audit.entries(subject=stopped))
    assert len(entries) > 5
    assert [entry.number for entry in entries if entry.hash not in html.replace(" ", "")] == []


def test_a_report_tells_when_the_chain_is_broken_or_not_verified_that_far(
    store: Store, settings: Settings, done: str
) -> None:
    facts = told(store, settings, done)
    broken = replace(facts, chain=documents.chain_of(Head(3, ""), "entry 4 was changed"))
    assert "entry 4 was changed" in documents.page(broken, "report", "en", root=ROOT, settings=settings)
    behind = replace(facts, chain=documents.Chain(facts.entries[-1].number - 1))
    assert "has not been verified yet" in documents.page(behind, "report", "en", root=ROOT, settings=settings)


def test_what_people_write_is_text_and_never_markup(store: Store, settings: Settings) -> None:
    change = propose.propose(
        store, papers.plan_of("forests-hq-r1"), title="<script>x</script>", reason="<b>&", author="aiko"
    )
    html = page(store, settings, change.id, "plan")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "style=" not in html, "the pages' content security policy forbids it"


def test_boxes_wait_empty_until_somebody_stands_in_them(store: Store, settings: Settings) -> None:
    change = papers.proposed(store, *PAIR, title="waits")
    waiting = told(store, settings, change.id).boxes
    assert [(box.role, box.name) for box in waiting] == [
        ("author", "aiko"), ("approval", ""), ("operator", ""), ("reviewer", ""),
    ]  # fmt: skip
    approve.approve(store, change.id, user="ben", digest=change.plan_digest)
    assert [box.name for box in told(store, settings, change.id).boxes] == ["aiko", "ben", "", ""]


def test_a_vote_on_an_earlier_plan_is_struck_through(store: Store, settings: Settings) -> None:
    change = papers.proposed(store, *PAIR, title="revised")
    approve.approve(store, change.id, user="ben", digest=change.plan_digest)
    propose.revise(store, change.id, papers.plan_of("rivers-hq-r1"), author="aiko")
    assert '<tr class="void">' in page(store, settings, change.id, "plan")


def test_a_network_overrides_one_template_and_keeps_the_others(
    store: Store, settings: Settings, done: str, tmp_path: Path
) -> None:
    folder = tmp_path / "templates" / "documents"
    folder.mkdir(parents=True)
    (folder / "contacts.j2").write_text("<p>desk@rivers.example</p>", encoding="utf-8")
    text = page(store, settings, done, "procedure", root=tmp_path)
    assert "desk@rivers.example" in text
    assert "運用センター" not in text
    assert "作業手順書" in text


def test_a_wrong_template_of_a_network_is_told_with_file_and_line(
    store: Store, settings: Settings, done: str, tmp_path: Path
) -> None:
    folder = tmp_path / "templates" / "documents"
    folder.mkdir(parents=True)
    (folder / "contacts.j2").write_text("\n{{ telephone }}", encoding="utf-8")
    with pytest.raises(UndefinedVariable) as caught:
        page(store, settings, done, "procedure", root=tmp_path)
    assert caught.value.where == "templates/documents/contacts.j2:2"


def test_a_network_that_is_gone_leaves_the_names_in_the_plan(store: Store, settings: Settings, done: str) -> None:
    facts = documents.facts(store, settings, done, "ja", user="fumi", network=None)
    assert facts.places == ("rivers-hq",)


def test_an_unknown_time_zone_is_a_setting_that_cannot_be_used(store: Store, settings: Settings, done: str) -> None:
    facts = told(store, settings, done)
    with pytest.raises(SettingsInvalid):
        documents.page(facts, "plan", "ja", root=ROOT, settings=replace(settings, timezone="Mars/Base"))


def test_nobody_prints_who_may_not_look(store: Store, settings: Settings, done: str) -> None:
    with pytest.raises(UnknownUser):
        documents.facts(store, settings, done, "ja", user="stranger", network=None)


def test_a_file_that_cannot_be_written_is_told(store: Store, settings: Settings, done: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentNotWritten):
        documents.write_file(
            store, ROOT, settings, done, kind="plan", language="ja", user="fumi", out=tmp_path / "no" / "plan.html"
        )


def test_a_paper_is_written_as_html_where_its_file_is_named_so(
    store: Store, settings: Settings, done: str, tmp_path: Path
) -> None:
    out = tmp_path / "plan.html"
    size = documents.write_file(store, ROOT, settings, done, kind="plan", language="ja", user="fumi", out=out)
    assert out.stat().st_size == size
    assert "変更計画書" in out.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [out]
