"""One shared, strict Jinja2 environment for each network's `templates/` folder.

StrictUndefined: a name a router's intent does not have stops the work and is reported with variable, template and
line. Nothing in a template can reach Python's internals (`netctl.render.sandbox`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, TemplateNotFound, nodes
from jinja2 import TemplateSyntaxError as JinjaSyntaxError
from jinja2 import UndefinedError as JinjaUndefinedError
from jinja2.meta import find_referenced_templates, find_undeclared_variables

from netctl.credentials.placeholders import placeholder
from netctl.errors import (
    NetctlError,
    TemplateFailed,
    TemplateMissing,
    TemplateSyntax,
    UndefinedVariable,
    UnsafeTemplate,
)
from netctl.render.sandbox import ALLOWED_FILTERS, ALLOWED_TESTS, forbidden

Sources = Mapping[str, str]


class _Loader(BaseLoader):
    """Serves the sources that were read once; the file name it reports is the one shown to people."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        del environment
        if template not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[template], f"templates/{template}", None


class TemplateEnvironment(Environment):
    """Jinja2 as netctl uses it; `sources` maps names below `templates/` to texts."""

    def __init__(self, sources: Sources) -> None:
        super().__init__(
            loader=_Loader(sources),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            autoescape=False,  # routers' text, no HTML
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in ALLOWED_FILTERS} | {"secret": placeholder}
        self.tests = {name: self.tests[name] for name in ALLOWED_TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        offence = forbidden(tree)
        if offence is not None:
            line, what = offence
            raise UnsafeTemplate(f"{what} may not be used in a template", where=f"{filename}:{line}")
        return tree


def read_sources(root: Path, below: str = "") -> dict[str, str]:
    """Templates of a network by name below `templates/`, such as ``frr/bgp.j2``; those `below` a folder, or all."""
    folder = root / "templates"
    sources = {}
    for path in sorted((folder / below).rglob("*.j2")):
        name = path.relative_to(folder).as_posix()
        try:
            sources[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateSyntax(str(error), where=f"templates/{name}", hint="templates are UTF-8 text") from error
    return sources


def load(environment: Environment, name: str, device: str) -> Template:
    """A compiled template; whatever is wrong with it is said once, with its line."""
    try:
        return environment.get_template(name)
    except NetctlError:
        raise
    except (TemplateError, RecursionError) as error:
        _explain(error, device)


def run(template: Template, context: Mapping[str, Any], device: str) -> str:
    """The text a template makes of a context."""
    try:
        return "".join(template.root_render_func(template.new_context(dict(context), shared=True)))
    except NetctlError:
        raise
    except Exception as error:  # noqa: BLE001 (a template may fail in any way an expression can)
        _explain(error, device)


def inputs_of(
    environment: TemplateEnvironment, sources: Sources, name: str, device: str, own: frozenset[str]
) -> frozenset[str] | None:
    """The names a template and all it includes take from the context.

    None where that depends on a value, and as soon as one of them is in `own`: then the others do not matter.
    """
    seen: set[str] = set()
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop(0)
        if current in seen or current not in sources:
            continue
        seen.add(current)
        try:
            tree = environment.parse(sources[current], current, f"templates/{current}")
        except (TemplateError, RecursionError) as error:
            _explain(error, device)
        found |= find_undeclared_variables(tree)
        if not found.isdisjoint(own):
            return None
        for referenced in find_referenced_templates(tree):
            if referenced is None:
                return None
            waiting.append(referenced)
    return frozenset(found)


def _explain(error: Exception, device: str) -> NoReturn:
    """Jinja2's errors as ours: where in the templates, for which router, and what to do."""
    message, where = str(error), _place(error)
    if isinstance(error, JinjaSyntaxError):
        raise TemplateSyntax(f"{error.message}", where=f"{error.filename or error.name}:{error.lineno}") from error
    if isinstance(error, TemplateNotFound):
        hint = "add the file, or take its name out of the template that includes it"
        raise TemplateMissing(f"no template {error.name!r} (for {device})", where=where, hint=hint) from error
    if isinstance(error, JinjaUndefinedError):
        hint = "docs/templates.md lists the names a template has; `{% if NAME is defined %}` makes one optional"
        raise UndefinedVariable(f"{message} (for {device})", where=where, hint=hint) from error
    raise TemplateFailed(f"{type(error).__name__}: {message} (for {device})", where=where) from error


def _place(error: Exception) -> str:
    """``templates/FILE:LINE`` of the innermost template on the error's way, "" if there is none."""
    place, trace = "", error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            place = f"{template.filename}:{template.get_corresponding_lineno(trace.tb_lineno)}"
        trace = trace.tb_next
    return place
