"""Fluent messages in ``<language>/<section>.ftl`` beside this file, for whoever has no words of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Value = str | int | float


class MissingWord(KeyError):
    """No message has this id, or it was not given a value it needs: a defect, found by the tests."""


def bundle(tongue: Language, folders: Iterable[Path] = ()) -> FluentBundle:
    """The messages of one language: those beside this file, and those of `folders` that are laid out like it."""
    made = FluentBundle([tongue], use_isolating=False)
    for folder in (FOLDER, *folders):
        for file in sorted((folder / tongue).glob("*.ftl")):
            made.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return made


def say_in(words: FluentBundle, tongue: Language, word: str, /, **values: Value) -> str:
    """The message of this id in a bundle; raises `MissingWord`."""
    if not words.has_message(word):
        raise MissingWord(f"{tongue}: no message {word!r}")
    pattern = words.get_message(word).value
    if pattern is None:
        raise MissingWord(f"{tongue}: message {word!r} has no value")
    text, errors = words.format_pattern(pattern, values)
    if errors:
        raise MissingWord(f"{tongue}: message {word!r}: {errors[0]}")
    return str(text)


def say(tongue: Language, word: str, /, **values: Value) -> str:
    """The message of this id in this language; raises `MissingWord`."""
    return say_in(_own(tongue), tongue, word, **values)


def known(tongue: Language, word: str, /) -> bool:
    """True where there is a message of this id: for codes that come from data, which may be newer than the words."""
    return _own(tongue).has_message(word)


@cache
def _own(tongue: Language) -> FluentBundle:
    return bundle(tongue)
