"""The reference pages of docs/ as the code has it: commands, errors, settings. ``python -m netctl.cli.reference docs``.

A test compares the pages with what this module writes, so none of them can tell an old story.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from netctl import errors, settings
from netctl.cli.root import root
from netctl.cli.session import Session

EXIT_STATUSES = (
    (0, "done; for `plan` and `config diff`: nothing differs"),
    (1, "a defect of netctl"),
    (2, "the words of the command are off, or name something that does not exist"),
    (3, "there are differences (`plan`, `dns plan`, `config diff`), or a server is behind (`dns serials`)"),
    (4, "the declared network is invalid, or cannot be rendered; a finding that counts (`dns lint`, `dns dnssec`)"),
    (5, "refused: a rule of the house says no"),
    (6, "a router, name server or zone cannot be reached, read or written"),
    (7, "a push stopped; what it touched is rolled back, or said"),
    (8, "an outcome is unknown, or two primaries might write; a person must look"),
    (9, "the database, the settings or a file of netctl's own cannot be used"),
    (10, "the lab cannot be raised or reached"),
    (130, "interrupted (Ctrl-C); the last line says where things stand"),
    (141, "the reader of the output went away"),
)

_MADE = "<!-- Made from the code by `make docs`; a test compares. -->\n\n"


def pages() -> dict[str, str]:
    """Every reference page by file name."""
    return {"cli.md": _cli_page(), "errors.md": _errors_page(), "settings.md": _settings_page()}


def _cli_page() -> str:
    rows = "".join(f"| {status} | {meaning} |\n" for status, meaning in EXIT_STATUSES)
    parts = [
        _MADE,
        "# The command line\n\n",
        (
            "Results go to stdout, progress and errors to stderr. Every command that reads takes `--json`.\n"
            "An error is one line, `error: CODE: where: message`, and mostly a second one, `hint: …`;\n"
            "the codes are listed in [errors.md](errors.md).\n\n"
        ),
        f"## Exit statuses\n\n| status | meaning |\n|---|---|\n{rows}",
    ]
    with click.Context(root, info_name="netctl", obj=Session(), max_content_width=100, terminal_width=100) as context:
        parts += [f"\n## `{path}`\n\n```text\n{text}\n```\n" for path, text in _commands(root, context)]
    return "".join(parts)


def _commands(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Every command with its help, depth first."""
    yield context.command_path, command.get_help(context)
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        if child is not None:
            with click.Context(child, info_name=name, parent=context, terminal_width=100) as inner:
                yield from _commands(child, inner)


def _errors_page() -> str:
    rows = "".join(
        f"| `{code}` | {status} | {_cell(fact)} | {_cell(hint)} |\n" for code, status, fact, hint in sorted(_facts())
    )
    return (
        f"{_MADE}# Errors\n\nA code is never reused and never renumbered; programs may depend on it.\n\n"
        f"| code | exit | what holds | what to do |\n|---|---|---|---|\n{rows}"
    )


def _facts() -> Iterator[tuple[str, int, str, str]]:
    """(code, exit status, fact, hint) of every error class and every finding on the declared network."""
    from netctl.control.network.validate import CODES

    for kind in error_classes():
        yield kind.code, kind.exit_status, (inspect.getdoc(kind) or "").splitlines()[0], kind.default_hint
    known = {kind.code for kind in error_classes()}
    for code, fact in CODES.items():
        if code not in known:
            yield code, errors.NetworkError.exit_status, fact[0].upper() + fact[1:] + ".", "the finding carries its own"


def error_classes() -> list[type[errors.NetctlError]]:
    """Every error class, the root first."""
    found = [errors.NetctlError]
    for kind in found:
        found.extend(each for each in kind.__subclasses__() if each not in found)
    return found


def _settings_page() -> str:
    comments = dict(re.findall(r"^    (\w+): .*?#\s*(.+)$", inspect.getsource(settings.Settings), flags=re.MULTILINE))
    rows = "".join(
        f"| `{entry.name}` | {_cell(str(entry.type))} | `{entry.default!r}` | {_cell(comments.get(entry.name, ''))} |\n"
        for entry in fields(settings.Settings)
        if entry.name not in ("home", "lab", "extra")
    )
    return (
        f"{_MADE}# Settings of a host\n\n```text\n{inspect.getdoc(settings)}\n```\n\n"
        "Times are in seconds unless a name says otherwise.\n\n"
        f"| key | type | default | meaning |\n|---|---|---|---|\n{rows}"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
