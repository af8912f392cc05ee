"""A real NETCONF server takes each golden document and gives the same one back."""

import re

import pytest
from integration.render.netconf_server import MISSING, NetconfServer
from networks import ROOT

from netctl.config.yang import OWNED, normalise_document

GOLDENS = ROOT / "tests" / "golden" / "render" / "rivers-east-r1"
_BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")


@pytest.fixture(scope="module")
def server():
    with NetconfServer(ROOT / "devices" / "ietf_netconf" / "yang") as running:
        yield running


def golden(form):
    return (GOLDENS / form / "config.xml").read_text(encoding="utf-8")


def edit(server, document, *, replace):
    inner = re.sub(r"^<data[^>]*>|</data>\s*$", "", document)
    if replace:
        mark = rf' xmlns:nc="{_BASE}" nc:operation="replace" xmlns='
        inner = re.sub(r"(?m)^(  <[a-z-]+) xmlns=", rf"\1{mark}", inner)
    reply = server.ask(f"<edit-config><target><candidate/></target><config>{inner}</config></edit-config>")
    return reply if "<ok/>" not in reply else server.ask("<commit/>")


def running(server):
    return normalise_document(server.ask("<get-config><source><running/></source></get-config>"))


def test_the_server_loads_all_modules_without_an_error(server):
    assert not re.search(r"(?i)\berror\(", server.log())


@pytest.mark.parametrize("form", ["intended", "drained"])
def test_the_server_gives_back_the_document_it_took(server, form):
    assert "<ok/>" in edit(server, golden(form), replace=True)
    assert running(server) == golden(form)


def test_merging_the_drain_gives_the_drained_document(server):
    assert "<ok/>" in edit(server, golden("intended"), replace=True)
    assert "<ok/>" in edit(server, golden("drain"), replace=False)
    assert running(server) == golden("drained")


def test_replacing_takes_away_what_the_document_does_not_hold(server):
    assert "<ok/>" in edit(server, golden("drained"), replace=True)
    less = re.sub(r"(?s)    <session>.*?</session>\n", "", golden("drained"), count=1)
    assert less != golden("drained")
    assert "<ok/>" in edit(server, less, replace=True)
    assert running(server) == less


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<priority>110</priority>", "<priority>255</priority>"),
        ("<vrid>10</vrid>", "<vrid>0</vrid>"),
        ("<kind>mate</kind>", "<kind>friend</kind>"),
        ("<prefix>192.0.2.32/28</prefix>", "<prefix>192.0.2.320/28</prefix>"),
        ("<multiplier>3</multiplier>", "<multiplier>0</multiplier>"),
    ],
)
def test_the_modules_refuse_values_that_cannot_be(server, right, wrong):
    document = golden("intended").replace(right, wrong)
    assert document != golden("intended")
    assert "<rpc-error>" in edit(server, document, replace=True)
    assert "<ok/>" in server.ask("<discard-changes/>")


def test_owned_containers_are_all_that_a_document_holds():
    tops = re.findall(r"(?m)^  <([a-z-]+) xmlns", golden("intended"))
    assert tops == [container.name for container in OWNED]
