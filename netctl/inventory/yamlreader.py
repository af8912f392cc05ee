"""YAML text → plain data, by the core schema of YAML 1.2: what looks like a word is a word.

So `no`, `on` and `1:30` are text, which YAML 1.1 turns into a truth value and a number of minutes. Only block and
flow mappings, sequences and scalars exist here: anchors, aliases, tags and several documents in one file are refused,
so that no file can grow while it is read. Duplicate keys are refused.

The parser is libyaml's; this module turns its events into data, which costs half of what PyYAML's constructor takes,
and knows where each value stands when it is asked to.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from netctl.inventory.findings import Problem

Path = tuple[str | int, ...]
Positions = dict[Path, tuple[int, int]]

DEEPEST = 20

_NUMBER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+][0-9]+)?\Z")  # as YAML 1.1: a point, a signed exponent
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_MAYBE_NUMBER = frozenset("0123456789+-.")


class Unreadable(Exception):
    """A text that is not YAML as we take it; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parse(text: str, file: str) -> Any:
    """The data in `text`; raises `Unreadable` at the first thing that cannot be read."""
    return _Reader(text, file, None).document()


def parse_with_positions(text: str, file: str) -> tuple[Any, Positions, list[Problem]]:
    """The data, line and column (from 1) of each key and item, and all duplicate keys; raises `Unreadable`."""
    positions: Positions = {}
    reader = _Reader(text, file, positions)
    data = reader.document()
    return data, positions, reader.problems


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, text: str, file: str, positions: Positions | None) -> None:
        self.file = file
        self.positions = positions
        self.problems: list[Problem] = []
        self.path: list[str | int] = []
        self.depth = 0
        try:
            self.parser = CParser(text)
        except yaml.YAMLError as error:
            raise self._syntax(error) from error

    def document(self) -> Any:
        try:
            return self._document()
        except yaml.YAMLError as error:
            raise self._syntax(error) from error
        except UnicodeEncodeError as error:  # a lone surrogate
            raise Unreadable(Problem("NETCTL-E0103", self.file, (1, 1), "", "the text is not valid Unicode")) from error
        finally:
            self.parser.dispose()

    def _document(self) -> Any:
        self.parser.get_event()  # stream start
        event = self.parser.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        data = self._value(self.parser.get_event())
        self.parser.get_event()  # document end
        event = self.parser.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refuse(event, "NETCTL-E0104", "a second document begins here", "one file holds one document")
        return data

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.AliasEvent:
            raise self._refuse(
                event, "NETCTL-E0105", f"alias *{event.anchor}", "write the value out; aliases are not taken"
            )
        if event.anchor is not None or event.tag is not None:
            raise self._decorated(event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._refuse(event, "NETCTL-E0105", f"nested deeper than {DEEPEST} levels", "no file needs that")
        data = self._mapping() if kind is yaml.MappingStartEvent else self._sequence()
        self.depth -= 1
        return data

    def _mapping(self) -> dict[str, Any]:
        get, data, positions = self.parser.get_event, {}, self.positions
        while type(event := get()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise self._refuse(event, "NETCTL-E0104", "a key must be a word", "quote it, or check the indentation")
            key = event.value
            if event.anchor is not None or event.tag is not None:
                raise self._decorated(event)
            if key in data:
                self._duplicate(event, key)
            if positions is None:
                data[key] = self._value(get())
                continue
            self.path.append(key)
            self._place(event)
            data[key] = self._value(get())
            self.path.pop()
        return data

    def _sequence(self) -> list[Any]:
        get, data, positions = self.parser.get_event, list[Any](), self.positions
        while type(event := get()) is not yaml.SequenceEndEvent:
            if positions is None:
                data.append(self._value(event))
                continue
            self.path.append(len(data))
            self._place(event)
            data.append(self._value(event))
            self.path.pop()
        return data

    def _scalar(self, event: Any) -> Any:
        if event.anchor is not None or event.tag is not None:
            raise self._decorated(event)
        text: str = event.value
        if not event.implicit[0]:  # quoted or block text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in _MAYBE_NUMBER:
            if _NUMBER.match(text) and len(text) < 20:
                return int(text)
            if _FLOAT.match(text):
                return float(text)
        return text

    def _place(self, event: Any) -> None:
        assert self.positions is not None
        mark = event.start_mark
        self.positions.setdefault(tuple(self.path), (mark.line + 1, mark.column + 1))

    def _duplicate(self, event: Any, key: str) -> None:
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        problem = Problem(
            "NETCTL-E0106", self.file, place, key, f"key {key!r} stands here a second time", "keep one of them"
        )
        if self.positions is None:
            raise Unreadable(problem)
        self.problems.append(problem)

    def _decorated(self, event: Any) -> Unreadable:
        if event.anchor is not None:
            return self._refuse(
                event, "NETCTL-E0105", f"anchor &{event.anchor}", "write the value out; anchors are not taken"
            )
        return self._refuse(
            event, "NETCTL-E0104", f"tag {event.tag}", "tags are not taken; quote the text if it is one"
        )

    def _refuse(self, event: Any, code: str, message: str, hint: str) -> Unreadable:
        mark = event.start_mark
        return Unreadable(Problem(code, self.file, (mark.line + 1, mark.column + 1), "", message, hint))

    def _syntax(self, error: yaml.YAMLError) -> Unreadable:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        context = getattr(error, "context", None)
        message = ", ".join(part for part in (getattr(error, "problem", None) or str(error), context) if part)
        return Unreadable(
            Problem("NETCTL-E0104", self.file, place, "", f"not YAML: {message}", "check indentation and quotes")
        )
