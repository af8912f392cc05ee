"""Files of other programs may hold anything: an import is a sound ledger, or one refusal with reasons."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from networks import reference
from plans import PLAN

from netctl.addressing.allocate import Day, Request, allocate
from netctl.addressing.ledger import NAME, Ledger
from netctl.addressing.ledger import read as read_ledger
from netctl.addressing.verify import flaws
from netctl.control.addresses.exchange import Row, read
from netctl.control.addresses.importing import _unsound
from netctl.control.addresses.placing import NoPlace, Placing, bits_name, slug
from netctl.errors import ImportRefused

TODAY = date(2026, 11, 22)
BEFORE = allocate(PLAN, Ledger(), [Request("wan/a/b/c/p2p", "links"), Request("old/x")], {}, Day(TODAY))

words = st.sampled_from(("", "a", "b", "Rivers HQ", "本庁", "lan", "links", "x.example", "..", "a/b"))
prefixes = st.one_of(
    st.builds("3fff:8{:02x}::/{}".format, st.integers(0, 3), st.sampled_from((24, 32, 40, 48))),
    st.builds("3fff:800:0:{:x}::/{}".format, st.integers(0, 3), st.sampled_from((64, 127, 128))),
    st.builds("203.0.113.{}/{}".format, st.integers(0, 255), st.sampled_from((24, 28, 32))),
    st.text(max_size=12),
)
rows = st.lists(
    st.builds(
        lambda line, kind, where, vrf, names: Row("f.csv", line, kind, where, vrf, names),
        st.integers(1, 99),
        st.sampled_from(("prefix", "address", "ledger")),
        prefixes,
        st.sampled_from(("", "guests", "elsewhere")),
        st.dictionaries(
            st.sampled_from(("tenant", "region", "site", "role", "description", "key", "level", "since", "released")),
            words,
        ),
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(rows)
def test_whatever_finds_a_place_leaves_the_ledger_sound_and_readable(rows):
    placing = Placing(PLAN, BEFORE, {}, TODAY, "")
    for row in rows:
        try:
            placing.place(row)
        except NoPlace as reason:
            assert str(reason)
    left = list(_unsound(placing, reference(), PLAN))
    after = Ledger(placing.entries)
    assert list(flaws(PLAN, after)) == []
    assert read_ledger(after.text())[1] == []
    assert {key: after.entries[key] for key in BEFORE.entries} == dict(BEFORE.entries)
    assert all(finding.message for finding in left)


@settings(max_examples=80)
@given(st.binary(max_size=120) | st.text(st.sampled_from('prefix,address\n"[]{}:;\x00 a'), max_size=60).map(str.encode))
def test_a_file_is_read_or_refused(tmp_path_factory, content):
    path: Path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        table = read(path)
    except ImportRefused as error:
        assert error.message
    else:
        assert all(isinstance(row.prefix, str) for row in table.rows)


@given(st.lists(st.tuples(prefixes, words), min_size=1, max_size=5))
def test_csv_and_json_of_the_same_rows_are_read_alike(tmp_path_factory, items):
    folder: Path = tmp_path_factory.getbasetemp()
    out = io.StringIO()
    csv.writer(out).writerows([("prefix", "tenant"), *((where.strip(), tenant) for where, tenant in items)])
    (folder / "same.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    listed = [{"prefix": where.strip(), "tenant": {"name": tenant}} for where, tenant in items]
    (folder / "same.json").write_text(json.dumps({"results": listed}), encoding="utf-8")
    one, other = read(folder / "same.csv"), read(folder / "same.json")
    assert [(row.prefix, row.names["tenant"]) for row in one.rows] == [
        (row.prefix, row.names["tenant"]) for row in other.rows
    ]


@given(st.text(max_size=80))
def test_a_name_is_one_or_nothing(text):
    assert slug(text) == "" or re.fullmatch(NAME, slug(text))
    assert re.fullmatch(NAME, bits_name(BEFORE.entries["old/x"].prefix))
