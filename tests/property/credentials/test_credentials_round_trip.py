from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from netctl.credentials import Mask, fill
from netctl.credentials.masking import compile_patterns
from netctl.credentials.placeholders import placeholder

VALUES = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters='"\\'), min_size=1, max_size=60
)
PATTERNS = compile_patterns([r"^\s*neighbor \S+ password (\S+)$", r"<password>([^<]+)</password>"])


class OneSecret:
    def __init__(self, value):
        self.value = value

    def get(self, reference):
        return self.value if reference == "a/b" else None

    def describe(self, reference):
        return "nowhere"


@given(VALUES, st.booleans())
def test_what_is_filled_in_is_masked_again_exactly(value, xml):
    line = placeholder("a/b")
    text = f"<password>{escape(line)}</password>\n" if xml else f" neighbor 192.0.2.1 password {line}\n"
    sent = fill(text, OneSecret(value))
    assert "secret:" not in sent or "secret:" in value
    assert Mask(PATTERNS, lambda: {"a/b": value}, b"k").configuration(sent, xml=xml) == text


@given(VALUES.filter(lambda value: value.strip("*")))
def test_an_unknown_value_never_shows(value):
    text = f" neighbor 192.0.2.1 password {value}\n"
    masked = Mask(PATTERNS, dict, b"k").configuration(text)
    assert masked.startswith(" neighbor 192.0.2.1 password <secret")


@given(st.integers(1, 60).map("*".__mul__))
def test_what_a_router_hid_itself_stays_as_it_shows_it(value):
    text = f" neighbor 192.0.2.1 password {value}\n"
    assert Mask(PATTERNS, dict, b"k").configuration(text) == text
