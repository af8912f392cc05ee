"""No secret is shown in a line, in the sections above it, or in the line before it."""

from __future__ import annotations

import re

from netctl.config.syntax import Node
from netctl.config.views import Change, Redaction


def mark(value: str) -> str:
    return f"<secret-fingerprint:{len(value):016x}>"


def change(*lines: str, after: str = "") -> Change:
    *path, line = lines
    return Change("add", tuple(path), line, Node(line, line), after)


PATTERNS = [re.compile(r"^username \S+ secret (\S+)"), re.compile(r"\bsnmp community (\S+)")]
IOS = Redaction(PATTERNS, mark)
JUNOS = Redaction(PATTERNS, mark, whole=True)


def test_the_line_its_sections_and_its_neighbour_are_covered() -> None:
    shown = IOS.change(change("username a secret one", "username b secret two", after="username c secret three"))
    assert shown.path == (f"username a secret {mark('one')}",)
    assert shown.line == f"username b secret {mark('two')}"
    assert shown.after == f"username c secret {mark('three')}"


def test_a_secret_that_only_its_section_tells_from_other_words_is_covered() -> None:
    shown = JUNOS.change(change("snmp", "community oyster", "authorization read-only"))
    assert shown.path == ("snmp", f"community {mark('oyster')}")
    assert shown.line == "authorization read-only"


def test_words_that_merely_hold_the_secret_stay_readable() -> None:
    assert JUNOS.lines(("snmp", "community a", "name a-b", "a")) == (
        "snmp",
        f"community {mark('a')}",
        "name a-b",
        mark("a"),
    )


def test_a_quoted_secret_keeps_its_quotes() -> None:
    quoted = Redaction([re.compile(r"\bsnmp community (\"[^\"]*\"|\S+)")], mark, whole=True)
    assert quoted.lines(("snmp", 'community "two words"')) == ("snmp", f'community "{mark("two words")}"')


def test_a_secret_called_secret_does_not_spoil_the_marks() -> None:
    assert JUNOS.lines(("snmp", "community secret")) == ("snmp", f"community {mark('secret')}")


def test_the_lines_of_a_private_key_are_covered_wherever_they_stand() -> None:
    armour = "-----BEGIN RSA PRIVATE KEY-----\nTm90QUtleUJ1dEFuRXhhbXBsZQ==\n-----END RSA PRIVATE KEY-----\n"
    careful = Redaction([], mark)
    careful.beware(f"crypto key\n{armour}")
    begin, body, end = (careful.change(change(line)).line for line in armour.splitlines())
    assert body == mark("Tm90QUtleUJ1dEFuRXhhbXBsZQ==")
    assert (begin, end) == tuple(armour.splitlines()[::2])
