"""What a promotion would do, from what servers are: who writes now, who turns how, what stands against it, and the digest of it all."""

from dataclasses import replace

import pytest
from networks import ROOT, reference

from netctl.cli.dns_promote import _write
from netctl.control.dns.outlook import Loss, Outlook, ServerTurn, ZoneSerials
from netctl.control.dns.prospect import _former, _order, _refusals, _turn, _way
from netctl.control.dns.survey import Box, Configurations, Survey
from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.errors import NameServerUnreachable
from netctl.model.plan import DiffLine
from netctl.model.promotion import Promotion
from netctl.services.dns.load import load
from netctl.zones.names import wire

DECLARED = load(reference())
ZONE = ("internal", "rivers.gov-wan.example.")
BOTH = frozenset({"ns1", "ns2"})


def surveyed(silent=(), **follows) -> Survey:
    """Servers by whose writing they are configured: a name, "" for nobody's, None for one that cannot be read."""
    declared = {"ns1": "ns1", "ns2": "ns1", "ns3": "ns1", "ns4": "ns1", "resolve1": BOTH} | follows
    boxes = {}
    for name, whose in declared.items():
        known = None if whose is None else whose if isinstance(whose, frozenset) else frozenset({whose} - {""})
        running = None if known is None else ()
        boxes[name] = Box(
            DECLARED.servers[name], running, known or frozenset(), "", "" if known is not None else "gone"
        )
    places = tuple(ZonePlace(NameServer(name, ()), wire(ZONE[1]), ZONE[0]) for name in ("ns1", "ns2", "ns3", "ns4"))
    serials = {each: NameServerUnreachable("gone") if each.server.name in silent else 7 for each in places}
    return Survey(DECLARED, boxes, {ZONE: places}, serials, {})


def promotion(server="ns2", former="ns1", state="done", *, as_declared=False) -> Promotion:
    words = ("ai", "why", "5" * 64, (), (), "here:1:1", "2026-11-22T03:00:00.000000Z", "")
    return Promotion(1, server, former, as_declared, state, *words)


@pytest.mark.parametrize(
    ("server", "latest", "wrote", "servers", "former"),
    [
        ("ns2", None, False, {}, "ns1"),
        ("ns2", promotion(), False, {"ns2": "ns2"}, "ns2"),
        ("ns1", promotion(), False, {"ns2": "ns2"}, "ns2"),
        ("ns2", promotion("ns1", "ns2", as_declared=True), False, {}, "ns1"),
        ("ns2", promotion(state="begun"), False, {}, "ns1"),  # it goes on
        ("ns2", promotion(state="begun"), True, {"ns2": "ns2"}, "ns2"),  # only the others are left
        ("ns1", promotion(state="begun"), False, {"ns2": "ns1"}, "ns1"),  # it never came to write
        ("ns1", promotion(state="begun"), False, {"ns2": "ns2"}, "ns2"),
        ("ns1", promotion(state="begun"), False, {"ns2": None}, "ns2"),  # nobody can tell: it may
        ("ns1", None, False, {"ns1": "ns2", "ns2": "ns2"}, "ns2"),  # by somebody's hand
    ],
)
def test_who_writes_now(server, latest, wrote, servers, former):
    assert _former(surveyed(**servers), server, latest, wrote=wrote) == former


@pytest.mark.parametrize(
    ("server", "former", "servers", "turns"),
    [
        ("ns2", "ns1", {}, {"ns1": "stands back", "ns2": "writes", "ns3": "follows", "resolve1": "stays"}),
        ("ns2", "ns1", {"ns1": None, "ns4": None}, {"ns1": "owed", "ns2": "writes", "ns3": "follows", "ns4": "owed"}),
        ("ns2", "ns1", {"ns1": "ns2"}, {"ns1": "stays", "ns2": "writes"}),  # it has stood back already
        ("ns2", "ns1", {"ns3": "", "resolve1": frozenset({"ns1", "ns2"})}, {"ns3": "left", "resolve1": "stays"}),
        ("ns1", "ns2", {"ns2": "ns2"}, {"ns1": "copies, then writes", "ns2": "stands back"}),
        ("ns1", "ns2", {"ns2": "ns2", "ns1": "ns2"}, {"ns1": "writes", "ns2": "stands back", "ns3": "stays"}),
        ("ns2", "ns2", {"ns2": "ns2"}, {"ns1": "copies", "ns2": "stays", "ns3": "follows"}),
        ("ns2", "ns2", {"ns2": "ns2", "ns1": "ns2", "ns3": "ns2"}, {"ns1": "stays", "ns3": "stays"}),
    ],
)
def test_everybody_s_turn(server, former, servers, turns):
    survey = surveyed(**servers)
    way = _way(survey, server, former)
    assert {name: _turn(survey.boxes[name], survey, server, former, way) for name in turns} == turns


def refusals(survey, server="ns2", former="ns1", open_writes=()):
    return list(_refusals(survey, server, former, _way(survey, server, former), open_writes))


def test_what_stands_against_it():
    assert refusals(surveyed()) == []
    assert refusals(surveyed(["ns1"], ns1=None)) == []
    (answers,) = refusals(surveyed(ns1=None))
    assert answers.startswith("ns1 still answers, and cannot be configured")
    (drifted,) = refusals(surveyed(ns2=""))
    assert "ns2 is not configured as declared" in drifted
    assert [each.partition(" ")[0] for each in refusals(surveyed(["ns2"], ns2=None))] == ["the", "ns2"]
    assert refusals(surveyed(), open_writes=("ns1 x since y by z",)) == [
        "a write is not settled yet: ns1 x since y by z"
    ]
    survey = surveyed()
    pending = replace(survey.boxes["ns2"], pending="t-by-hand")
    (waits,) = refusals(replace(survey, boxes={**survey.boxes, "ns2": pending}))
    assert "commit t-by-hand waits" in waits
    ours = replace(survey.boxes["ns2"], pending="netctl-promotion-3-ns2-1")
    assert refusals(replace(survey, boxes={**survey.boxes, "ns2": ours})) == []


def test_files_tell_by_whose_writing_they_are():
    made = Configurations(ROOT, DECLARED)
    for name in ("ns1", "ns2", "ns3", "ns4"):
        for writer in ("ns1", "ns2"):
            assert made.followed(name, made.parts(name, writer)) == {writer}
            assert made.writes(name, made.parts(name, writer)) == (name == writer)
    assert made.followed("resolve1", made.parts("resolve1", "ns1")) == BOTH
    assert not made.moves("resolve1") and made.moves("ns4")
    main, *others = made.parts("ns2", "ns1")
    assert made.followed("ns2", (replace(main, text=main.text + "//\n"), *others)) == frozenset()


def outlook(**changes) -> Outlook:
    turns = (
        ServerTurn("ns2", "bind", "primary (backup)", True, False, "writes", (DiffLine("add", "named.conf", 0, "x"),)),
        ServerTurn("ns1", "bind", "primary (main)", False, None, "owed", (), "connect: no end within 4 s"),
    )
    lines = (DiffLine("context", "z", 0, "fresh"), DiffLine("add", "z", 1, "300 A 192.0.2.32"))
    loss = Loss("rivers.gov-wan.example@internal", "ns3", 9, 7, remembered=False, lines=lines)
    serials = ZoneSerials(ZONE[1], "internal", (("ns2", 7, ""), ("ns1", None, "silent"), ("ns3", 9, "")))
    facts = dict(server="ns2", former="ns1", way="takeover", servers=turns, zones=(serials,), losses=(loss,),
                 open_writes=(), refusals=(), warnings=(), order=tuple(_order(turns, "ns2", "ns1")))  # fmt: skip
    return Outlook(**(facts | changes))


def test_the_digest_is_of_what_is_decided_and_not_of_what_moves_by_itself():
    one = outlook()
    away = replace(one.servers[1], error="another sentence", answers=None)
    same = [outlook(zones=()), outlook(servers=(one.servers[0], away)), outlook(warnings=("w",), under_way=True)]
    assert {each.digest for each in same} == {one.digest}
    other = [
        outlook(losses=()),
        outlook(losses=(replace(one.losses[0], lines=()),)),
        outlook(way="handover"),
        outlook(servers=(replace(one.servers[0], diff=()), one.servers[1])),
        outlook(servers=(one.servers[0], replace(one.servers[1], turn="copies"))),
        outlook(refusals=("no",)),
    ]
    assert len({one.digest, *(each.digest for each in other)}) == len(other) + 1


def test_a_person_reads_what_would_happen_what_is_lost_and_what_to_say(capsys):
    _write(outlook(), full=False)
    said = capsys.readouterr().out
    assert "ns2 would write instead of ns1, which cannot be reached" in said
    assert "these changes would be lost" in said and "+   300 A 192.0.2.32" in said
    assert "ns1: to be done when it is back" in said
    digest = outlook().digest[:16]
    assert f"--digest {digest} --reason '…' --losing-changes rivers.gov-wan.example@internal" in said
    _write(outlook(refusals=("ns1 still answers",)), full=False)
    said = capsys.readouterr().out
    assert "refused: ns1 still answers" in said and "--digest" not in said
