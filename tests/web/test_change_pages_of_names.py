"""Pages of changes that are about routers, a name server and zones at once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from change_seeds import add_people, propose
from mixed_plans import OWN, RIVERS, long_zone_plan, many_zones_plan, mixed_plan, zone_plan

from netctl.change import steps
from netctl.control.changes import decide
from netctl.control.changes.review_group import AT_ONCE
from netctl.control.people.accounts import begin
from netctl.model.plan import Wave
from netctl.push.names import COURSES
from netctl.store import Receipts

LEAVING = f"{RIVERS}~leaving"


@pytest.fixture
def change(installation):
    add_people(installation.store)
    return propose(installation.store, mixed_plan())


@pytest.fixture
def browse(installation):
    def one(name: str, lang: str = "en"):
        client = installation.app.test_client()
        client.set_cookie("netctl-language", lang)
        address = {"address": "192.0.2.1", "agent": "t", "settings": installation.settings}
        begun = begin(installation.store, name, "password", **address)
        client.set_cookie("netctl", begun.secret)
        installation.tokens[id(client)] = begun.session.csrf
        return client

    return one


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "en",
            (
                "2 routers, 1 name server and 3 zones, in 4 waves",
                "This plan may go beyond the limits",
                "rivers.gov-wan.example: it may delete up to 250 records.",
                "Difference 6: gov-wan.example (views internal, lgwan)",
                "Names that go first",
                "Names, after the routers",
            ),
        ),
        (
            "ja",
            (
                "ルーター2台、ネームサーバー1台、ゾーン3個（4回に分けて配信）",
                "上限を超えることを認める計画です",
                "rivers.gov-wan.example：レコードを最大250件削除できる。",
                "差分 6：gov-wan.example（ビュー internal、lgwan）",
                "先に消す名前",
                "名前（ルーターの後）",
            ),
        ),
    ],
)
def test_the_review_says_what_it_is_about_what_comes_when_and_what_it_may(change, browse, lang, wanted):
    text = plain(browse("emi", lang).get(f"/changes/{change.id}").text)
    assert [words for words in wanted if words not in text] == []
    decision = plain(browse("ben", lang).get(f"/changes/{change.id}/decision").text)
    assert [words for words in wanted[:3] if words not in decision] == []


@pytest.mark.parametrize("view", ["split", "unified"])
def test_records_stand_under_their_owner_with_where_they_are_declared(change, browse, view):
    html = browse("emi").get(f"/changes/{change.id}/groups/5?view={view}").text
    assert "dns/zones/rivers.gov-wan.example.yaml:13" in html
    assert "&lt;b&gt;not&lt;/b&gt; markup" in html
    both = {
        "split": "www AAAA − 3600 3fff:100:1::80 + 3600 3fff:100:1::443",
        "unified": "www − 3600 AAAA 3fff:100:1::80",
    }
    assert both[view] in plain(html)


def test_a_remark_on_a_record_stands_below_it_and_one_on_its_owner_too(installation, change, browse):
    browser = browse("chie")
    for line, text in ((8, "is it up yet?"), (6, "why here?")):
        fields = {"digest": change.plan_digest, "group": 5, "line": line, "text": text}
        answer = browser.post(
            f"/changes/{change.id}/comments", data={"csrf_token": installation.token(browser), **fields}
        )
        assert (answer.status_code, answer.location.partition("#")[0]) == (303, f"/changes/{change.id}/groups/5")
    html = browser.get(f"/changes/{change.id}/groups/5").text
    assert html.index("3fff:100:1::443") < html.index("is it up yet?")
    assert "why here?" in html
    assert "Comments on records of other pages" not in html


def test_very_many_records_come_page_by_page_and_a_remark_is_found_on_its_page(installation, change, browse):
    long = propose(installation.store, long_zone_plan(AT_ONCE + 100))
    browser = browse("chie")
    first = browser.get(f"/changes/{long.id}/groups/1").text
    shown, every = re.search(r"Records 1–(\d+) of ([\d,]+)", plain(first)).groups()
    assert every == f"{3 * (AT_ONCE + 100):,}"
    assert int(shown) <= AT_ONCE
    seen, page = [], first
    while True:
        seen += re.findall(r'<td class="owner"><code>([^<]+)', page)
        following = re.search(r'href="([^"]+)"[^>]*>After these', page)
        if following is None:
            break
        page = browser.get(following[1].replace("&amp;", "&")).text
    assert seen == [f"host-{number:05}" for number in range(2 * (AT_ONCE + 100))], "each once, in order"
    line = 3 * AT_ONCE + 50  # the last of three lines of an owner
    fields = {"digest": long.plan_digest, "group": 1, "line": line, "text": "look at this one"}
    answer = browser.post(f"/changes/{long.id}/comments", data={"csrf_token": installation.token(browser), **fields})
    assert answer.location == f"/changes/{long.id}/groups/1?at={line}#comment-1"
    assert "look at this one" in browser.get(answer.location).text
    again = browser.get(f"/changes/{long.id}/groups/1").text
    assert "look at this one" not in again
    assert f"&amp;at={line}" in again
    for odd in ("at=0", "at=-7", "at=99999999", "at=x", "line=99999999"):
        assert browser.get(f"/changes/{long.id}/groups/1?{odd}").status_code == 200


def test_many_differences_come_page_by_page_and_a_tick_leads_back_to_its_own(installation, change, browse):
    many = propose(installation.store, many_zones_plan(130))
    browser = browse("ben")
    numbers = [
        re.findall(r'id="group-(\d+)"', browser.get(f"/changes/{many.id}{query}").text)
        for query in ("", "?from=101", "?from=99999", "?from=-1", "?from=x")
    ]
    first, second = [str(number) for number in range(1, 101)], [str(number) for number in range(101, 131)]
    assert numbers == [first, second, second, first, first]
    fields = {"csrf_token": installation.token(browser), "digest": many.plan_digest, "seen": "yes"}
    answer = browser.post(f"/changes/{many.id}/groups/120/tick", data=fields)
    assert answer.location == f"/changes/{many.id}?from=101#group-120"
    assert f"/changes/{many.id}?view=split&amp;from=101#group-120" in browser.get(f"/changes/{many.id}/groups/120").text


def test_the_list_counts_routers_servers_and_zones_apart(installation, change, browse):
    row = browse("emi").get("/changes.json").json["rows"][0]
    assert (row["routers"], row["servers"], row["zones"]) == (2, 1, 3)


@pytest.fixture
def under_way(installation, change):
    """A push with the server done, names gone, routers done, and a zone that waits to be confirmed."""
    store = installation.store
    decide.decide(store, change.id, "approve", user="ben", digest=change.plan_digest, reason="yes")
    steps.begin_push(store, change.id, user="daichi")
    receipts = Receipts(store, "daichi")
    for target in ("ns3", LEAVING, "rivers-hq-r2", "rivers-hq-r1"):
        receipts.set_member(change.id, target, "done", "changed and verified")
    receipts.set_member(change.id, str(RIVERS), "in_flight")
    told = {"converge": "ns1 serves 7; ns3 serves 7 after 0.4 s"}
    for step in COURSES["zone"].steps[:3]:
        receipts.begin(change.id, str(RIVERS), step, "w")
        receipts.end(change.id, str(RIVERS), step, "w", outcome="ok", detail=told.get(step, ""))
    return change


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", ("Every server serves it", "ns3 serves 7 after 0.4 s", "netctl takes the records back")),
        ("ja", ("すべてのサーバーへの反映を確認", "ns3 は0.4秒後にシリアル 7", "netctlがレコードを元に戻す")),
    ],
)
def test_the_steps_of_a_zone_are_told_with_who_serves_which_serial(under_way, browse, lang, wanted):
    browser = browse("emi", lang)
    push = plain(browser.get(f"/changes/{under_way.id}/push").text)
    assert [words for words in wanted if words not in push] == []
    alone = plain(browser.get(f"/changes/{under_way.id}/push/targets/{RIVERS}").text)
    assert wanted[1] in alone
    for target in ("ns3", LEAVING):
        assert browser.get(f"/changes/{under_way.id}/push/targets/{target}").status_code == 200


def test_a_zone_whose_name_holds_a_slash_has_its_steps_at_an_address(installation, browse):
    add_people(installation.store)
    name = OWN[0]._replace(zone="64/26.2.0.192.in-addr.arpa")
    target = zone_plan(name, {}, {("65", "PTR"): ("portal.gov-wan.example.",)})
    wave = Wave(1, ((name.group, (str(name),)),))
    alone = replace(mixed_plan(), targets=(target,), waves=(wave,), allowances=(), findings=())
    change = propose(installation.store, alone)
    decide.decide(installation.store, change.id, "approve", user="ben", digest=change.plan_digest, reason="yes")
    steps.begin_push(installation.store, change.id, user="daichi")
    page = browse("emi").get(f"/changes/{change.id}/push").text
    address = re.search(rf'"(/changes/{change.id}/push/targets/[^"]+)"', page)[1]
    assert "64/26.2.0.192.in-addr.arpa [192.0.2.64/26] (view internal)" in browse("emi").get(address).text
