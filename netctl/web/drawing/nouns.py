"""What a drawing consists of, in units of its own view box; one unit is a pixel where there is room."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from netctl.control.pages.lines import LineState
from netctl.model.watch import DeviceState

LINE_HEIGHT = 1.25


class Area(NamedTuple):
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Area) -> bool:
        """True where the two share more than an edge."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; `x` is its left end, middle or right end as `anchor` says, `y` its base line."""

    x: float
    y: float
    text: str
    size: int
    style: str  # a CSS class
    anchor: Literal["start", "middle", "end"] = "start"
    title: str = ""  # the whole text where `text` was cut
    href: str = ""

    @property
    def area(self) -> Area:
        """What the text covers at most."""
        width = measure(self.text, self.size)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Area(left, self.y - self.size, width, self.size * LINE_HEIGHT)


@dataclass(frozen=True, slots=True)
class Box:
    """A router, a site or a gathering of sites; `mark` is the state that its sign and its words show."""

    area: Area
    style: str
    title: str
    href: str = ""
    mark: DeviceState | None = None
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from end to end; `path` is an SVG path, `level` how full the line is: 0 to 4, -1 for unknown."""

    path: str
    state: LineState | Literal["plain"]
    level: int
    title: str
    href: str = ""
    label: Label | None = None
    cross: tuple[float, float] | None = None  # where the sign of a line that is down stands
    dots: tuple[tuple[float, float], ...] = ()


@dataclass(slots=True)
class Drawing:
    """A picture under construction: wires lie below boxes."""

    width: float
    height: float = 0
    frames: list[Box] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def every_label(self) -> list[Label]:
        """All words of the picture, wherever they belong."""
        found = [*self.labels]
        found += [label for box in (*self.frames, *self.boxes) for label in box.labels]
        return found + [wire.label for wire in self.wires if wire.label is not None]


def measure(text: str, size: int) -> float:
    """How wide a text is at most: a Japanese sign is square, others are narrower."""
    return sum(size if ord(sign) >= 0x1100 else 0.6 * size for sign in text)


def fit(text: str, width: float, size: int) -> str:
    """The text, cut with an ellipsis where it is wider than `width`."""
    if measure(text, size) <= width:
        return text
    kept = text
    while kept and measure(kept, size) + size > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
