"""The papers of a change that is about routers, a name server and zones at once."""

from __future__ import annotations

import re

import papers
import pytest
from mixed_plans import RIVERS, long_zone_plan, mixed_plan
from networks import ROOT, reference

from netctl.change import steps
from netctl.control.changes import documents
from netctl.documents.gather import RECORDS
from netctl.model.change import Change, Window
from netctl.model.plan import Plan
from netctl.push.names import COURSES
from netctl.settings import Settings
from netctl.store import Receipts, Store

SERVES = "ns1 serves 2026112203; ns3 serves 2026112203 after 0.4 s"


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def store(settings: Settings):
    with Store.open(f"sqlite:///{settings.home / 'netctl.db'}", create=True, clock=papers.Ticking()) as store:
        yield papers.peopled(store)


def proposed(store: Store, plan: Plan) -> Change:
    return steps.propose(store, plan, title="水位計の移設", reason="東堰の工事", author="aiko", window=Window())


def read(store: Store, settings: Settings, change: Change, kind: documents.Kind, language: documents.Language) -> str:
    """The words of one paper, without its markup."""
    facts = documents.facts(store, settings, change.id, language, user="fumi", network=reference())
    html = documents.page(facts, kind, language, root=ROOT, settings=settings)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "ja",
            (
                "ルーター2台、ネームサーバー1台、ゾーン3個（拠点 1 か所）",
                "gov-wan.example（ビュー internal、lgwan）",
                "上限を超えて認める事項",
                "レコードを最大 250 件削除できる",
                "先に消す名前",
                "名前（ルーターの後）",
                "− 3600 3fff:100:1::80 + 3600 3fff:100:1::443 dns/zones/rivers.gov-wan.example.yaml:13",
            ),
        ),
        (
            "en",
            (
                "2 routers, 1 name server and 3 zones, at 1 place",
                "gov-wan.example (views internal, lgwan)",
                "Beyond the limits",
                "it may delete up to 250 records",
                "These names go first.",
                "Names, after the routers",
                "&lt;b&gt;not&lt;/b&gt; markup",
            ),
        ),
    ],
)
def test_the_plan_tells_record_by_record_what_comes_when_and_what_goes_beyond_the_limits(
    store: Store, settings: Settings, language: documents.Language, wanted: tuple[str, ...]
) -> None:
    text = read(store, settings, proposed(store, mixed_plan()), "plan", language)
    assert [words for words in wanted if words not in text] == []


def test_the_procedure_has_a_table_of_steps_for_each_kind_that_changes(store: Store, settings: Settings) -> None:
    text = read(store, settings, proposed(store, mixed_plan()), "procedure", "en")
    tables = {kind: text.index(f"Steps on one {name}") for kind, name in [("server", "name server"), ("zone", "zone")]}
    assert tables["server"] < text.index("Steps on one router") < tables["zone"]
    for step in COURSES["zone"].steps:
        assert f" {step} " in text[tables["zone"] :]
    alone = read(store, settings, proposed(store, long_zone_plan(2)), "procedure", "en")
    assert "Steps on one zone" in alone
    assert "Steps on one router" not in alone


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "ns3 serves 2026112203 after 0.4 s"), ("ja", "ns3 は0.4秒後にシリアル 2026112203")],
)
def test_the_report_tells_which_server_served_which_serial(
    store: Store, settings: Settings, language: documents.Language, said: str
) -> None:
    change = proposed(store, mixed_plan())
    steps.approve(store, change.id, user="ben", digest=change.plan_digest, reason="seen")
    steps.begin_push(store, change.id, user="daigo")
    receipts = Receipts(store, "daigo")
    for step in COURSES["zone"].steps:
        receipts.begin(change.id, str(RIVERS), step, "w")
        detail = SERVES if step == "converge" else ""
        receipts.end(change.id, str(RIVERS), step, "w", outcome="ok", detail=detail)
    text = read(store, settings, change, "report", language)
    assert said in text
    assert {"en": "served everywhere", "ja": "全サーバーへの反映"}[language] in text


def test_a_paper_of_very_many_records_says_how_many_it_leaves_out(store: Store, settings: Settings) -> None:
    change = proposed(store, long_zone_plan(RECORDS))
    facts = documents.facts(store, settings, change.id, "en", user="fumi", network=None)
    assert (len(facts.differences[0].records), facts.differences[0].left_out) == (RECORDS, RECORDS)
    assert f"{RECORDS:,} more records are left out" in read(store, settings, change, "plan", "en")
