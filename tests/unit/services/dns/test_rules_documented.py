"""The page on names lists the rules as the code has them, in both languages."""

from pathlib import Path

from netctl.services.dns.rules import RULES

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_page_lists_every_rule_with_its_severity_and_what_it_finds():
    rows = [line for line in (DOCS / "dns.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `DNS-")]
    assert rows == [f"| `{name}` | {rule.severity} | {rule.fact} |" for name, rule in RULES.items()]


def test_the_japanese_page_lists_every_rule_with_its_severity():
    rows = [
        line for line in (DOCS / "ja/dns.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `DNS-")
    ]
    assert [row.split(" | ")[:2] for row in rows] == [[f"| `{name}`", rule.severity] for name, rule in RULES.items()]
