"""No secret of a generated configuration survives, what holds none is untouched, and twice is once."""

import re
import string
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import yaml

from netctl.config.secrets import MASKED, Redactor, same_secret
from netctl.config.secrets.redactor import compile_patterns
from netctl.credentials import Mask
from netctl.devices.platform import load_platform

ROOT = Path(__file__).parents[4]
LINES = yaml.safe_load((ROOT / "tests/unit/config/secrets/lines.yaml").read_text(encoding="utf-8"))
REDACTORS = {
    name: Redactor(
        compile_patterns(load_platform(ROOT, name).secrets),
        lambda value: Mask((), dict, b"k").fingerprint(value) if value.strip("*") else value,
    )
    for name in LINES
}
# Lines whose secret is a clear word, into which any other may be put; in an address some letters would have to be escaped.
PLACES = [
    (name, line)
    for name, lines in LINES.items()
    for line, *found in lines
    if found == ["riverbank-9"] and "://" not in line
]
PLAIN = [(name, line) for name, lines in LINES.items() for line, *found in lines if not found]
# A word no mark, keyword or fingerprint can hold by chance.
WORDS = st.text(string.ascii_letters + string.digits + "!#%&()*+,-./:=?@[]^_|~<>", min_size=6, max_size=24).map(
    "Qqxk{}kxZz".format
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), WORDS, ENDS), min_size=1, max_size=6),
    st.sampled_from(["", " ", "\t\t"]),
)
def test_no_secret_of_a_generated_configuration_survives(entries, indent):
    for name in {name for (name, _), _, _ in entries}:
        mine = [(line, word, end) for (place, line), word, end in entries if place == name]
        text = "".join(indent + line.replace("riverbank-9", word) + end for line, word, end in mine)
        shown = REDACTORS[name].text(text)
        assert not [word for _, word, _ in mine if word[:6] in shown or word[-6:] in shown]
        assert re.findall(r"[\r\n]", shown) == re.findall(r"[\r\n]", text)
        assert REDACTORS[name].text(shown) == shown


@given(st.sampled_from(PLACES), WORDS, WORDS)
def test_equal_secrets_have_equal_marks_and_others_do_not(place, one, other):
    name, line = place
    marks = [MASKED.findall(REDACTORS[name].line(line.replace("riverbank-9", word))) for word in (one, one, other)]
    assert marks[0] == marks[1]
    assert (marks[0] == marks[2]) == (one == other)


@given(st.lists(st.tuples(st.sampled_from(PLAIN), ENDS), max_size=20))
def test_a_text_without_secrets_is_unchanged(entries):
    for name in REDACTORS:
        text = "".join(line + end for (place, line), end in entries if place == name)
        assert REDACTORS[name].text(text) == text


@settings(max_examples=50)
@given(st.text(st.characters(codec=None), max_size=200), st.sampled_from(sorted(LINES)))
def test_no_text_at_all_makes_it_fail_and_twice_is_once(text, name):
    once = REDACTORS[name].text(text)
    assert REDACTORS[name].text(once) == once
    assert once.count("\n") == text.count("\n")
    REDACTORS[name].prose(text)
    REDACTORS[name].xml(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_sameness_is_reflexive_symmetric_and_never_fails(one, other):
    assert same_secret(one, one)
    assert same_secret(one, other) == same_secret(other, one)


@given(
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters='"'), min_size=1, max_size=25),
    st.integers(0, 52),
)
def test_type_7_is_its_clear_text(clear, seed):
    pad = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
    hidden = bytes(byte ^ pad[(seed + place) % len(pad)] for place, byte in enumerate(clear.encode()))
    assert same_secret(f"7 {seed:02d}{hidden.hex().upper()}", f"0 {clear}")
