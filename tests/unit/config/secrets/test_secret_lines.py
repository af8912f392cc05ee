"""Every platform's own lines: the secrets in them go, everything else stays."""

import re
from pathlib import Path

import pytest
import yaml

from netctl.config.secrets import MASKED, Redactor
from netctl.config.secrets.redactor import compile_patterns
from netctl.devices.platform import load_platform, platform_names

ROOT = Path(__file__).parents[4]
LINES = yaml.safe_load(Path(__file__).with_name("lines.yaml").read_text(encoding="utf-8"))
MARK = "<secret-fingerprint:0a1b>"
CASES = [
    pytest.param(platform, line, secrets, id=f"{platform}: {line.strip()[:60]}")
    for platform, lines in LINES.items()
    for line, *secrets in lines
]
SECRETS = [case for case in CASES if case.values[2]]


def redactor(platform):
    return Redactor(
        compile_patterns(load_platform(ROOT, platform).secrets), lambda value: MARK if value.strip("*") else value
    )


def test_every_platform_with_a_command_line_has_lines():
    assert set(LINES) == set(platform_names(ROOT)) - {"ietf_netconf"}


@pytest.mark.parametrize(("platform", "line", "secrets"), CASES)
def test_secrets_go_and_the_rest_stays(platform, line, secrets):
    shown = redactor(platform).line(line)
    if not secrets:
        assert shown == line
        return
    assert not [secret for secret in secrets if secret in shown]
    assert shown.count(MARK) == len(secrets)
    pieces = [re.escape(piece) for piece in shown.split(MARK)]
    assert re.fullmatch(".+".join(pieces), line), "something beside the secret was changed"


@pytest.mark.parametrize(("platform", "line", "secrets"), SECRETS)
@pytest.mark.parametrize(
    "form",
    ["{}\r\n", "+{}", "- {}", "\t{}", "no {}", "{}  \t"],
    ids=["CRLF", "added", "removed", "tab", "negated", "trailing"],
)
def test_secrets_go_however_the_line_is_dressed(platform, line, secrets, form):
    if platform == "juniper_junos" and form == "no {}":
        form = "delete {}"
    dressed = form.format(line.strip())
    shown = redactor(platform).text(dressed)
    assert not [secret for secret in secrets if secret in shown]
    assert shown.startswith(form.partition("{}")[0])
    assert shown.endswith(form.partition("{}")[2])
    assert MASKED.search(shown)


@pytest.mark.parametrize(("platform", "line", "secrets"), SECRETS)
def test_secrets_go_from_messages_that_quote_the_line(platform, line, secrets):
    quoted = line.strip()
    for message in (f"% Invalid input: {quoted}", f'line 4: unknown command "{quoted}"', f"box(config)#{quoted}"):
        shown = redactor(platform).prose(message)
        assert not [secret for secret in secrets if secret in shown], message


@pytest.mark.parametrize("platform", sorted(LINES))
def test_what_is_redacted_stays_as_it_is(platform):
    text = "".join(f"{line}\n" for line, *_ in LINES[platform])
    once = redactor(platform).text(text)
    assert redactor(platform).text(once) == once
    message = redactor(platform).prose(text)
    assert redactor(platform).prose(message) == message


@pytest.mark.parametrize("path", sorted((ROOT / "tests/corpus").glob("*/*")), ids=lambda path: path.name)
def test_a_whole_configuration_keeps_every_line_end_and_shows_no_hash(path):
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    shown = redactor(path.parent.name).text(text)
    assert re.findall(r"[\r\n]", shown) == re.findall(r"[\r\n]", text)
    assert not re.search(r"\$[0-9]{1,2}\$\S{4}|password \d \w|key 7 \w", shown)
