"""What the pages say, in Japanese and English: Fluent messages in ``words/<language>/<section>.ftl``.

What alerts say as well is in `netctl/words/`.

A message is never put together from pieces in Python: it takes its values as placeholders. Ids begin with their
section's name; those of `common.ftl` are for everybody.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle

from netctl.web.context import LANGUAGES, Language, language
from netctl.words.catalogue import MissingWord, Value, bundle, say_in

__all__ = ["FOLDER", "MissingWord", "Value", "bundle_of", "known", "prepare", "say", "t", "t_or"]

FOLDER = Path(__file__).parent / "words"


def t(word: str, /, **values: Value) -> str:
    """The message in the language of this request; raises `MissingWord`."""
    return say(language(), word, **values)


@lru_cache(maxsize=16384, typed=True)
def say(tongue: Language, word: str, /, **values: Value) -> str:
    """The message in this language; raises `MissingWord`."""
    return say_in(bundle_of(tongue), tongue, word, **values)


def known(word: str, /) -> bool:
    """True where there is a message of this id: for codes that come from data, which may be newer than the words."""
    return bundle_of(language()).has_message(word)


def t_or(word: str, otherwise: str, /) -> str:
    """The message, or the data's own words where there is none for a code."""
    return t(word) if known(word) else otherwise


@cache
def bundle_of(tongue: Language) -> FluentBundle:
    """All messages of one language: the pages' own, and those that alerts say as well."""
    return bundle(tongue, (FOLDER,))


def prepare() -> None:
    """Read the files now, so that no request does."""
    for tongue in LANGUAGES:
        bundle_of(tongue)
