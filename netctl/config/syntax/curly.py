"""Configurations in braces and semicolons: Junos."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from netctl.config.syntax import flat
from netctl.config.syntax.layout import Layout
from netctl.config.syntax.lines import BLANK, EDGE, line_count, split
from netctl.config.syntax.tree import Node, Tree

COMMENT = r"/\*[^*]*(?:\*(?!/)[^*]*)*\*/"
STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
COMMANDS = ("set", "delete", "activate", "deactivate", "protect", "unprotect", "insert", "rename", "copy", "annotate")
SET_COMMENTS = ("#", "/*")
NAMELESS = "{"  # the line of a section without a name: nothing a router prints, and nothing to be lost


def _statement(*, comments: bool, strings: bool) -> re.Pattern[str]:
    """What comes before a statement, the statement, what ends it, and the rest of its line if that says nothing.

    Every part may be empty, so the first try always matches and no text is read twice. (Possessive groups would say so,
    but Python before 3.11.5 loses itself in them.) Comments and strings are left out once one of them is
    found not to end: from there on ``/*`` and ``"`` are text like any other.
    """
    before = [r"[ \t\r\n]+", r"\#[^\r\n]*"]
    words = [r"[^\"{};/]+", r"/(?!\*)"] if comments else [r"[^\"{};]+"]
    if comments:
        before.append(COMMENT)
        words.append(COMMENT)
    words.append(STRING if strings else r"\"")
    rest = r"(?:[ \t]*(?:\#[^\r\n]*)?(?:\r\n?|\n|\Z))?"
    return re.compile(rf"((?:{'|'.join(before)})*)((?:{'|'.join(words)})*)([;{{}}]?)({rest})", re.DOTALL)


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
        """The tree of the whole text: one match of a pattern is one statement, or the end of a section."""
        place, length, text = 0, len(self.text), self.text
        match_statement = STATEMENT[True, True].match
        while place < length:
            match = match_statement(text, place)
            if match is None:  # cannot be: every part of the pattern may be empty
                break
            before, words, stop, rest = match.groups()
            if not stop and match.end() < length:
                if text[match.end(2)] == '"':
                    self.strings = False
                else:
                    self.comments = False
                match_statement = STATEMENT[self.comments, self.strings].match
                continue
            nothing = before.rstrip(BLANK)
            if nothing:
                self.lead += nothing
                self.number += line_count(nothing)
            start, place = place + len(nothing), match.end()
            if not words and stop == "}" and self.sections:
                section, self.siblings = self.sections.pop()
                section.tail, self.lead = self.lead + text[start:place], ""
            elif stop == "}" or not stop:
                self.end(before[len(nothing) :] + words, stop, stop + rest)
            elif words or stop == "{":
                self.keep(words, stop, text[start:place])
            else:
                self.lead += text[start:place]
            if rest:
                self.number += 1
        self.tree.tail += self.lead
        return self.tree

    def keep(self, words: str, stop: str, raw: str) -> None:
        """Keep a statement that something ends; a brace opens a section below it."""
        line = words.rstrip(EDGE)
        number = self.number
        if "  " in line or "\t" in line or "\n" in line or "\r" in line or "/*" in line:
            between = BETWEEN[self.comments, self.strings]
            line = between.sub(lambda match: match[1] or " ", line).strip(EDGE)
        if "\n" in words or "\r" in words:
            self.number += line_count(words)
        node = Node(line or NAMELESS, raw, number, self.lead)
        self.lead = ""
        self.siblings.append(node)
        if stop == "{":
            self.sections.append((node, self.siblings))
            self.siblings = node.children

    def end(self, words: str, stop: str, raw: str) -> None:
        """Keep what nothing ends, line by line, and close the section if `stop` does."""
        for number, unended in enumerate(split(words), self.number):
            line = BETWEEN[False, False].sub(" ", unended).strip(EDGE)
            if not line or line[0] == "#" or (line.startswith("/*") and line.endswith("*/")):
                self.lead += unended
            else:
                self.siblings.append(Node(line, unended, number, self.lead))
                self.lead = ""
        self.number += line_count(words)
        if stop and self.sections:
            section, self.siblings = self.sections.pop()
            section.tail, self.lead = self.lead + raw, ""
        elif stop:
            nothing = self.lead.rstrip(BLANK)
            self.siblings.append(Node(stop, self.lead[len(nothing) :] + raw, self.number, nothing))
            self.lead = ""
        else:
            self.lead += raw
