"""The words of papers are complete in both languages, and name every state, step and finding there is."""

import re
from pathlib import Path
from typing import get_args

import pytest
from fluent.syntax import FluentParser, ast
from networks import ROOT

from netctl.documents import words
from netctl.model.change import ChangeState, MemberState, Verdict
from netctl.model.plan import Severity, TargetKind
from netctl.push.names import COURSES, ROLL_BACK, STEPS

CATALOGUE = ROOT / "netctl" / "documents" / "catalogue"


def messages(language: str) -> dict[str, set[str]]:
    """Placeholders of every message."""
    found = {}
    for entry in FluentParser().parse((CATALOGUE / f"{language}.ftl").read_text(encoding="utf-8")).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, entry.id.name
            found[entry.id.name] = names_in(entry.value)
    return found


def names_in(node: object) -> set[str]:
    if isinstance(node, ast.VariableReference):
        return {node.id.name}
    if isinstance(node, ast.BaseNode):
        return set().union(*(names_in(value) for value in vars(node).values()), set())
    if isinstance(node, list):
        return set().union(*(names_in(value) for value in node), set())
    return set()


def test_both_languages_have_the_same_words_with_the_same_placeholders() -> None:
    assert messages("ja") == messages("en")


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("state", get_args(ChangeState)),
        ("result", get_args(ChangeState)),
        ("member", get_args(MemberState)),
        ("verdict", get_args(Verdict)),
        ("severity", get_args(Severity)),
        ("step", (*STEPS, ROLL_BACK)),
        ("check", STEPS),
        ("each-caption", get_args(TargetKind)),
    ],
)
def test_there_are_words_for_everything_that_can_be(prefix: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if not words.known("ja", f"{prefix}-{name}")] == []


@pytest.mark.parametrize("kind", get_args(TargetKind))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_step_of_every_kind_of_target_has_words(language: str, kind: TargetKind) -> None:
    limits = {"settle": 60, "confirm": 120}
    for step in COURSES[kind].steps:
        for prefix in ("step", "check"):
            assert words.known(language, f"{prefix}-{step}") or words.known(language, f"{prefix}-{kind}-{step}")
        assert "{" not in words.of_kind(language, "check", step, kind, **limits)
    assert words.of_kind(language, "step", "step-of-tomorrow", kind) == "step-of-tomorrow"


def test_every_finding_and_hazard_in_the_code_has_a_title() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "netctl").rglob("*.py"))
    found = set(re.findall(r'"((?:RISK|HAZ)-[A-Z-]+[A-Z])"', code))
    assert "RISK-MANAGEMENT" in found
    assert sorted(name for name in found if not words.known("ja", f"finding-{name}")) == []


def test_every_word_is_used_by_a_template() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(ROOT / "templates/documents").glob("*.j2"))
    computed = (
        "title-",
        "state-",
        "result-",
        "member-",
        "verdict-",
        "severity-",
        "step-",
        "check-",
        "box-",
        "finding-",
        "each-caption-",
    )
    idle = [
        name
        for name in messages("en")
        if f'"{name}"' not in texts and not name.startswith((*computed, "outcome-", "as-of"))
    ]
    assert idle == []


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert words.say("ja", "finding-RISK-OF-TOMORROW") == "finding-RISK-OF-TOMORROW"
