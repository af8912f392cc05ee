"""Configurations in braces and semicolons: Junos."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from netctl.config.syntax import flat
from netctl.config.syntax.layout import Layout
from netctl.config.syntax.lines import BLANK, EDGE, line_count, split
from netctl.config.syntax.tree import Node, Tree

COMMENT = r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"
STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
COMMANDS = ("set", "delete", "activate", "deactivate", "protect", "unprotect", "insert", "rename", "copy", "annotate")
SET_COMMENTS = ("#", "/*")
UNTIDY = re.compile(r"[ \t\r\n]{2}|[\t\r\n]|/\*")
NAMELESS = "{"  # the line of a section without a name: nothing a router prints, and nothing to be lost


def _statement(*, comments: bool, strings: bool) -> re.Pattern[str]:
    """What comes before a statement, the statement, what ends it, and the rest of its line if that says nothing.

    Every part is possessive, so that no text is read twice. Comments and strings are left out once one of them is
    found not to end: from there on ``/*`` and ``"`` are text like any other.
    """
    before = [r"[ \t\r\n]++", r"\#[^\r\n]*+"]
    words = [r"[^\"{};/]++", r"/(?!\*)"] if comments else [r"[^\"{};]++"]
    if comments:
        before.append(COMMENT)
        words.append(COMMENT)
    words.append(STRING if strings else r"\"")
    rest = r"(?:[ \t]*+(?:\#[^\r\n]*+)?(?:\r\n?|\n|\Z))?"
    return re.compile(rf"((?:{'|'.join(before)})*+)((?:{'|'.join(words)})*+)([;{{}}]?)({rest})", re.DOTALL)


def _between(*, comments: bool, strings: bool) -> re.Pattern[str]:
    """What stands between two words, or, as a group, a string that holds what looks like it."""
    string = STRING if strings else r"(?!)"
    comment = rf"|{COMMENT}" if comments else ""
    return re.compile(rf"({string})|(?:[ \t\r\n]{comment})+", re.DOTALL)


STATEMENT = {(c, s): _statement(comments=c, strings=s) for c in (True, False) for s in (True, False)}
BETWEEN = {(c, s): _between(comments=c, strings=s) for c in (True, False) for s in (True, False)}


def parse(text: str, layout: Layout) -> Tree:
    """The tree of a text in braces; one whose statements are all ``set`` lines (or their kin) is read as flat.

    What neither ``;`` nor ``{`` ends is kept as a statement for each of its lines, a ``}`` that closes nothing as a
    statement of its own.
    """
    if _is_commands(text):
        return flat.parse(text, replace(layout, comments=SET_COMMENTS))
    return _Reader(text).read()


def _is_commands(text: str) -> bool:
    seen = False
    for raw in io.StringIO(text, newline=""):
        line = raw.strip(EDGE)
        if line and not line.startswith(SET_COMMENTS):
            if not line.startswith(COMMANDS) or line.split(None, 1)[0] not in COMMANDS or line[-1] in "{;":
                return False
            seen = True
    return seen


class _Reader:
    """One text being read: where, in which section, and what of it said nothing so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = Tree()
        self.siblings = self.tree.children
        self.sections: list[tuple[Node, list[Node]]] = []  # each with the list that it stands in
        self.comments = self.strings = True  # whether each of them that is begun from here on ends
        self.number = 1
        self.lead = ""

    def read(self) -> Tree:
        place, length, text = 0, len(self.text), self.text
        pattern = STATEMENT[True, True]
        while place < length:
            match = pattern.match(text, place)
            if match is None:  # cannot be: every part of the pattern may be empty
                break
            before, words, stop, rest = match.groups()
            if not stop and match.end() < length:
                if text[match.end(2)] == '"':
                    self.strings = False
                else:
                    self.comments = False
                pattern = STATEMENT[self.comments, self.strings]
                continue
            place = match.end()
            self.take(before, words, stop, rest)
        self.tree.tail += self.lead
        return self.tree

    def take(self, before: str, words: str, stop: str, rest: str) -> None:
        """Keep one statement, or the end of a section."""
        said = before.rstrip(BLANK)
        self.lead += said
        self.number += line_count(before)
        raw = before[len(said) :] + words + stop + rest
        if stop == "{":
            node = self.keep(self.said(words) or NAMELESS, raw)
            self.sections.append((node, self.siblings))
            self.siblings = node.children
        elif stop == ";" and words:
            self.keep(self.said(words), raw)
        elif stop == ";":
            self.lead += raw
        else:
            self.end(before[len(said) :] + words, stop, stop + rest)
        self.number += line_count(words) + line_count(rest)

    def keep(self, line: str, raw: str, number: int = 0) -> Node:
        node = Node(line, raw, number or self.number, self.lead)
        self.lead = ""
        self.siblings.append(node)
        return node

    def end(self, words: str, stop: str, raw: str) -> None:
        """Keep what nothing ends, line by line, and close the section if `stop` does."""
        for number, unended in enumerate(split(words), self.number):
            line = BETWEEN[False, False].sub(" ", unended).strip(EDGE)
            if not line or line[0] == "#" or (line.startswith("/*") and line.endswith("*/")):
                self.lead += unended
            else:
                self.keep(line, unended, number)
        if stop and self.sections:
            section, self.siblings = self.sections.pop()
            section.tail, self.lead = self.lead + raw, ""
        elif stop:
            said = self.lead.rstrip(BLANK)
            raw, self.lead = self.lead[len(said) :] + raw, said
            self.keep(stop, raw, self.number + line_count(words))
        else:
            self.lead += raw

    def said(self, words: str) -> str:
        """The words with one space between them; strings as they are written, comments left out."""
        if not UNTIDY.search(words):
            return words.strip(EDGE)
        between = BETWEEN[self.comments, self.strings]
        return between.sub(lambda match: match[1] or " ", words).strip(EDGE)
