"""What the pages say, in Japanese and English: Fluent messages in ``words/<language>/<section>.ftl``.

A message is never put together from pieces in Python: it takes its values as placeholders. Ids begin with their
section's name; those of `common.ftl` are for everybody.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from netctl.web.context import LANGUAGES, Language, language

FOLDER = Path(__file__).parent / "words"

Value = str | int | float


class MissingWord(KeyError):
    """No message has this id, or it was not given a value it needs: a defect, found by the tests."""


def t(word: str, /, **values: Value) -> str:
    """The message in the language of this request; raises `MissingWord`."""
    return say(language(), word, **values)


@lru_cache(maxsize=16384, typed=True)
def say(tongue: Language, word: str, /, **values: Value) -> str:
    """The message in this language; raises `MissingWord`."""
    bundle = bundle_of(tongue)
    if not bundle.has_message(word):
        raise MissingWord(f"{tongue}: no message {word!r}")
    pattern = bundle.get_message(word).value
    if pattern is None:
        raise MissingWord(f"{tongue}: message {word!r} has no value")
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise MissingWord(f"{tongue}: message {word!r}: {errors[0]}")
    return str(text)


def known(word: str, /) -> bool:
    """True where there is a message of this id: for codes that come from data, which may be newer than the words."""
    return bundle_of(language()).has_message(word)


def t_or(word: str, otherwise: str, /) -> str:
    """The message, or the data's own words where there is none for a code."""
    return t(word) if known(word) else otherwise


@cache
def bundle_of(tongue: Language) -> FluentBundle:
    """All messages of one language."""
    bundle = FluentBundle([tongue], use_isolating=False)
    for file in sorted((FOLDER / tongue).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def prepare() -> None:
    """Read the files now, so that no request does."""
    for tongue in LANGUAGES:
        bundle_of(tongue)
