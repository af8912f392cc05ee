"""A zone's difference as records that face each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from mixed_plans import Records, mixed_plan, zone_of

from netctl.plan.fold import fold
from netctl.plan.records import record_rows
from netctl.zones.difference import diff_lines, difference

OWNERS = st.sampled_from(["@", "www", "a.b", "*"])
CONTENT = st.dictionaries(
    st.tuples(OWNERS, st.sampled_from(["A", "TXT"])), st.sets(st.integers(1, 5), min_size=1), max_size=5
)


def as_records(content: dict[tuple[str, str], set[int]]) -> Records:
    texts = {"A": "192.0.2.{}", "TXT": '"a {} b"'}
    return {key: tuple(texts[key[1]].format(each) for each in sorted(value)) for key, value in content.items()}


@given(CONTENT, CONTENT, st.sampled_from([300, 3600]))
def test_every_line_that_changes_is_one_record_under_its_owner(one, two, ttl):
    held, wanted = zone_of("gov-wan.example", as_records(one)), zone_of("gov-wan.example", as_records(two), ttl)
    lines = diff_lines(difference(held, wanted))
    rows = list(record_rows(lines))
    said = {}
    for row in rows:
        for record in filter(None, (row.gone, row.come)):
            said[record.number] = (row.owner, f"{record.ttl} {record.type} {record.data}")
        if row.gone and row.come:
            assert row.gone.type == row.come.type
            assert "".join(text for text, _ in row.left) == row.gone.data
            assert row.ttl_differs or any(differs for _, differs in (*row.left, *row.right))
    owner, expected = "", {}
    for number, line in enumerate(lines, start=1):
        owner = line.text if line.op == "context" else owner
        if line.op != "context":
            expected[number] = (owner, line.text)
    assert said == expected
    assert len(said) == sum(len(row.numbers) for row in rows)


def test_a_record_with_another_ttl_faces_itself_and_not_its_neighbour():
    held = zone_of("gov-wan.example", {("www", "A"): ("192.0.2.1", "192.0.2.2")}, ttl=300)
    wanted = zone_of("gov-wan.example", {("www", "A"): ("192.0.2.2", "192.0.2.3")}, ttl=60)
    rows = list(record_rows(diff_lines(difference(held, wanted))))
    assert [(row.gone and row.gone.data, row.come and row.come.data) for row in rows] == [
        ("192.0.2.1", "192.0.2.3"),
        ("192.0.2.2", "192.0.2.2"),
    ]
    assert all(row.ttl_differs for row in rows)


def test_one_difference_in_two_views_is_told_once_and_the_two_steps_of_a_zone_are_two():
    zones = [each for each in fold(mixed_plan()) if each.kind == "zone"]
    assert [each.targets for each in zones] == [
        ("rivers.gov-wan.example@internal~leaving",),
        ("rivers.gov-wan.example@internal",),
        ("gov-wan.example@internal", "gov-wan.example@lgwan"),
    ]
