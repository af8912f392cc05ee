"""Intent + templates → artefact."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template

from netctl.errors import UnknownRenderer, UnrenderedMarkup
from netctl.model.artefact import Artefact, Part
from netctl.model.intent import RouterIntent
from netctl.render import frr, ietf, origins, templates
from netctl.render.once import Once
from netctl.services.routing import drain


class _Ready(NamedTuple):
    """A compiled template and the names its text depends on; None: on more than is worth remembering."""

    template: Template
    inputs: tuple[str, ...] | None


# A text that depends on one of these is a router's own, and remembering it for another one is in vain.
_OF_ONE_ROUTER = frozenset({"device", "router_id", "interfaces", "neighbours", "prefix_lists", "originated"})


class Renderer:
    """Renders with one network's templates, read once; texts that many routers share are made once."""

    def __init__(self, root: Path) -> None:
        self._sources = templates.read_sources(root)
        self._environment = templates.TemplateEnvironment(self._sources)
        self._marking: origins.MarkingEnvironment | None = None
        self._ready: dict[str, _Ready] = {}
        self._shared: dict[tuple[object, ...], str] = {}

    def render(self, intent: RouterIntent) -> Artefact:
        """What the router must hold."""
        if intent.platform == "ietf_netconf":
            part = Part(ietf.PART, checked(ietf.document(intent), ietf.THIS_FILE, intent.device))
            return Artefact(intent.device, intent.platform, (part,), Once(partial(ietf.origins, intent)))
        _require_frr(intent)
        names = frr.view(intent)
        wanted = frr.parts_of(intent)
        parts = tuple(Part(name, self._text(template, names, intent.device)) for name, template in wanted)
        return Artefact(intent.device, intent.platform, parts, Once(partial(self._origins, intent, parts)))

    def render_drained(self, intent: RouterIntent) -> Artefact:
        """The same with traffic led to the mate: `render` plus the drain, for a replacing commit."""
        return self.render(drain(intent))

    def render_drain(self, intent: RouterIntent) -> tuple[Part, ...]:
        """Only the drain, for a merge into whatever runs."""
        drained = drain(intent)
        if intent.platform == "ietf_netconf":
            return (Part(ietf.PART, ietf.drain_document(drained)),)
        _require_frr(intent)
        names = frr.view(drained)
        return tuple(Part(name, self._text(template, names, intent.device)) for name, template in frr.DRAIN_PARTS)

    def _text(self, name: str, names: dict[str, Any], device: str) -> str:
        ready = self._ready.get(name) or self._prepare(name, device)
        if ready.inputs is None:
            return checked(templates.run(ready.template, names, device), f"templates/{name}", device)
        key = (name, *(names.get(entry) for entry in ready.inputs))
        text = self._shared.get(key)
        if text is None:
            text = checked(templates.run(ready.template, names, device), f"templates/{name}", device)
            self._shared[key] = text
        return text

    def _prepare(self, name: str, device: str) -> _Ready:
        template = templates.load(self._environment, name, device)
        inputs = templates.inputs_of(self._environment, self._sources, name, device, _OF_ONE_ROUTER)
        ready = self._ready[name] = _Ready(template, None if inputs is None else tuple(sorted(inputs)))
        return ready

    def _origins(self, intent: RouterIntent, parts: tuple[Part, ...]) -> dict[str, list[str]]:
        """``file:line`` for each line of each part, by rendering once more with marks."""
        if self._marking is None:
            self._marking = origins.MarkingEnvironment(self._sources)
        names, texts = frr.view(intent), {part.name: part.text for part in parts}
        found = {}
        for name, template in frr.parts_of(intent):
            marked = templates.run(templates.load(self._marking, template, intent.device), names, intent.device)
            found[name] = origins.read(marked, texts[name])
        return found


def _require_frr(intent: RouterIntent) -> None:
    if intent.platform != "frr":
        raise UnknownRenderer(
            f"no artefact can be written for platform {intent.platform!r}",
            where=intent.device,
            hint="platforms with a renderer: frr, ietf_netconf",
        )


def checked(text: str, writer: str, device: str) -> str:
    """The text, ending with a line break; raises `UnrenderedMarkup` where it still holds template markup."""
    if "{{" in text or "{%" in text:
        number, line = next(
            (number, line) for number, line in enumerate(text.split("\n"), 1) if "{{" in line or "{%" in line
        )
        raise UnrenderedMarkup(
            f"line {number} of the text for {device} holds template markup: {line.strip()!r}",
            where=writer,
            hint="a value in inventory/ holds it, or the template writes it literally",
        )
    return text if text.endswith("\n") or not text else text + "\n"
