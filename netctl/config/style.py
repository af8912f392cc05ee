"""How each part is to be read: as sections, lines or a document, and whether order means something in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Style:
    """`ordered` is True where moving a line changes what the box does."""

    form: Literal["indented", "lines", "document"]
    ordered: bool


DEFAULT = Style("lines", ordered=True)

# Part name → style. Names are unique over platforms. In FRR everything whose order matters carries a sequence number
# (`seq 5`, `permit 10`), so the order of lines means nothing there.
STYLES: dict[str, Style] = {
    "frr.conf": Style("indented", ordered=False),
    "management.nft": Style("indented", ordered=True),
    "chrony.sources": Style("lines", ordered=False),
    "rsyslog.conf": Style("lines", ordered=True),
    "banner": Style("lines", ordered=True),
    "snmpd.conf": Style("lines", ordered=False),
    "config.xml": Style("document", ordered=False),
}

# Platforms whose one part is a vendor's own indented text (NAPALM's drivers).
INDENTED_PLATFORMS = frozenset({"cisco_ios", "arista_eos", "cisco_iosxr", "cisco_nxos"})


def style_of(part: str, platform: str) -> Style:
    """The style a part is compared in; unknown parts are compared line by line, in order."""
    if part in STYLES:
        return STYLES[part]
    return Style("indented", ordered=False) if platform in INDENTED_PLATFORMS else DEFAULT
