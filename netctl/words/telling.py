"""What the watch, a plan and a push tell in plain English, in the reader's language.

What they tell is kept as it was told, word by word: it is evidence. Here it is read again, piece by piece, and said in
the words of whoever tells it on; a piece that nobody knows stands as it was told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from netctl.words.signing import SIGNING

LONGEST = 4000
"""Characters that are read again; a longer text stands as it was told."""

_NAMES = r"\S+(?:, \S+)*(?: \(\d+\))?"  # "a, b, … (7)"

SENTENCES: Mapping[str, str] = {
    # why a router is not well
    "telling-session-absent": r"no session with (?P<far>\S+) \((?P<address>\S+)\) is configured",
    "telling-session": r"(?P<far>\S+) \((?P<address>\S+)\) is (?P<state>\S+)",
    "telling-circuit-absent": r"no circuit on (?P<port>\S+) to (?P<far>\S+) is configured",
    "telling-circuit": r"(?P<far>\S+) on (?P<port>\S+): (?P<state>\S+)",
    "telling-absent": r"(?P<what>\S+) is not there",
    "telling-down": r"(?P<what>\S+) is down",
    "telling-is": r"(?P<what>\S+) is (?P<state>\S+)",
    "telling-vrrp-absent": r"the virtual router does not run here",
    "telling-vrrp-aside": r"the virtual router takes no part",
    "telling-vrrp-two": r"two masters: (?P<mate>\S+) is master as well",
    "telling-vrrp-none": r"no master: (?P<mate>\S+) is (?P<role>\S+) as well",
    "telling-vrrp-other": r"master in place of (?P<mate>\S+)",
    "telling-errors": r"(?P<port>\S+) drops or damages (?P<rate>\d+) frames a second",
    "telling-cpu": r"(?P<share>\d+)% of the processors are busy",
    "telling-memory": r"(?P<share>\d+)% of the memory is in use",
    "telling-clock-free": r"the clock follows no source",
    "telling-clock-off": r"(?P<offset>[+-]\d+) ms off (?P<source>\S+)",
    "telling-version": r"runs (?P<version>[^;]+), (?P<mate>\S+) runs (?P<other>[^;]+)",
    "telling-drift": r"(?P<lines>\d+) lines? differs? from what is declared",
    "telling-no-answer-within": r"no answer within (?P<seconds>[\d.]+) s",
    "telling-no-answer": r"no answer",
    # what a problem is
    "telling-unseen": r"does not answer netctl, but its neighbours still reach it",
    "telling-silent": r"does not answer",
    "telling-silent-router": r"(?P<router>\S+) does not answer",
    "telling-line-cut": r"line (?P<line>\S+) is cut",
    "telling-site-on-line": r"site (?P<site>\S+) runs on line (?P<line>\S+) alone",
    "telling-site-on-router": r"site (?P<site>\S+) runs on (?P<router>\S+) alone",
    "telling-lost-way": r"(?P<count>\d+) routers? lost their way to it",
    "telling-split": rf"routers of the backbone do not reach each other: (?P<lines>{_NAMES}) are cut",
    "telling-silent-group": rf"(?P<routers>{_NAMES}) do not answer",
    "telling-cut-off-sites": rf"(?P<count>\d+) sites? cut off: (?P<sites>{_NAMES})",
    "telling-cut-off": r"no way to the backbone is left: (?P<why>[^;]+)",
    "telling-site-unseen": r"neither router answers netctl, but the backbone still reaches them",
    "telling-between": r"between (?P<a>\S+) and (?P<b>\S+), (?P<carrier>[^;]+)",
    "telling-shared": rf"(?P<count>\d+) lines of (?P<carrier>\S+) are cut: (?P<lines>{_NAMES})",
    "telling-time-lost": rf"(?P<count>\d+) routers? lost the time of (?P<sources>{_NAMES})",
    "telling-blind": r"none of (?P<count>\d+) routers? answers: look at netctl's own way to them first",
    "telling-in-change": r"in change (?P<change>C-\d+): (?P<what>.+)",
    "telling-alerts": r"(?P<waiting>\d+) alerts wait, (?P<tries>\d+) tries failed: (?P<error>.+)",
    # what is wrong with name servers and zones
    "telling-names-silent": r"does not answer questions about names: (?P<error>[^;]+)",
    "telling-names-alone": rf"nobody else answers for view (?P<views>{_NAMES})",
    "telling-names-blind": r"none of (?P<count>\d+) name servers answers: (?P<error>[^;]+)",
    "telling-zones-behind": rf"is behind in (?P<count>\d+) zones?: (?P<zones>{_NAMES})",
    "telling-zones-unserved": rf"does not serve (?P<count>\d+) zones?: (?P<zones>{_NAMES})",
    "telling-zone-behind": r"(?P<zone>\S+@\S+) behind since (?P<moment>\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ)",
    "telling-signatures-end": r"its first signature ends at (?P<moment>\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ)",
    "telling-signatures-none": r"is not signed, and declared to be",
    "telling-signatures-flaw": r"does not hold for who validates: (?P<flaw>.+)",
    "telling-signatures-many": rf"signatures of (?P<count>\d+) zones? end soon or do not hold: (?P<zones>{_NAMES})",
    # what may go wrong with a plan
    "telling-pending": r"a commit waits for confirmation here, begun by (?P<owner>[^;]+)",
    "telling-drained": r"this router runs drained: its mate carries all traffic now",
    "telling-session-goes": r"a BGP session goes away: (?P<line>.+)",
    "telling-port-goes": r"a port loses its configuration: (?P<line>.+)",
    "telling-management": r"the way netctl reaches this router changes",
    "telling-pairs": r"both members of (?P<count>\d+) pair\(s\) change, one after the other",
    "telling-centre": r"core routers of centre (?P<centre>\S+) change",
    "telling-centres": r"both centres change in one plan \(never in one wave\)",
    "telling-border": r"border routers of the LGWAN interconnect change",
    "telling-sites": r"(?P<count>\d+) of (?P<all>\d+) sites change",
    "telling-way-back": r"takes (?P<change>\S+) back on (?P<targets>\d+ [^;]+)",
    "telling-routers": r"(?P<count>\d+) router\(s\)",
    "telling-name-servers": r"(?P<count>\d+) name server\(s\)",
    "telling-zones": r"(?P<count>\d+) zone\(s\)",
    # what may go wrong with a plan of names
    "telling-leaving": r"(?P<count>\d+) (?:records|record\(s\)) leave before the rest changes",
    "telling-allowance-unused": r"the plan may do more to this zone than the policy lets pass, and does not",
    "telling-zone-new": r"the zone comes into being",
    "telling-zone-signed": r"the zone is signed: its server signs anew what changes",
    "telling-apex": r"the zone's own NS records change",
    "telling-deletions": r"(?P<gone>\d+) records are deleted, (?P<most>\d+) may be",
    "telling-deleted-of": r"(?P<gone>\d+) of (?P<all>\d+) records are deleted, (?P<percent>\d+) %",
    "telling-deleted-may": r"(?P<percent>\d+) % may be",
    "telling-allowed": r"the plan says that it may",
    "telling-not-allowed": r"to mean it, plan with (?P<option>--allow \S+)",
    "telling-management-name": r"the names of management addresses go: of (?P<routers>[^;]+)",
    "telling-zone-dropped": r"zone (?P<zone>\S+) \((?P<view>\S+)\) is no longer declared: the servers stop serving it",
    "telling-alone": r"the network has no other (?P<role>\S+): nobody answers in its place while it changes",
    "telling-all-servers": r"every (?P<role>\S+) changes, one after the other",
    # how a push went on for zones and name servers
    "telling-serves": r"(?P<server>\S+) serves (?P<serial>\d+)",
    "telling-serves-after": r"(?P<server>\S+) serves (?P<serial>\d+) after (?P<seconds>[\d.]+) s",
    "telling-serves-behind": r"(?P<server>\S+) serves (?P<serial>\d+), (?P<behind>\d+) behind",
    "telling-serves-written": r"(?P<server>\S+) serves what was written",
    "telling-serves-not": r"(?P<server>\S+) does not serve what was written",
    "telling-serves-other": r"(?P<server>\S+) serves serial (?P<serial>\d+), and not what was written",
    "telling-same": rf"(?P<servers>{_NAMES}) the same",
    "telling-closed": r"(?P<server>\S+) lets nobody copy it \((?P<why>[^;]+)\)",
    "telling-signatures": r"its signatures hold",
    "telling-serial": r"serial (?P<serial>\d+)",
    "telling-records": r"(?P<gone>\d+) records gone, (?P<come>\d+) come",
    "telling-written-already": r"it was written already",
    "telling-write-waits": r"a write of (?P<owner>[^;]+) waits for confirmation(?: \(\S+\))?",
    "telling-zone-moved": r"it holds other records than when the plan was made \([^;]*\)[^;]*: plan again",
    "telling-zone-differs": r"somebody changed what was written before it was confirmed",
    "telling-zone-timer": r"its deadline passed, and the write was taken back",
    "telling-zone-clean": r"nothing of this change is left in it",
    "telling-zone-others": r"what somebody else wrote stays",
    "telling-answers": r"(?P<server>\S+) answers",
    "telling-answers-all": r"it answers for what it serves",
    "telling-only-one": r"it is the only one of its role: while it changes, nobody answers instead",
    "telling-nobody-answers": r"it does not answer itself: nothing is lost",
    "telling-server-away": r"(?P<server>\S+) is away since another primary was promoted",
    "telling-not-the-plan": r"what would be written is not what the plan says: plan again",
    "telling-not-intended": r"it does not hold what is intended at the end of its change",
    "telling-neither": r"it holds neither what was before the change nor what the change wrote",
    "telling-beyond": r"the plan would have to say `(?P<limit>[^`]+)` \((?P<rule>\S+)\)",
    "telling-server-moved": r"its configuration moved since it was checked: plan again",
    "telling-configuration-moved": r"it holds another configuration than when the plan was made \([^;]*\): plan again",
    # how a push ended
    "telling-pushed": r"changed and verified",
    "telling-pushed-already": r"it held the intended state already; not touched",
    "telling-untouched": r"not touched",
    "telling-back-twice": r"its commit went back twice",
    "telling-back": r"it holds the state before the change again",
    "telling-group-ended": r"a member of its group did not end well",
    "telling-wave-ended": r"an earlier wave did not end well",
    "telling-stopped": r"a person asked to stop",
    "telling-commit-waits": r"a commit of (?P<owner>[^;]+) waits for confirmation",
    "telling-moved": r"its state moved since it was checked: plan again",
    "telling-timer": r"its timer ran out before the commit was confirmed",
    **SIGNING,
}
_PATTERNS = tuple((word, re.compile(pattern)) for word, pattern in SENTENCES.items())

_NUMBERS = frozenset(
    {"all", "behind", "come", "count", "gone", "lines", "most", "percent", "rate", "share", "some", "total"}
    | {"tries", "waiting"}
)

_MOST_BEFORE = 4  # words before a sentence that say of what it is: a router, a port and a VRID with its family


class _Piece(NamedTuple):
    """A sentence that was read: of what it is, the message that says it, and the message's values."""

    before: str
    word: str
    values: tuple[tuple[str, str], ...] = ()


Say = Callable[..., str]  # a message by its id, with its values
Name = Callable[[str, str], str]  # what a value is called, by its key: "site", "carrier", or "before" a sentence


def told(text: str, say: Say, name: Name = lambda _key, value: value) -> str:
    """The text as `say` says it, with what it is about called as `name` calls it."""
    return say("telling-joint").join(_said(piece, say, name) for piece in _pieces(text))


def _said(piece: _Piece, say: Say, name: Name) -> str:
    if not piece.word:
        return piece.before
    said = say(piece.word, **{key: _value(key, value, say, name) for key, value in piece.values})
    if not piece.before or any(piece.before == value for _, value in piece.values):
        return said  # "3fff:400::1 3fff:400::1 is down" says it once
    return say("telling-of", what=name("before", piece.before), told=said)


def _value(key: str, value: str, say: Say, name: Name) -> str | int:
    if key in _NUMBERS and value.isdecimal():
        return int(value)
    if key in {"why", "targets"}:
        return say("telling-list").join(_said(_read(each), say, name) for each in value.split(", "))
    if key == "flaw":
        return told(value, say, name)
    if key == "keys":
        return say("telling-list").join(_said(_read(each), say, name) for each in value.split(" and "))
    return name(key, value)


@lru_cache(maxsize=8192)
def _pieces(text: str) -> tuple[_Piece, ...]:
    if len(text) > LONGEST:
        return (_Piece(text, ""),)
    if whole := _sentence(text):
        return (whole,)
    return tuple(_read(piece) for piece in text.split("; "))


def _read(text: str) -> _Piece:
    """The piece with what stands before its sentence: words, or a name and a colon."""
    if found := _sentence(text):
        return found
    before, colon, rest = text.partition(": ")
    before = before.removeprefix("with ")
    if colon and " " not in before and (found := _read(rest)).word:
        return found._replace(before=before)
    words = text.split(" ")
    for count in range(1, min(_MOST_BEFORE, len(words) - 1) + 1):
        if found := _sentence(" ".join(words[count:])):
            return found._replace(before=" ".join(words[:count]))
    return _Piece(text, "")


def _sentence(text: str) -> _Piece | None:
    for word, pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            return _Piece("", word, tuple(found.groupdict().items()))
    return None
