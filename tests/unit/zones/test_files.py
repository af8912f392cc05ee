"""Bulk zones in three forms: the same records, and every error with its line."""

from __future__ import annotations

import pytest

from netctl.errors import BulkZoneInvalid
from netctl.zones import files, names, records
from netctl.zones.data import SOA, RRset, ZoneData
from netctl.zones.embedded import AAAA, CNAME, MX, TXT, A
from netctl.zones.gathering import MOST_FLAWS
from zone_data import ORIGIN, soa

MASTER = """\
$TTL 1h ; an hour
@ IN SOA ns1 hostmaster ( 10
    3600 ; refresh
    600 86400 300 )
www 300 IN A 192.0.2.80
    IN 300 A 192.0.2.81
    AAAA 2001:db8::80
mail.rivers.gov-wan.example. MX 10 www
$ORIGIN deep.rivers.gov-wan.example.
a   TXT "one; two" "(three)"
@   CNAME \\@.x
"""
JSON = """\
{"name": "@", "type": "SOA", "data": "ns1 hostmaster 10 3600 600 86400 300", "ttl": 3600}
{"name": "www", "type": "A", "ttl": 300, "data": ["192.0.2.80", "192.0.2.81"]}

{"name": "www", "type": "AAAA", "data": "2001:db8::80"}
{"name": "mail.rivers.gov-wan.example.", "type": "MX", "data": "10 www"}
{"name": "a.deep", "type": "TXT", "data": "\\"one; two\\" \\"(three)\\""}
{"name": "deep", "type": "CNAME", "data": "\\\\@.x.deep"}
"""
CSV = """\
# from the register
name,type,ttl,data
@,SOA,1h,ns1 hostmaster 10 3600 600 86400 300
www,A,300,192.0.2.80
www,A,300,192.0.2.81

www,AAAA,,2001:db8::80
mail.rivers.gov-wan.example.,MX,,10 www
a.deep,TXT,,\"\"\"one; two\"\" \"\"(three)\"\"\"
deep,CNAME,,\\@.x.deep
"""
READ = {"master": files.read_master, "csv": files.read_csv, "json": files.read_json_lines}


def name(text: str) -> bytes:
    return names.wire(text, ORIGIN)


def flaws(form: str, text: str) -> list[tuple[int, str]]:
    with pytest.raises(BulkZoneInvalid) as raised:
        READ[form](text, ORIGIN)
    return [tuple(each) for each in raised.value.findings]


@pytest.mark.parametrize(("form", "text"), [("master", MASTER), ("csv", CSV), ("json", JSON)])
def test_every_form_says_the_same_zone(form, text):
    assert READ[form](text, ORIGIN) == ZoneData(
        ORIGIN,
        {
            (ORIGIN, SOA): RRset(3600, soa(10).rdatas),
            (name("www"), A): RRset(300, (b"\xc0\0\2\x50", b"\xc0\0\2\x51")),
            (name("www"), AAAA): RRset(3600, (records.rdata(AAAA, "2001:db8::80", ORIGIN),)),
            (name("mail"), MX): RRset(3600, (records.rdata(MX, "10 www", ORIGIN),)),
            (name("a.deep"), TXT): RRset(3600, (b"\x08one; two\x07(three)",)),
            (name("deep"), CNAME): RRset(3600, (name(r"\@.x.deep"),)),
        },
    )


def test_every_error_of_a_master_file_is_told_with_its_line():
    text = """\
$TTL soon
$ORIGIN
$INCLUDE other.zone
$GENERATE 1-9 h$ A 192.0.2.$
$NONE of it
  A 192.0.2.1
www
www 300
www IN 300 NOSUCH x
www A
www A 192.0.2.999
www CH A 192.0.2.1
www 99999999999 A 192.0.2.1
a..b A 192.0.2.1
lakes.gov-wan.example. A 192.0.2.1
x TXT "open
z TXT )
ok A 192.0.2.1
ok 60 A 192.0.2.2
y TXT (
"""
    found = flaws("master", text)
    assert [line for line, _ in found] == [*range(1, 18), 19, 20]
    said = dict(found)
    assert said[3] == "$INCLUDE is not taken here: write out what it stands for"
    assert said[6] == "a line without an owner, and none before it to go by"
    assert said[9] == "'NOSUCH' is no record type"
    assert said[11].startswith("A '192.0.2.999': ")
    assert said[12] == "class CH: only IN is for zones here"
    assert said[15] == "lakes.gov-wan.example. is not in rivers.gov-wan.example."
    assert said[16].startswith("a quotation or an escape does not end")
    assert said[20] == "a parenthesis opens that none closes within 200 lines"
    assert said[17] == "a parenthesis closes that none opened"
    assert said[19] == "ok.rivers.gov-wan.example. has another TTL here than in the records of its type before"


def test_every_error_of_json_lines_is_told_with_its_line():
    text = """\
{"name": "a", "type": "A", "data": "192.0.2.1"}
{"name": "a", "type": "A"
{"name": "a", "type": "A", "data": 5}
{"name": "a", "type": "A", "data": "192.0.2.1", "colour": "red"}
{"name": "a", "type": "A", "data": "x", "ttl": 60}
{"name": "a", "type": "NOSUCH", "data": "x"}
{"name": "lakes.", "type": "A", "data": "192.0.2.1"}
{"name": "a", "type": "A", "data": [], "ttl": 60}
{"name": "a", "type": "A", "data": "192.0.2.2", "ttl": -1}
{"name": "", "type": "A", "data": "192.0.2.2"}
[]
"""
    assert [line for line, _ in flaws("json", text)] == list(range(2, 12))


def test_every_error_of_a_table_is_told_with_its_line():
    text = """\
name,type,ttl,data
a,A,60,192.0.2.1
a,A,60
a,A,soon,192.0.2.1
a,A,60,x
,A,60,192.0.2.1
"a
b",A,60,192.0.2.1
c,NOSUCH,60,x
"""
    assert [line for line, _ in flaws("csv", text)] == [3, 4, 5, 6, 7, 9]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no headings"),
        ("a,A,192.0.2.1\n", "headings without name, type, data"),
        ("name,type,data,colour\n", "headings with colour"),
        ("name,type,data,data\n", "one of them twice"),
        ('name,type,data\na,TXT,"open\n', "no line of a table"),
    ],
)
def test_a_table_that_is_none_is_told_in_one_error(text, why):
    ((_, message),) = flaws("csv", text)
    assert why in message


def test_a_text_without_quotes_is_one_text_in_tables():
    read = files.read_csv(f"name,type,data\na,TXT,v=spf1 -all\nb,TXT,{'x' * 300}\n", ORIGIN)
    assert read.rrsets[name("a"), TXT].rdatas == (b"\x0bv=spf1 -all",)
    assert read.rrsets[name("b"), TXT].rdatas == (records.strings(b"x" * 300),)


def test_the_first_ttl_said_holds_until_another_and_ttl_lines_hold_longer():
    read = files.read_master("a A 192.0.2.1\nb 60 A 192.0.2.1\nc A 192.0.2.1\n", ORIGIN, ttl=7)
    assert [read.rrsets[name(each), A].ttl for each in "abc"] == [7, 60, 60]
    read = files.read_master("$TTL 9\na 60 A 192.0.2.1\nb A 192.0.2.1\n", ORIGIN, ttl=7)
    assert [read.rrsets[name(each), A].ttl for each in "ab"] == [60, 9]


def test_what_is_said_twice_is_held_once():
    assert files.read_master("a A 192.0.2.1\na A 192.0.2.1\n", ORIGIN).rrsets[name("a"), A].rdatas == (b"\xc0\0\2\1",)


def test_an_owner_that_is_wrong_is_not_taken_for_the_one_before():
    text = "good A 192.0.2.1\nb..d A 192.0.2.2\n  A 192.0.2.3\n"
    assert [line for line, _ in flaws("master", text)] == [2, 3]


@pytest.mark.parametrize(
    ("form", "text", "www", "deep"), [(".zone", MASTER, 5, 11), (".csv", CSV, 4, 10), (".jsonl", JSON, 2, 7)]
)
def test_each_rrset_has_the_line_on_which_it_begins(form, text, www, deep):
    data, lines = files.read_with_lines(files.FORMS[form], text, ORIGIN)
    found = dict(zip(data.rrsets, lines, strict=True))
    assert (found[name("www"), A], found[name("deep"), CNAME]) == (www, deep)


def test_nobody_reads_more_than_a_thousand_errors():
    found = flaws("master", "a A x\n" * (MOST_FLAWS * 3))
    assert len(found) == MOST_FLAWS


@pytest.mark.timeout(30)
def test_a_file_full_of_open_parentheses_is_read_quickly():
    assert len(flaws("master", "a TXT (\n" * 3_000)) == MOST_FLAWS


def test_lines_may_end_as_other_systems_end_them():
    for form, text in (("master", MASTER), ("csv", CSV), ("json", JSON)):
        assert READ[form](text.replace("\n", "\r\n"), ORIGIN) == READ[form](text, ORIGIN)
