"""What a name server must be → its files, by the templates in `templates/dns/`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from netctl.errors import NotWritable
from netctl.model.artefact import Artefact, Part
from netctl.model.dns import ServerRole, Software
from netctl.model.serving import ServerIntent
from netctl.render import origins, templates
from netctl.render.once import Once
from netctl.render.renderer import checked

PARTS: dict[Software, tuple[str, ...]] = {
    "bind": ("named.conf", "first.zone"),
    "knot": ("knot.conf",),
    "nsd": ("nsd.conf",),
    "unbound": ("unbound.conf",),
}
_WRITTEN_AS: dict[Software, tuple[ServerRole, ...]] = {
    "bind": ("primary", "secondary"),
    "knot": ("secondary",),
    "nsd": ("secondary",),
    "unbound": ("resolver",),
}


class NameServerRenderer:
    """Renders with one network's templates, read once."""

    def __init__(self, root: Path) -> None:
        self._sources = templates.read_sources(root, "dns")
        self._environment = templates.TemplateEnvironment(self._sources)

    def render(self, intent: ServerIntent) -> Artefact:
        """The files the server must have; raises `NotWritable` where its software cannot be what is declared."""
        if intent.role not in _WRITTEN_AS[intent.software]:
            raise NotWritable(
                f"{intent.server}: netctl writes no {intent.software} as {intent.role}",
                where="dns/servers.yaml",
                hint=f"as {' or '.join(_WRITTEN_AS[intent.software])} it does",
            )
        names = intent._asdict()
        parts = tuple(Part(name, self._text(name, names, intent.server)) for name in PARTS[intent.software])
        return Artefact(intent.server, intent.software, parts, Once(partial(self._origins, intent, parts)))

    def _text(self, part: str, names: dict[str, Any], server: str) -> str:
        name = f"dns/{part}.j2"
        return checked(templates.run(templates.load(self._environment, name, server), names, server), name, server)

    def _origins(self, intent: ServerIntent, parts: tuple[Part, ...]) -> dict[str, list[str]]:
        """``file:line`` for each line of each part, by rendering once more with marks."""
        marking, names = origins.MarkingEnvironment(self._sources), intent._asdict()
        found = {}
        for part in parts:
            template = templates.load(marking, f"dns/{part.name}.j2", intent.server)
            found[part.name] = origins.read(templates.run(template, names, intent.server), part.text)
        return found
