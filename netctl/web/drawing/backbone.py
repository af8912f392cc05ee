"""The centres: a column of cores each, borders at the outer sides, and the backbone's links between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netctl.control.pages.lines import LineView
from netctl.control.pages.topology import CentreView, Router
from netctl.web.drawing.nouns import Area, Box, Drawing, Label, Wire, fit
from netctl.web.drawing.speech import Speech

ROUTER = (164, 44)
ROW = 96
TOP = 44
COLUMNS = ((110, 400), (1010, 720))  # of borders and of cores, of the first centre and of the second
FRAMES = ((12, 500), (608, 500))  # left edge and width
CROSSES = tuple(step / 100 for near in range(10, 41, 2) for step in (50 - near, 50 + near))  # from the middle on
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)  # of a label along its wire, best first


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Way:
    """From `a` to `b`, bent towards `control`."""

    a: _Point
    control: _Point
    b: _Point

    @property
    def path(self) -> str:
        """As SVG writes it."""
        a, control, b = self.a, self.control, self.b
        return f"M{a.x:g},{a.y:g}Q{control.x:g},{control.y:g} {b.x:g},{b.y:g}"

    def at(self, share: float) -> tuple[float, float]:
        """The point after a share of the way."""
        rest = 1 - share
        near, middle, far = rest * rest, 2 * rest * share, share * share
        return (
            near * self.a.x + middle * self.control.x + far * self.b.x,
            near * self.a.y + middle * self.control.y + far * self.b.y,
        )


def backbone(drawing: Drawing, centres: Sequence[CentreView], links: Sequence[LineView], speech: Speech) -> float:
    """Draw the backbone at the top; returns where it ends."""
    rows = max((sum(router.device.role == "core" for router in centre.routers) for centre in centres), default=0)
    if not rows:
        return 0
    bottom = TOP + rows * ROW
    at: dict[str, _Point] = {}
    for centre, columns, (left, width) in zip(centres, COLUMNS, FRAMES, strict=False):
        name = speech.name(centre.centre)
        head = Label(left + width / 2, 26, fit(name, width - 20, 14), 14, "frame-name", "middle", name)
        drawing.frames.append(Box(Area(left, 4, width, bottom - 4), "centre", name, labels=(head,)))
        at |= _places(centre, columns, rows)
        drawing.boxes += [router_box(router, at[router.device.name], speech) for router in centre.routers]
    _wires(drawing, links, at, speech)
    return bottom


def router_box(router: Router, middle: _Point, speech: Speech, size: tuple[int, int] = ROUTER, within: str = "") -> Box:
    """A router with its name and, in words, how it stands; a name that begins with `within` is told without it."""
    width, height = size
    area = Area(middle.x - width / 2, middle.y - height / 2, width, height)
    name, told = router.device.name, speech.state(router.state)
    room, short = width - 36, name.removeprefix(f"{within}-")
    labels = (
        Label(area.x + 30, middle.y - 3, fit(short, room, 12), 12, "router-name", title=name),
        Label(area.x + 30, middle.y + 13, fit(told, room, 11), 11, "router-state"),
    )
    style = f"router {router.device.role} {router.state}"
    return Box(area, style, f"{name}: {told}", f"/devices/{name}", router.state, labels)


def point(x: float, y: float) -> _Point:
    """A place in the drawing."""
    return _Point(x, y)


def _places(centre: CentreView, columns: tuple[int, int], rows: int) -> dict[str, _Point]:
    outer, inner = columns
    borders = [router.device.name for router in centre.routers if router.device.role != "core"]
    cores = [router.device.name for router in centre.routers if router.device.role == "core"]
    found = {name: _Point(inner, TOP + ROW * (row + 0.5)) for row, name in enumerate(cores)}
    step = rows * ROW / (len(borders) or 1)
    return found | {name: _Point(outer, TOP + step * (row + 0.5)) for row, name in enumerate(borders)}


def _wires(drawing: Drawing, links: Sequence[LineView], at: dict[str, _Point], speech: Speech) -> None:
    taken = [box.area for box in drawing.boxes]
    for view in links:
        a, b = at.get(view.line.a.device), at.get(view.line.b.device)
        if a is None or b is None:
            continue
        way = _Way(a, _bend(a, b), b)
        label = _label(view, way, taken, speech)
        if label is not None:
            taken.append(label.area)
        drawing.wires.append(
            Wire(
                path=way.path,
                state=view.state,
                level=speech.level(view.load),
                title=speech.line(view),
                href=f"/devices/{view.line.a.device}",
                label=label,
                cross=_cross(way, taken) if view.state == "down" else None,
            )
        )


def _bend(a: _Point, b: _Point) -> _Point:
    """Straight, but around the routers between two of one column."""
    middle = _Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    if a.x != b.x or abs(a.y - b.y) <= ROW:
        return middle
    inward = 1 if a.x < COLUMNS[1][1] - 1 else -1
    return _Point(middle.x + inward * (ROUTER[0] + 30 + abs(a.y - b.y) / 4), middle.y)


def _label(view: LineView, way: _Way, taken: Sequence[Area], speech: Speech) -> Label | None:
    """The link's name and load at the first free place; none where all are taken: the table beside says it as well."""
    text = f"{view.line.id} {speech.figure(view)}"
    for x, y in _places_along(way):
        label = Label(x, y + 4, text, 11, f"wire-name {view.state}", "middle")
        if label.area.x > 0 and not any(label.area.meets(area) for area in taken):
            return label
    return None


def _cross(way: _Way, taken: Sequence[Area]) -> tuple[float, float] | None:
    """Where the sign of a line that is down is seen: beside its label, and not below a router."""
    for share in CROSSES:
        x, y = way.at(share)
        if not any(Area(x - 7, y - 7, 14, 14).meets(area) for area in taken):
            return round(x, 1), round(y, 1)
    return None


def _places_along(way: _Way) -> Iterator[tuple[float, float]]:
    for lift in (0, -16, 16):
        for share in PLACES:
            x, y = way.at(share)
            yield round(x, 1), round(y + lift, 1)
