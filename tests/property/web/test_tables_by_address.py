"""What an address asks of a table is what it gets; CSV says the same as the table, and no spreadsheet runs it."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from netctl.web.selecting import Column, as_text, choices, folded, read, select
from netctl.web.spreadsheet import MARK, csv_of

COLUMNS = (
    Column("name", filter="text"),
    Column("state", "state", filter="choice"),
    Column("load", "number"),
    Column("note", filter="choice"),
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ROW = st.fixed_dictionaries(
    {
        "name": TEXT,
        "state": st.sampled_from(["up", "degraded", "down", "unknown"]),
        "load": st.none() | st.integers(-1000, 1000) | st.floats(0, 1),
        "note": st.none() | TEXT,
    }
)
ROWS = st.lists(ROW, max_size=12)
KEYS = st.sampled_from([column.key for column in COLUMNS])
ASKED = st.dictionaries(
    st.sampled_from(["q", "name", "state", "load", "note", "sort", "page", "per", "other"]),
    st.lists(TEXT | st.sampled_from(["up", "down", "name", "-load", "2", "100"]), max_size=2),
)


@given(ROWS)
def test_csv_reads_back_as_the_rows(rows):
    text = csv_of(COLUMNS, [column.key for column in COLUMNS], rows).decode()
    assert text.startswith(MARK)
    found = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True))
    assert found[0] == [column.key for column in COLUMNS]
    assert [[cell.removeprefix("'") for cell in row] for row in found[1:]] == [
        [as_text(row[column.key]).removeprefix("'") for column in COLUMNS] for row in rows
    ]


@given(ROWS)
def test_no_text_in_csv_begins_like_a_formula(rows):
    text = csv_of(COLUMNS, ["=1"], rows).decode().removeprefix(MARK)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    numbers = {as_text(row["load"]) for row in rows}
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and cell not in numbers] == []


@given(ROWS, ASKED)
def test_any_address_gives_some_of_the_rows_and_no_error(rows, arguments):
    found = select(rows, COLUMNS, read(COLUMNS, arguments, "name", 50))
    assert all(row in rows for row in found)
    assert len(found) <= len(rows)


@given(ROWS, st.lists(st.sampled_from(["up", "degraded", "down", "unknown"]), min_size=1, unique=True))
def test_a_choice_keeps_exactly_the_rows_that_have_it(rows, wanted):
    found = select(rows, COLUMNS, read(COLUMNS, {"state": wanted}, "", 50))
    assert found == [row for row in rows if row["state"] in wanted]


@given(ROWS)
def test_the_counts_beside_the_choices_are_what_choosing_them_gives(rows):
    for column in (COLUMNS[1], COLUMNS[3]):
        for value, count in choices(rows, column):
            assert len(select(rows, COLUMNS, read(COLUMNS, {column.key: [value]}, "", 50))) == count


@given(ROWS, TEXT)
def test_a_search_finds_rows_that_hold_every_word(rows, words):
    found = select(rows, COLUMNS, read(COLUMNS, {"q": [words]}, "", 50))
    every = [folded(word) for word in words.strip().split()]
    held = [
        row
        for row in rows
        if all(any(word in folded(as_text(row[column.key])) for column in COLUMNS) for word in every)
    ]
    assert [row for row in held if row not in found] == []


@given(ROWS, KEYS)
def test_an_order_and_its_reverse_hold_the_same_rows_with_what_is_missing_last(rows, key):
    up = select(rows, COLUMNS, read(COLUMNS, {"sort": [key]}, "", 50))
    down = select(rows, COLUMNS, read(COLUMNS, {"sort": [f"-{key}"]}, "", 50))
    for order in (up, down):
        assert sorted(map(repr, order)) == sorted(map(repr, rows))
        missing = [row[key] is None or row[key] == "" for row in order]
        assert missing == sorted(missing)


@given(st.lists(st.integers(0, 500), unique=True, max_size=8))
def test_numbers_within_names_count_as_numbers(numbers):
    rows = [{"name": f"r{number}"} for number in numbers]
    found = select(rows, COLUMNS[:1], read(COLUMNS[:1], {"sort": ["name"]}, "", 50))
    assert [row["name"] for row in found] == [f"r{number}" for number in sorted(numbers)]
