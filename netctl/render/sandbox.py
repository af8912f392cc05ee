"""What a template may do, checked once when it is compiled and therefore free at run time.

A template sees an intent: tuples of text and numbers. It may read fields whose names do not begin with an underscore,
index by a constant, loop, test, compare and use the filters and tests listed here. Nothing is callable but `loop` and
the template's own macros, so neither methods (`str.format` could walk to Python's internals) nor types are in reach.
"""

from __future__ import annotations

from jinja2 import nodes

ALLOWED_FILTERS = (
    "abs", "batch", "capitalize", "default", "d", "dictsort", "first", "groupby", "indent", "int", "join", "last",
    "length", "count", "list", "lower", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select",
    "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper", "wordwrap",
)  # fmt: skip
ALLOWED_TESTS = (
    "boolean", "defined", "divisibleby", "eq", "equalto", "==", "even", "false", "ge", ">=", "gt", ">", "greaterthan",
    "in", "integer", "iterable", "le", "<=", "lower", "lt", "<", "lessthan", "mapping", "ne", "!=", "none", "number",
    "odd", "sameas", "sequence", "string", "true", "undefined", "upper",
)  # fmt: skip
_BY_ATTRIBUTE = frozenset({"groupby", "join", "max", "min", "rejectattr", "selectattr", "sort", "sum", "unique"})
_CALLABLE = frozenset({"loop", "caller"})


def forbidden(tree: nodes.Template) -> tuple[int, str] | None:
    """Line and name of the first thing in a template that templates may not use; None if it is clean."""
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.Node):
        what = _offence(node, macros)
        if what:
            return node.lineno, what
    return None


def _offence(node: nodes.Node, macros: set[str]) -> str:  # noqa: PLR0911 (a table, one line a kind of node)
    match node:
        case nodes.Getattr(attr=name) if name.startswith("_"):
            return f"the attribute {name!r}"
        case nodes.Getitem(arg=nodes.Const(value=value)) if isinstance(value, int):
            return ""
        case nodes.Getitem(arg=nodes.Slice()):
            return ""
        case nodes.Getitem():
            return "an index that is not a constant number"
        case nodes.Call(node=nodes.Name(name=name)) if name in macros | _CALLABLE:
            return ""
        case nodes.Call():
            return "a call of anything but a macro"
        case nodes.Filter(name=name) if name in _BY_ATTRIBUTE:
            return _attribute_argument(node)
        case nodes.Include(template=nodes.Const()):
            return ""
        case nodes.Import() | nodes.FromImport() | nodes.Extends() | nodes.Include():
            return "a template by import, extension or computed name (use include with a fixed name)"
    return ""


def _attribute_argument(node: nodes.Filter) -> str:
    """Filters that look attributes up by name take a constant name without underscores at its parts' beginning."""
    given = [*node.args, *(keyword.value for keyword in node.kwargs)]
    for argument in given:
        if isinstance(argument, nodes.Const):
            text = str(argument.value)
            if any(part.startswith("_") for part in text.split(".")):
                return f"the attribute {text!r}"
        else:
            return f"a computed argument of the filter {node.name!r}"
    if node.dyn_args or node.dyn_kwargs:
        return f"a computed argument of the filter {node.name!r}"
    return ""
