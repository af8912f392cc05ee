"""What the rules of a platform call a secret, its redactor hides: the engine's views and the drivers' texts agree."""

import re
from pathlib import Path

import pytest
import yaml

from netctl.config.secrets import Redactor
from netctl.config.secrets.redactor import compile_patterns
from netctl.devices.platform import load_platform

ROOT = Path(__file__).parents[4]
SECRET = "river-bank-nine"
WORDS = {
    "number": "7",
    "numbers": "7",
    "address": "192.0.2.9",
    "interface": "lo0",
    "n": "7",
    "id": "7",
    "type": "ipv4",
    "group": "7",
    "key": "7",
}
WORDS |= {"version": "2c", "access": "read-only", "hash": "sha", "cipher": "aes128", "kind": "md5", "switch": "on"}
SLOT = re.compile(r"[{<](\w+)(?::(\w+))?(?:\.\.\.)?[}>]")


def statements(section):
    """Every pattern of a section and of those below it."""
    for pattern, rule in (section or {}).items():
        yield pattern
        if isinstance(rule, dict):
            yield from statements(rule.get("inside"))


def cases():
    for path in sorted((ROOT / "devices").glob("*/rules.yaml")):
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
        for section in (rules.get("statements"), *(rules.get("groups") or {}).values()):
            for pattern in statements(section):
                if re.search(r"[{<]secret\d?\b", pattern):
                    yield pytest.param(path.parent.name, pattern, id=f"{path.parent.name}: {pattern}")


def example(statement):
    """The pattern as a router might print it, without optional words but those with a secret."""
    text, inner = statement, ""
    while text != inner:  # the innermost brackets first
        inner = text
        text = re.sub(r" ?\[([^\[\]]*)\]", lambda words: f" {words[1]}" if "secret" in words[1] else "", text)
    text = text.removeprefix("... ")
    text = SLOT.sub(
        lambda slot: SECRET if slot[1].startswith("secret") else WORDS.get(slot[2] or slot[1], "word"), text
    )
    return " ".join(word.split("|")[-1] for word in text.split())


@pytest.mark.parametrize(("platform", "statement"), list(cases()))
def test_a_secret_of_the_rules_is_hidden(platform, statement):
    redactor = Redactor(
        compile_patterns(load_platform(ROOT, platform).secrets), lambda value: "<secret-fingerprint:0a1b>"
    )
    line = example(statement)
    for form in (line, f"set {line}", f"no {line}"):
        assert SECRET not in redactor.line(form)
