"""However a chain is tampered with, a recorded head shows it; without one, everything but a cut end shows (law 9)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from netctl.model.audit import GENESIS, AuditEntry, Head, check_chain

WORD = st.text(max_size=8)
FACTS = st.lists(st.tuples(WORD, WORD, WORD, WORD, st.dictionaries(WORD, WORD, max_size=2)), min_size=1, max_size=8)


def chained(facts) -> list[AuditEntry]:
    entries, previous = [], GENESIS
    for number, fact in enumerate(facts, start=1):
        entry = AuditEntry(number, *fact, previous)
        entries.append(replace(entry, hash=entry.sealed()))
        previous = entries[-1].hash
    return entries


@st.composite
def tampered(draw) -> tuple[list[AuditEntry], list[AuditEntry]]:
    entries = chained(draw(FACTS))
    forged = list(entries)
    place = draw(st.integers(0, len(entries) - 1))
    way = draw(st.sampled_from(["remove", "swap", "repeat", "rewrite", "reseal", "number", "detail"]))
    if way == "remove":
        del forged[place]
    elif way == "swap":
        other = draw(st.integers(0, len(entries) - 1))
        forged[place], forged[other] = forged[other], forged[place]
    elif way == "repeat":
        forged.insert(place, forged[place])
    elif way == "number":
        forged[place] = replace(forged[place], number=draw(st.integers(0, 9)))
    elif way == "detail":
        forged[place] = replace(forged[place], detail=draw(st.dictionaries(WORD, WORD, max_size=2)))
    else:
        altered = replace(forged[place], **{draw(st.sampled_from(["at", "actor", "action", "subject"])): draw(WORD)})
        forged[place] = replace(altered, hash=altered.sealed()) if way == "reseal" else altered
    return entries, forged


@given(tampered())
def test_every_tampering_is_seen_against_the_recorded_head(case) -> None:
    entries, forged = case
    report = check_chain(forged, [Head(len(entries), entries[-1].hash)])
    assert report.holds == (forged == entries)


@given(tampered())
def test_without_a_recorded_head_only_the_last_entry_can_be_forged_or_cut(case) -> None:
    entries, forged = case
    if check_chain(forged).holds:
        assert forged[: len(entries) - 1] == entries[:-1]


@given(FACTS)
def test_an_untouched_chain_holds(facts) -> None:
    entries = chained(facts)
    assert check_chain(entries, [Head(entry.number, entry.hash) for entry in entries]).holds
