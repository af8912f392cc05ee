"""One output read as its question says: TextFSM (ours or ntc-templates') or JSON; texts in, values out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import textfsm
from textfsm.clitable import CliTableError

from netctl.devices.facts import duration
from netctl.devices.facts.sheet import FactName, Question, Since, Source
from netctl.errors import PlatformInvalid

# What boxes and their makers write where a fact should stand.
_NOTHING = frozenset(
    {"", "0", "n/a", "none", "unknown", "not specified", "not available", "default string", "system serial number",
     "system product name", "to be filled by o.e.m."}
)  # fmt: skip
_BRACES_TRIED = 5
_NAME_IN_BRACES = re.compile(r"\{([^{}]+)\}")

Look = Callable[[str], str]  # a name of a column, or a path: its value, "" where there is none


def facts_in(question: Question, output: str, folder: str) -> dict[FactName, str | int]:
    """The facts an output holds; one that is not understood holds none.

    Raises `PlatformInvalid` where the template itself cannot be used.
    """
    found: dict[FactName, str | int] = {}
    for look in _records(question, output, folder):
        for fact, source in question.facts.items():
            value = _value(fact, source, look)
            if value not in ("", None) and fact not in found:
                found[fact] = value
    return found


def _value(fact: FactName, source: Source, look: Look) -> Any:
    if isinstance(source, Since):
        return duration.between(look(source.since), look(source.now))
    for name in (source,) if isinstance(source, str) else source:
        text = _filled(name, look)
        if text and fact == "uptime":
            return duration.seconds(text)
        if text.casefold() not in _NOTHING:
            return text
    return ""


def _filled(source: str, look: Look) -> str:
    """The text a source means: a name's value, or names in braces among other words; "" where one of them is empty."""
    names = _NAME_IN_BRACES.findall(source)
    if not names:
        return look(source)
    values = {name: look(name) for name in names}
    return _NAME_IN_BRACES.sub(lambda found: values[found[1]], source) if all(values.values()) else ""


def _records(question: Question, output: str, folder: str) -> Iterator[Look]:
    if question.json:
        document = _document(output)
        if document is not None:
            yield lambda path: _text(_at(document, path))
        return
    rows = _ntc(question, output) if question.ntc else _own(Path(folder) / question.template, output)
    for row in rows:
        lowered = {key.lower(): value for key, value in row.items()}
        yield lambda name, row=lowered: _text(row.get(name.lower()))  # type: ignore[misc]


def _ntc(question: Question, output: str) -> Sequence[Mapping[str, Any]]:
    from ntc_templates.parse import ParsingException, parse_output  # noqa: PLC0415  most platforms do without

    command = question.command.partition(" |")[0]
    try:
        rows: list[dict[str, Any]] = parse_output(platform=question.ntc, command=command, data=output)
    except (ParsingException, CliTableError, textfsm.TextFSMError):
        return ()
    return rows


def _own(path: Path, output: str) -> Sequence[Mapping[str, Any]]:
    where = "/".join(path.parts[-3:])
    try:
        with path.open(encoding="utf-8") as file:
            machine = textfsm.TextFSM(file)
    except (OSError, UnicodeDecodeError, textfsm.TextFSMTemplateError) as error:
        raise PlatformInvalid(" ".join(str(error).split()), where=where) from error
    try:
        rows: list[dict[str, Any]] = machine.ParseTextToDicts(output)
    except textfsm.TextFSMError:
        return ()
    return rows


def _document(output: str) -> Any:
    """The first JSON object in an output, whatever a box prints around it; None where there is none."""
    for brace in islice(re.finditer(r"\{", output), _BRACES_TRIED):  # Junos has {master:0} above a prompt
        try:
            return json.JSONDecoder().raw_decode(output, brace.start())[0]
        except (json.JSONDecodeError, RecursionError):
            continue
    return None


def _at(document: Any, path: str) -> Any:
    """What stands at a path of keys and positions, ``a/0/b``; ``//a/0/b`` begins at the first ``a`` anywhere."""
    steps = path.removeprefix("//").split("/")
    here = _anywhere(document, steps[0]) if path.startswith("//") else document
    for step in steps:
        if isinstance(here, list) and step.isdecimal() and int(step[:6]) < len(here):
            here = here[int(step[:6])]
        elif isinstance(here, dict):
            here = here.get(step)
        else:
            return None
    return here


def _anywhere(document: Any, key: str) -> Any:
    """The first object with a key, the outermost first."""
    waiting = [document]
    for each in waiting:
        if isinstance(each, dict):
            if key in each:
                return each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return None


def _text(value: Any) -> str:
    """A value on one line; of several, the first that says something."""
    if isinstance(value, list):
        return next((text for text in map(_text, value) if text), "")
    if value is None or isinstance(value, bool | dict):
        return ""
    return " ".join(str(value).split())
