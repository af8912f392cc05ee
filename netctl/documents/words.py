"""The words of the papers, in Japanese and English (Fluent, ``catalogue/``)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from netctl.documents.facts import Language


def say(language: Language, name: str, **given: Any) -> str:
    """The words named `name`; the name itself where the catalogue has none (a code we have no title for)."""
    bundle = _bundle(language)
    if not bundle.has_message(name):
        return name
    pattern = bundle.get_message(name).value
    if pattern is None:
        return name
    text, failures = bundle.format_pattern(pattern, given)
    if failures:
        raise ValueError(f"{language} {name}: {failures[0]}")
    return str(text)


def known(language: Language, name: str) -> bool:
    """True where the catalogue has words of this name."""
    return _bundle(language).has_message(name)


@cache
def _bundle(language: Language) -> FluentBundle:
    text = (resources.files("netctl.documents") / "catalogue" / f"{language}.ftl").read_text(encoding="utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(text))
    return bundle
