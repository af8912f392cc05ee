"""Which template line wrote a line of an artefact.

Asked for rarely (a person looks at a diff), so nothing is recorded while rendering. When asked, the same templates run
again in an environment that puts an invisible mark, naming template and line, before every piece of output.
"""

from __future__ import annotations

import re

from jinja2 import nodes

from netctl.render.templates import TemplateEnvironment

# Private use characters cannot stand in a router's configuration, so a mark is never mistaken for text.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class MarkingEnvironment(TemplateEnvironment):
    """Writes what its parent writes, with marks."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for output in tree.find_all(nodes.Output):
            output.nodes = [piece for node in output.nodes for piece in _marked(node, filename or "")]
        return tree


def _marked(node: nodes.Expr, filename: str) -> list[nodes.Expr]:
    """A piece of output with a mark before it, and before each of its lines if it is text of the template itself."""
    lines = _LINE.findall(node.data) if isinstance(node, nodes.TemplateData) else None
    if lines is None:
        return [_mark(filename, node.lineno), node]
    pieces: list[nodes.Expr] = []
    for number, line in enumerate(lines, start=node.lineno):
        pieces += [_mark(filename, number), nodes.TemplateData(line, lineno=number)]
    return pieces


def _mark(filename: str, line: int) -> nodes.TemplateData:
    return nodes.TemplateData(f"{_OPEN}{filename}:{line}{_CLOSE}", lineno=line)


def read(marked: str, text: str) -> list[str]:
    """The origin of each line of `text`, given what the marking environment wrote; [] where the two do not agree.

    A line's origin is the mark before its first visible character. A line without a mark of its own (a value that
    itself holds line breaks) has that of the line before.
    """
    if _MARK.sub("", marked).removesuffix("\n") != text.removesuffix("\n"):
        return []
    origins: list[str] = []
    current = ""
    for line in marked.split("\n")[: len(_LINE.findall(text))]:
        first = ""
        for match in _MARK.finditer(line):
            current = match.group(1)
            visible = line[match.end() : match.end() + 1] not in ("", _OPEN)
            first = first or (current if visible else "")
        lead = line[: line.find(_OPEN)] if _OPEN in line else line
        origins.append(origins[-1] if lead and origins else first or current)
    return origins
