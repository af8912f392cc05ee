"""The words of the papers, in Japanese and English (Fluent, ``catalogue/``); targets are called as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from netctl.documents.facts import Language
from netctl.model.places import read_as_prefix, zone_target
from netctl.model.plan import TargetKind
from netctl.words import telling


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


def target(language: Language, name: str) -> str:
    """What a plan's target is called: a zone with its view, and whether it is what goes first."""
    zone = zone_target(name)
    if zone is None:
        return name
    word = "targets-zone-leaving" if zone.leaving else "targets-zone-in-view"
    return say(language, word, zone=read_as_prefix(zone.zone), view=zone.view)


def comma(language: Language) -> str:
    """What stands between the names of a list."""
    return "、" if language == "ja" else ", "


def zone_in(language: Language, zone: str, views: Sequence[str]) -> str:
    """A zone with the views it is looked at in."""
    if len(views) == 1:
        return say(language, "targets-zone-in-view", zone=read_as_prefix(zone), view=views[0])
    return say(language, "targets-zone-in-views", zone=read_as_prefix(zone), views=comma(language).join(views))


def alike(language: Language, names: Sequence[str]) -> str:
    """The zone of targets that share one difference, with its views; "" where they are no zones."""
    zones = [zone for zone in map(zone_target, names) if zone is not None]
    return zone_in(language, zones[0].zone, [zone.view for zone in zones]) if zones else ""


def told(language: Language, text: str) -> str:
    """What a push told in plain English, in the language of the paper; what nobody knows stands as it was told."""

    def named(key: str, value: str) -> str:
        return target(language, value) if key == "before" and "@" in value else value

    return text if language == "en" else telling.told(text, partial(say, language), named)


def of_kind(language: Language, prefix: str, name: str, kind: TargetKind, **given: Any) -> str:
    """Words about a step of a push for this kind of target; the step itself where nobody knows it."""
    found = (word for word in (f"{prefix}-{kind}-{name}", f"{prefix}-{name}") if known(language, word))
    return say(language, next(found, name), **given)


def known(language: Language, name: str) -> bool:
    """True where the catalogue has words of this name."""
    return _bundle(language).has_message(name)


@cache
def _bundle(language: Language) -> FluentBundle:
    text = (resources.files("netctl.documents") / "catalogue" / f"{language}.ftl").read_text(encoding="utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(text))
    for shared in ("targets", "telling"):
        text = (resources.files("netctl.words") / language / f"{shared}.ftl").read_text(encoding="utf-8")
        bundle.add_resource(FluentResource(text))
    return bundle
