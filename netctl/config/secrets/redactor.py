"""`Redactor`: the one way secrets are taken out of texts, for every platform and every place a text may leave from."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

from netctl.config.secrets.forms import TYPES, read_slot, span
from netctl.config.secrets.marks import MASKED
from netctl.config.secrets.net import HINT, NET, PRIVATE_KEY

_LINE_ENDS = re.compile(r"(\r\n|\n|\r)")
_LEAD = re.compile(r"\^(?:\\s[*+])?")
# Before a statement may stand: indentation, the mark of a difference, a word that takes away, sets or sets apart.
_BEFORE = (
    r"^[ \t]*(?:[-+!<>|][ \t]*)?(?:(?:no|default|delete|undo|set|clear|deactivate|activate|inactive:|protect:|replace:)"
    r"[ \t]+)*"
)
# The same in a message, which may quote a statement after a colon, a prompt or a quotation mark.
_QUOTED = rf"(?:{_BEFORE}|(?<=[\"'`:>#»])[ \t]*(?:(?:no|set|delete)[ \t]+)*)"
_SHORTEST_NUMBER = 4
_SKIP = '"[^"]*"|'  # steps over quoted texts; in a message the quoted text is what may hold the secret
_TOKEN = re.compile(r"\\(?P<escaped>.)|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<space> )[+*?]?", re.DOTALL)


class Redactor:
    """Puts a mark in the place of every secret of a text; all other bytes, and the number of lines, stay as they are.

    `patterns` are the platform's: one group around the value, or groups named ``secret``, ``secret2``, …. ``^`` in
    them is the beginning of a statement (however indented, with ``no`` or a difference's mark before it), a space is
    any run of spaces and tabs, and case does not count. Named groups come from rules, which know sections; out of them
    a line may only look like such a statement (``key 1`` of a key chain), so improbable values are left: put the
    expressions that know better first. Type words and quotes at the value's ends stay visible. `fingerprint` gives the
    mark for a value, or the value where it may be seen; equal values have equal marks. Marks are left alone, so
    redacting twice changes nothing more. Only within a private key's armour lines are dropped.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]], fingerprint: Callable[[str], str]) -> None:
        given = tuple(patterns)
        self._fingerprint = fingerprint
        self._whole = given
        self._patterns = tuple(_prepared(pattern, _BEFORE) for pattern in given)
        self._quoted = tuple(_prepared(pattern, _QUOTED) for pattern in given)

    def text(self, text: str) -> str:
        """A configuration, a difference or a patch without its secrets."""
        return self._lines(text, self._patterns)

    def line(self, line: str) -> str:
        """One statement without its secrets; it may be one that holds line ends, such as a key."""
        return self._lines(line, self._patterns)

    def prose(self, text: str) -> str:
        """A message of a router or a program, which may quote statements anywhere."""
        return self._lines(text, self._quoted, closing="\"'`»")

    def xml(self, text: str) -> str:
        """An XML document without its secrets; patterns are tried on the whole of it."""
        for pattern in self._whole:
            text = pattern.sub(lambda match: self._marked(match, xml=True), text)
        return self._keys(text, xml=True)

    def _lines(self, text: str, patterns: tuple[_Prepared, ...], closing: str = "") -> str:
        pieces = _LINE_ENDS.split(self._keys(text))
        seen: dict[str, str] = {}
        for place in range(0, len(pieces), 2):
            line = pieces[place]
            if line:
                shown = seen.get(line)
                if shown is None:
                    shown = seen[line] = self._line(line, patterns, closing)
                pieces[place] = shown
        return "".join(pieces)

    def _line(self, line: str, patterns: tuple[_Prepared, ...], closing: str) -> str:
        mark = functools.partial(self._marked, closing=closing)
        for pattern in patterns:
            if pattern.find(line):
                line = pattern.expression.sub(mark, line)
        if HINT.search(line):
            for expression in NET:
                line = expression.sub(mark, line)
        return line

    def _keys(self, text: str, *, xml: bool = False) -> str:
        return PRIVATE_KEY.sub(lambda match: self._key(match, xml=xml), text) if "PRIVATE KEY" in text else text

    def _key(self, match: re.Match[str], *, xml: bool) -> str:
        start, end = match.span(1 if match[1] is not None else 2)
        whole, body = match[0], match.string[start:end]
        core = body.strip()
        if not core or MASKED.fullmatch(unescape(core)):
            return whole
        # However its lines are broken and indented, one key has one mark.
        shown = self._fingerprint("".join(core.split()))
        first, last = start - match.start(), end - match.start()
        lead, tail = body[: body.index(core)], body[len(body.rstrip()) :]
        return whole[:first] + lead + (escape(shown) if xml else shown) + tail + whole[last:]

    def _marked(self, match: re.Match[str], *, xml: bool = False, closing: str = "") -> str:
        named = [name for name in match.re.groupindex if name.startswith("secret")]
        begin, whole = match.start(), match[0]
        for start, end in sorted({match.span(group) for group in named or range(1, match.re.groups + 1)}, reverse=True):
            if start >= 0:
                first, last = start - begin, end - begin
                slot = whole[first:last]
                if closing and slot[0] not in closing:
                    slot = slot.rstrip(closing)
                if named and not _plausible(slot):
                    continue
                whole = whole[:first] + self._value(slot, xml=xml) + whole[first + len(slot) :]
        return whole

    def _value(self, slot: str, *, xml: bool) -> str:
        start, end, _ = span(slot)
        value = unescape(slot[start:end]) if xml else slot[start:end]
        if not value or MASKED.fullmatch(value):
            return slot
        shown = self._fingerprint(value)
        return slot[:start] + (escape(shown) if xml else shown) + slot[end:]


def _plausible(slot: str) -> bool:
    """Whether what stands in a rule's slot may be a secret: no short number, no type word, not several words."""
    form = read_slot(slot)
    if MASKED.search(slot) or form.text.lower() in TYPES or (form.text.isdigit() and len(form.text) < _SHORTEST_NUMBER):
        return False
    return bool(form.kind) or '"' in slot or len(form.text.split()) == 1


def compile_patterns(expressions: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """A platform's expressions as `Redactor` takes them."""
    return tuple(re.compile(expression, re.MULTILINE) for expression in expressions)


class _Prepared(NamedTuple):
    """An expression for single lines; `find` says cheaply whether it matches one."""

    expression: re.Pattern[str]
    find: Callable[[str], re.Match[str] | None]


@functools.lru_cache(maxsize=4096)
def _prepared(pattern: re.Pattern[str], before: str) -> _Prepared:
    """The platform's expression, for lines however they are spaced and spelt."""
    given = pattern.pattern if before is _BEFORE else pattern.pattern.removeprefix(_SKIP)
    lead = _LEAD.match(given)
    source = (before if lead else "") + _TOKEN.sub(_spaced, given[lead.end() if lead else 0 :])
    expression = re.compile(source, pattern.flags | re.IGNORECASE)
    return _Prepared(expression, expression.match if lead and before is _BEFORE else expression.search)


def _spaced(token: re.Match[str]) -> str:
    if token["space"]:
        return r"[ \t]*" if token[0][1:] in {"*", "?"} else r"[ \t]+"
    return r"[ \t]+" if token["escaped"] == " " else token[0]
