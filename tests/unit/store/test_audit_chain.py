"""The audit chain: what breaks it is found at the first entry that is wrong."""

from dataclasses import replace

from netctl.model.audit import GENESIS, AuditEntry, Head, check_chain


def chain(length: int) -> list[AuditEntry]:
    entries, previous = [], GENESIS
    for number in range(1, length + 1):
        entry = AuditEntry(number, f"t{number}", "aiko", "change.approve", "C-000001", {"n": str(number)}, previous)
        entries.append(replace(entry, hash=entry.sealed()))
        previous = entries[-1].hash
    return entries


def test_an_untouched_chain_holds_and_tells_its_head() -> None:
    entries = chain(5)
    report = check_chain(entries)
    assert report.holds
    assert report.entries == 5
    assert report.head == Head(5, entries[-1].hash)


def test_an_empty_log_holds() -> None:
    assert check_chain([]).holds


def test_a_changed_entry_is_named() -> None:
    entries = chain(5)
    entries[2] = replace(entries[2], actor="ben")
    report = check_chain(entries)
    assert (report.broken_at, report.holds) == (3, False)
    assert "changed" in report.broken


def test_a_changed_entry_with_a_fresh_hash_breaks_the_next_one() -> None:
    entries = chain(5)
    forged = replace(entries[2], actor="ben")
    entries[2] = replace(forged, hash=forged.sealed())
    assert check_chain(entries).broken_at == 4


def test_a_missing_entry_is_named() -> None:
    entries = chain(5)
    del entries[1]
    assert check_chain(entries).broken == "entry 2 is missing: the next one is 3"


def test_a_cut_off_end_is_seen_by_a_recorded_head_and_only_by_that() -> None:
    entries = chain(5)
    head = Head(5, entries[-1].hash)
    assert check_chain(entries[:3]).holds
    assert check_chain(entries[:3], [head]).broken == "the log ends here, but entry 5 was recorded"


def test_a_log_rewritten_from_the_start_is_seen_by_a_recorded_head() -> None:
    entries = chain(5)
    head = Head(3, entries[2].hash)
    forged, previous = [], GENESIS
    for entry in entries:
        entry = replace(entry, actor="ben", previous=previous)
        forged.append(replace(entry, hash=entry.sealed()))
        previous = forged[-1].hash
    assert check_chain(forged).holds
    assert check_chain(forged, [head]).broken_at == 3


def test_two_recorded_heads_that_contradict_each_other_do_not_cancel_out() -> None:
    entries = chain(2)
    assert not check_chain(entries, [Head(2, entries[1].hash), Head(2, "f" * 64)]).holds
