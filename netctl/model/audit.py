"""The audit log as a chain: each entry's hash covers its content and the hash before it (safety law 9).

Whoever changes, removes, adds or reorders an entry breaks every hash from there on. Cutting entries off the *end*
leaves a chain that holds; that is what a head (the last number and hash), recorded somewhere else, is for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One fact: at this time this actor did this to that. `detail` is flat text, never a secret."""

    number: int  # 1, 2, 3 … without gaps
    at: str
    actor: str
    action: str  # "change.approve", "user.add" …
    subject: str
    detail: Mapping[str, str]
    previous: str
    hash: str = field(default="")

    def sealed(self) -> str:
        """The hash this entry must carry: SHA-256, hex, over canonical JSON of everything else."""
        content = asdict(self)
        del content["hash"]
        text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended at some moment."""

    number: int
    hash: str


BEGINNING = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are asked for; "" asks for all.

    `subject` is what entries are about, `device` a router that they are about as a member of a change, `action` one
    action or a whole room of them such as ``change``. `since` and `until` are moments as entries have them; an entry
    of the moment `until` is left out.
    """

    actor: str = ""
    subject: str = ""
    device: str = ""
    action: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What `verify` found: `broken` is "" where the whole chain holds, else the first thing that is wrong."""

    entries: int
    head: Head
    broken_at: int = 0
    broken: str = ""

    @property
    def holds(self) -> bool:
        """True where nothing is wrong."""
        return not self.broken


def check_chain(
    entries: Iterable[AuditEntry], recorded: Iterable[Head] = (), *, start: Head = BEGINNING
) -> AuditReport:
    """Walk a chain from its first entry, or from the one after `start`, which was walked to before.

    `recorded` are heads that it must still pass through.
    """
    expected: dict[int, set[str]] = {}
    for head in recorded:
        if head.number:
            expected.setdefault(head.number, set()).add(head.hash)
    last = start
    for entry in entries:
        wrong = _wrong(entry, last) or _off_record(entry, expected)
        if wrong:
            return AuditReport(last.number, last, last.number + 1, wrong)
        last = Head(entry.number, entry.hash)
    beyond = max(expected, default=0)
    if beyond > last.number:
        return AuditReport(last.number, last, last.number + 1, f"the log ends here, but entry {beyond} was recorded")
    return AuditReport(last.number, last)


def _wrong(entry: AuditEntry, last: Head) -> str:
    if entry.number != last.number + 1:
        return f"entry {last.number + 1} is missing: the next one is {entry.number}"
    if entry.previous != last.hash:
        return f"entry {entry.number} does not follow from entry {last.number}"
    if entry.hash != entry.sealed():
        return f"entry {entry.number} was changed: its content and its hash do not agree"
    return ""


def _off_record(entry: AuditEntry, expected: Mapping[int, set[str]]) -> str:
    if expected.get(entry.number, {entry.hash}) != {entry.hash}:
        return f"entry {entry.number} is not the one that was recorded: the log was rewritten"
    return ""
