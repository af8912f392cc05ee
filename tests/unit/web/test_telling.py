"""What the watch, plans and pushes tell is said in the reader's language, and what nobody knows stands as it was told."""

import ast
import inspect
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from netctl.web import naming
from netctl.web.telling import told
from netctl.web.words import bundle_of
from netctl.words.telling import SENTENCES
from netctl.zones import dnssec_stages


@pytest.fixture(params=["ja", "en"])
def reader(request, monkeypatch):
    """Somebody who reads this language, of a network in which one site has a name."""
    monkeypatch.setattr(naming, "carrier", str)
    monkeypatch.setattr(naming, "site", lambda name: {"rivers-hq": "河川庁 本庁"}.get(name, name))
    with Flask(__name__).test_request_context(f"/?lang={request.param}"):
        yield request.param


@pytest.mark.parametrize(
    ("text", "japanese"),
    [
        (
            "does not answer; site rivers-hq runs on rivers-hq-r2 alone",
            "応答がない。{site}は rivers-hq-r2 だけで動いている",
        ),
        (
            "between a-r1 and core-2, asagi; site rivers-hq runs on line a:2 alone",
            "a-r1 と core-2 の間（asagi）。{site}は回線 a:2 だけで動いている",
        ),
        ("203.0.113.5 203.0.113.5 is down", "203.0.113.5 が停止"),
        ("lan0 10 IPv4 master in place of rivers-hq-r1", "lan0 10 IPv4：rivers-hq-r1 の代わりにマスターになっている"),
        ("both members of 2 pair(s) change, one after the other", "2組の対で、両方の機器を1台ずつ順に変更する"),
        ("changed and verified", "変更し、確認まで終えた"),
        ("it held the intended state already; not touched", "すでに計画どおりの設定だったため、変更していない"),
        (
            "no way to the backbone is left: a is down, line b:2 is cut",
            "基幹網への経路がすべて失われた：a が停止、回線 b:2 が切断",
        ),
        ("takes C-000001 back on 2 router(s)", "C-000001 を元に戻す（ルーター2台）"),
        (
            "takes C-000001 back on 1 router(s), 2 name server(s), 3 zone(s)",
            "C-000001 を元に戻す（ルーター1台、ネームサーバー2台、ゾーン3個）",
        ),
        (
            "ns1 serves 2026112203; ns3 serves 2026112203 after 0.4 s",
            "ns1 はシリアル 2026112203。ns3 は0.4秒後にシリアル 2026112203",
        ),
        (
            "120 records are deleted, 100 may be; the plan says that it may",
            "レコード120件を削除する（上限は100件）。計画で認められている",
        ),
        ("every secondary changes, one after the other", "すべてのセカンダリーを1台ずつ順に変更する"),
        (
            "gov-wan.example@internal: its deadline passed, and the write was taken back",
            "gov-wan.example（ビュー internal）：期限が過ぎ、書き込みは元に戻された",
        ),
        ("key 7 signs no more; nobody needs it any longer", "鍵 7はもう署名していない。もう誰にも必要ない"),
        ("nobody needs key 7 and key 9 any longer", "鍵 7、鍵 9はもう誰にも必要ない"),
        (
            "of 120 RRsets the signatures of the apex were verified; --whole verifies all",
            "120個のRRsetのうち、頂点の署名だけを検証した（--whole ですべて検証する）",
        ),
        (
            "no server of gov-wan.example. said which DS it has",
            "gov-wan.example. のどのサーバーも、持っているDSを答えなかった",
        ),
        (
            "netctl plan  # the next change takes it to gov-wan.example.",
            "netctl plan  # 次の変更で gov-wan.example. に載る",
        ),
        (
            "www.rivers.example. A: no signature holds: it has expired; it does not verify",
            "www.rivers.example. A：有効な署名がない（期限切れ）。署名が内容と合わない",
        ),
        (
            "no DS of the zone above (7/ED25519) is of a key that signs the keys (on ns1, ns3)",
            "DS（7/ED25519）のどれも、鍵に署名している鍵のものではない（ns1, ns3）",
        ),
        (
            "does not hold for who validates: it is declared to be signed, and served without keys",
            "検証する側では成り立たない：署名すると宣言されているが、鍵なしで答えている",
        ),
        ("with core-1: 3fff::1 core-2 (3fff::1) is Idle", "core-1：core-2（3fff::1）の状態が Idle"),
    ],
)
def test_what_is_known_is_said_in_the_readers_language(reader, text, japanese):
    said = told(text)
    if reader == "ja":
        assert said == japanese.format(site=naming.site("rivers-hq"))
    else:
        assert said.isascii() or "河川庁" in said


def changes_of_keys() -> Iterator[str]:
    """Every step of a change of keys, and everything one can wait for, as the module that tells them writes it."""
    for steps in dnssec_stages.STEPS.values():
        yield from steps
    samples = {"_named": "key 7 and key 9", "algorithm_text": "ED25519", "said": "key 7 signs no more"}
    for node in ast.walk(ast.parse(inspect.getsource(dnssec_stages))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_at":
            told_by = node.args[2]
            for each in (told_by.body, told_by.orelse) if isinstance(told_by, ast.IfExp) else (told_by,):
                if isinstance(each, ast.Constant):
                    yield each.value
                elif isinstance(each, ast.JoinedStr):
                    pieces = [(piece, ast.unparse(piece)) for piece in each.values]
                    yield "".join(
                        piece.value
                        if isinstance(piece, ast.Constant)
                        else next((sample for name, sample in samples.items() if name in source), "3")
                        for piece, source in pieces
                    )


def test_nothing_that_is_told_of_a_change_of_keys_is_left_in_english(reader):
    told_of = list(dict.fromkeys(changes_of_keys()))
    assert len(told_of) > 35
    if reader == "ja":
        assert [text for text in told_of if re.search("[a-z]{2,}", told(text).replace("RRset", ""))] == []


@pytest.mark.parametrize("text", ["", "something new happened", "a; b; c", "x: y: z", "is down", "; ; ", "…" * 5000])
def test_what_nobody_knows_stands_as_it_was_told(reader, text):
    joint = "。" if reader == "ja" else "; "
    assert told(text) == (text.replace("; ", joint) if len(text) < 100 else text)


def test_every_sentence_gives_its_message_the_values_it_takes():
    for word, pattern in SENTENCES.items():
        names = set(re.compile(pattern).groupindex)
        for language in ("ja", "en"):
            bundle = bundle_of(language)
            said, errors = bundle.format_pattern(bundle.get_message(word).value, dict.fromkeys(names, 1))
            assert (errors, bool(said)) == ([], True), (word, language)
