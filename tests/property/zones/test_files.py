"""Bulk zones: what is written is read, as dnspython reads it, and any text is a zone or a list of errors."""

from __future__ import annotations

import json

import dns.rdatatype
import dns.zone
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.errors import BulkZoneInvalid
from netctl.zones import files, names, records
from netctl.zones.data import RRset, ZoneData
from zone_data import ORIGIN, zones

ORIGIN_TEXT = "rivers.gov-wan.example."
SNIPPETS = st.sampled_from(
    ["a", "@", "A", "IN", "300", "192.0.2.1", "TXT", '"x"', '"', "(", ")", ";", "\\", " ", "\n", "\n ", "$TTL", "$ORIGIN", "."]
    + ["name,type,data\n", ",", '{"name":"a","type":"A","data":"192.0.2.1"}', "{", "\r", "\0", "日", "\x85"]
)  # fmt: skip


def lines(zone: ZoneData) -> list[tuple[str, int, str, str]]:
    return [
        (names.relative(owner, ORIGIN), rrset.ttl, records.type_text(type_), records.rdata_text(type_, data))
        for (owner, type_), rrset in zone.rrsets.items()
        for data in rrset.rdatas
    ]


@settings(max_examples=40)
@given(zones)
def test_a_zone_written_in_any_form_is_read_again(zone):
    master = "".join(f"{owner} {ttl} IN {type_} {data}\n" for owner, ttl, type_, data in lines(zone))
    objects = "".join(
        json.dumps({"name": owner, "ttl": ttl, "type": type_, "data": data}) + "\n"
        for owner, ttl, type_, data in lines(zone)
    )
    table = "name,ttl,type,data\n" + "".join(
        f'{owner},{ttl},{type_},"{data.replace(chr(34), chr(34) * 2)}"\n' for owner, ttl, type_, data in lines(zone)
    )
    assert files.read_master(master, ORIGIN) == zone
    assert files.read_json_lines(objects, ORIGIN) == zone
    assert files.read_csv(table, ORIGIN) == zone


@settings(max_examples=40)
@given(zones)
def test_a_master_file_is_what_dnspython_reads(zone):
    text = "".join(f"{owner} {ttl} {type_} {data}\n" for owner, ttl, type_, data in lines(zone))
    theirs = dns.zone.from_text(text, ORIGIN_TEXT, relativize=False)
    read = {
        (name.canonicalize().to_wire(), int(rdataset.rdtype)): RRset(
            rdataset.ttl, tuple(sorted(rdata.to_digestable() for rdata in rdataset))
        )
        for name, rdataset in theirs.iterate_rdatasets()
    }
    assert files.read_master(text, ORIGIN).rrsets == read


@given(
    st.lists(SNIPPETS, max_size=25).map("".join) | st.lists(SNIPPETS, max_size=25).map(" ".join),
    st.sampled_from(sorted(files.FORMS)),
)
def test_any_text_is_a_zone_or_a_list_of_errors(text, form):
    try:
        read = files.read(files.FORMS[form], text, ORIGIN)
    except BulkZoneInvalid as refused:
        last = text.count("\n") + text.count("\r") + 1
        assert refused.findings
        assert all(1 <= each.line <= last and each.message for each in refused.findings)
    else:
        assert all(names.is_under(owner, ORIGIN) for owner, _ in read.rrsets)


WORDS = st.sampled_from(
    ["a", "B.c", "a.", "d.rivers.gov-wan.example.", "@", "*", "-", "A", "a", "AAAA", "IN", "CH", "300", "4294967295", "1h"]
    + ["192.0.2.1", "2001:db8::1", "TXT", "MX", "MX 10 mail", "CNAME", "TYPE300", "NS x", "\t", " ", "$TTL", "$ORIGIN"]
)  # fmt: skip


@given(st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=6))
def test_a_line_means_the_same_whichever_way_it_is_read(lines):
    def read(end: str) -> object:
        try:
            return files.read_master(
                "a A 192.0.2.9\na AAAA 2001:db8::9\n" + "".join(f"{line}{end}\n" for line in lines), ORIGIN
            )
        except BulkZoneInvalid as refused:
            return refused.findings

    assert read("") == read(" ;")  # a comment takes the long way
