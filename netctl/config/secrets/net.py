"""The net under every platform's own expressions: words that are secrets wherever they stand.

Each expression has one group, the value. They are tried on single lines, after the platform's.
"""

from __future__ import annotations

import re

_VALUE = r"(?!<secret)(\"[^\"]*\"|[^\s\";]+)"  # where no platform says more

NET: tuple[re.Pattern[str], ...] = tuple(
    re.compile(expression, re.IGNORECASE)
    for expression in (
        # hashes and Junos' $9$, as crypt and the vendors write them
        r"(?<![\w$./])(\$(?:[0-9]{1,2}|2[abxy]|y|gy|sha1|argon2id?)\$[\w./$+=,:@%-]{3,})",
        # a word for a secret, a type, the value
        (
            r"(?<![<\w:])[\w-]*(?:password|passwd|secret|key|key-string)[ \t]+(?:(?:ascii|hex)[ \t]+)?"
            rf"(?:0|[3-9]|1[045]|8a)[ \t]+{_VALUE}"
        ),
        # community strings, with the words that platforms put between
        (
            r"\bsnmp(?:-server|-agent)?(?:[ \t]+ip(?:v6)?)?[ \t]+community[ \t]+"
            rf"(?:(?:read-only|read-write|clear|encrypted|[0-9])[ \t]+)?+{_VALUE}"
        ),
        # keys of IKE
        (
            r"(?<![\w-])pre-shared-key[ \t]+(?!key-chain\b)"
            r"(?:(?:(?:address|hostname|peer)[ \t]+\S+(?:[ \t]+[\d.]+)?(?:[ \t]+key)?"
            r"|local|remote|ascii|ascii-text|hex|hexadecimal|text|key|encrypted|[0-9]{1,2})[ \t]+)*+"
            rf"{_VALUE}"
        ),
        # a password within an address
        r"\b[a-z][a-z0-9+.-]*://[^\s/:@\"]+:(?!<secret)([^\s/\"]+)@",
    )
)

# A line that holds none of these words holds nothing the net would catch.
HINT = re.compile(r"\$|passw|secret|key|community|://", re.IGNORECASE)

# A private key in PEM armour, whole or cut off. The first group is what is secret; a key that never ends is secret as
# far as its lines look like one.
PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
    r"(?:((?:(?!-----BEGIN )[\s\S])*?)(?=-----END [A-Z0-9 ]*PRIVATE KEY)"
    r"|((?:(?:\\[rn]|\s)*(?:[A-Za-z-]+: [^\r\n]*|[A-Za-z0-9+/=]{8,}(?=[\r\n\\]|\Z)))*))"
)
