"""Facts as HTML that prints on A4: the network's own templates where it has some, else those netctl brings along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from netctl.documents import words
from netctl.documents.facts import Facts, Kind, Language
from netctl.errors import SettingsInvalid
from netctl.inventory import reference_root
from netctl.model.change import Change
from netctl.model.moments import read_moment
from netctl.model.plan import DiffLine
from netctl.render.templates import TemplateEnvironment, load, read_sources, run
from netctl.words.targets import counted

_FOLDER = "documents/"
_SHORT = 16  # digits of a digest that a person types

_MARGINS = """
@page {{
  @top-left {{ content: {head}; font: 8pt "Noto Sans CJK JP", sans-serif; white-space: pre; width: 100%; }}
  @bottom-left {{ content: {foot}; font: 8pt "Noto Sans Mono CJK JP", monospace; width: 84%; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the page on a screen leads; a PDF has none."""

    style: str
    change: str
    pdf: str
    others: Mapping[Kind, str]
    language: str  # the same page in the other language


def style(change: Change, as_of: str, kind: Kind, language: Language, *, timezone: str) -> str:
    """The style sheet of one paper, for screen, printer and PDF.

    What stands in the margins of every page is in it: browsers and PDF take it from there alike.
    """
    zone = _zone(timezone)
    title = words.say(language, f"title-{kind}")
    told = words.say(language, "as-of", at=_moment(as_of, language, zone))
    margins = _MARGINS.format(
        head=_css_string(f"{change.id} {title}    {told}"), foot=_css_string(grouped(change.plan_digest))
    )
    return (resources.files("netctl.documents") / "paper.css").read_text(encoding="utf-8") + margins


def write_html(
    facts: Facts, kind: Kind, language: Language, *, root: Path, timezone: str, links: Links | None = None
) -> str:
    """One paper as a whole HTML page.

    Raises `SettingsInvalid` for a time zone that does not exist, and `RenderError` where a network's own template is
    wrong.
    """
    environment = _PaperEnvironment(_sources(root), language, _zone(timezone))
    name = f"{_FOLDER}{kind}.j2"
    context = {"facts": facts, "change": facts.change, "kind": kind, "language": language, "links": links}
    return run(load(environment, name, facts.change.id), context, facts.change.id)


class _PaperEnvironment(TemplateEnvironment):
    """Templates of papers: what they are given is text, and is escaped; words and moments come by filters."""

    def __init__(self, sources: Mapping[str, str], language: Language, zone: ZoneInfo) -> None:
        super().__init__(sources)
        self.autoescape = True
        del self.filters["secret"]
        own: dict[str, Callable[..., str]] = {
            "word": _words(language),
            "titled": lambda code: words.say(language, code) if words.known(language, code) else "",
            "moment": lambda at: _moment(at, language, zone),
            "clock": lambda at: read_moment(at).astimezone(zone).strftime("%H:%M:%S") if at else "",
            "grouped": grouped,
            "short": lambda digest: digest[:_SHORT],
            "listed": words.comma(language).join,
            "indented": _indented,
            "counted": lambda count: counted(count, _words(language)),
            "told": lambda text: words.told(language, text),
            "target": lambda name: words.target(language, name),
            "alike": lambda names: words.alike(language, tuple(names)),
            "zones_in": lambda zones: words.comma(language).join(words.zone_in(language, *each) for each in zones),
            "step": lambda step, kind: words.of_kind(language, "step", step, kind),
            "check": lambda step, kind, limits: words.of_kind(language, "check", step, kind, **asdict(limits)),
        }
        self.filters |= own


def _indented(line: DiffLine) -> str:
    return "  " * line.depth + line.text


def _css_string(text: str) -> str:
    """A text as a string of CSS (Syntax Level 3, 4.3.7); nothing in it can end the string."""
    return '"' + "".join(each if each.isalnum() or each in " -_:()" else f"\\{ord(each):x} " for each in text) + '"'


def grouped(digest: str) -> str:
    """Hex digits by fours, so that two people can compare them aloud."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def _words(language: Language) -> Callable[..., str]:
    def word(name: str, **given: Any) -> str:
        return words.say(language, name, **given)

    return word


def _moment(at: str, language: Language, zone: ZoneInfo) -> str:
    if not at:
        return ""
    moment = read_moment(at).astimezone(zone)
    if language == "ja":
        return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsInvalid(f"there is no time zone {name!r}", where="timezone") from error


def _sources(root: Path) -> dict[str, str]:
    """Templates of papers by name: a network that has one of its own overrides that one alone."""
    own = read_sources(root, _FOLDER) if root != reference_root() else {}
    return read_sources(reference_root(), _FOLDER) | own
