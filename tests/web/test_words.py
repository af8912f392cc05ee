"""Both languages say the same things, and say everything that pages ask for."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl

WEB = Path(__file__).resolve().parents[2] / "netctl" / "web"
SHARED = WEB.parent / "words"  # what alerts say as well
PYTHON = sorted(path for path in WEB.rglob("*.py"))
SAYING = [*PYTHON, *SHARED.glob("*.py"), *(WEB.parent / "observe" / "sinks").glob("*.py")]
TEMPLATES = sorted(path for path in (WEB / "pages").rglob("*.html"))
FOLDERS = {path.stem: path.parents[1] for folder in (WEB / "words", SHARED) for path in (folder / "ja").glob("*.ftl")}
SECTIONS = sorted(FOLDERS)

_CALLED = re.compile(r"""\bt\(\s*["']([a-z][\w-]*)["']\s*[,)]""")
_QUOTED = re.compile(r"""["']([A-Za-z][\w-]*)["']""")
_BEGUN = re.compile(r"""["']([a-z][\w-]*-)["']\s*[~+]""")


class _Variables(visitor.Visitor):
    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):
        self.names.add(node.id.name)


@cache
def messages(language: str, section: str) -> dict[str, frozenset[str]]:
    """Every message with the names of the values it takes."""
    resource = FluentParser().parse((FOLDERS[section] / language / f"{section}.ftl").read_text(encoding="utf-8"))
    junk = [entry.content for entry in resource.body if isinstance(entry, ftl.Junk)]
    assert junk == [], f"{language}/{section}.ftl cannot be read"
    found = {}
    for entry in resource.body:
        if isinstance(entry, ftl.Message):
            variables = _Variables()
            variables.visit(entry.value)
            assert entry.id.name not in found, f"{language}/{section}.ftl says {entry.id.name} twice"
            found[entry.id.name] = frozenset(variables.names)
    return found


def every(language: str) -> set[str]:
    return {name for section in SECTIONS for name in messages(language, section)}


def constants(path: Path) -> tuple[set[str], set[str]]:
    """The texts in a module, and what its texts with values in them begin with."""
    whole, begun = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begun.add(str(node.values[0].value))
    return whole, begun


def test_both_languages_have_the_same_sections():
    english = [path.stem for folder in (WEB / "words", SHARED) for path in (folder / "en").glob("*.ftl")]
    assert sorted(english) == SECTIONS


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_messages_with_the_same_values(section):
    assert messages("ja", section) == messages("en", section)


def test_no_message_is_in_two_sections():
    names = [name for section in SECTIONS for name in messages("ja", section)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "pages")))
def test_every_message_a_template_asks_for_exists(path):
    asked = set(_CALLED.findall(path.read_text(encoding="utf-8")))
    assert sorted(asked - every("ja")) == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(WEB)))
def test_every_message_a_module_asks_for_exists(path):
    asked = {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "t"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert sorted(asked - every("ja")) == []


def test_every_message_is_used():
    whole, begun = set(), {"column-", "error-NETCTL-", "failure-"}
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        whole |= set(_QUOTED.findall(text))
        begun |= set(_BEGUN.findall(text))
    tables = set()
    for path in SAYING:
        found, starts = constants(path)
        whole |= found
        tables |= {f"{name}-table" for name in found}
        begun |= {start for start in starts if start.endswith("-") and len(start) > 3}
    unused = sorted(name for name in every("ja") if name not in whole | tables and not name.startswith(tuple(begun)))
    assert unused == []


def test_japanese_is_japanese():
    """What is the same in both languages is a name or a mark; a sentence that was forgotten would be one of them."""
    from netctl.web.words import bundle_of

    same = []
    for name in sorted(every("ja")):
        if any(name in messages("ja", section) and messages("ja", section)[name] for section in SECTIONS):
            continue
        texts = [
            bundle_of(language).format_pattern(bundle_of(language).get_message(name).value)[0]
            for language in ("ja", "en")
        ]
        if texts[0] == texts[1] and " " in texts[0].strip() and texts[0].isascii() and texts[0].lower() != texts[0]:
            same.append(name)
    assert same == []
