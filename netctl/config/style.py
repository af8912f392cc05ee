"""How the parts beside a platform's own configuration are read: files of daemons, in no platform's language."""

from __future__ import annotations

from typing import Literal

from netctl.config.rules import Rules, Section, Words
from netctl.config.syntax import Layout


def _plain(name: str, style: Literal["indent", "flat"], *, ordered: bool) -> Rules:
    """Rules that know no statement: lines, or sections by indentation, as a sequence or as a set."""
    words = Words(negate="")
    section = Section(words, ordered=ordered)
    layout = Layout(style, comments=(), closers=frozenset({"}"}) if style == "indent" else frozenset())
    return Rules(name, layout, words, "atomic", "", section, section)


SEQUENCE = _plain("lines in their order", "flat", ordered=True)
DOCUMENT = _plain("a document", "indent", ordered=False)

# Part name → how it is read. Names are unique over platforms; a part that is not here is the platform's own
# configuration, and is read by the platform's rules.
PARTS: dict[str, Rules] = {
    "management.nft": _plain("nftables", "indent", ordered=True),
    "chrony.sources": _plain("chrony", "flat", ordered=False),
    "rsyslog.conf": SEQUENCE,
    "banner": SEQUENCE,
    "snmpd.conf": _plain("snmpd", "flat", ordered=False),
    "config.xml": DOCUMENT,
    "named.conf": _plain("BIND", "indent", ordered=True),
    "first.zone": SEQUENCE,
    "knot.conf": _plain("Knot", "indent", ordered=True),
    "nsd.conf": _plain("NSD", "indent", ordered=True),
    "unbound.conf": _plain("Unbound", "indent", ordered=True),
}
