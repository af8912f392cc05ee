"""What the boxes of a lab are delivered with: what the declared network asks for, secrets filled in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from netctl import credentials, render
from netctl.control.books import open_store
from netctl.control.dns.writer import writer_in
from netctl.credentials import SecretSource
from netctl.errors import StoreError
from netctl.model.artefact import Artefact, Part
from netctl.model.intent import RouterIntent
from netctl.render.nameservers import NameServerRenderer
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.servers import server_intent
from netctl.settings import Settings

Delivered = dict[str, tuple[Part, ...]]


def routers_as_built(
    intents: Mapping[str, RouterIntent], names: Collection[str], root: Path, own: Settings
) -> Delivered:
    """The startup configuration of each router."""
    source = credentials.open_source(own)
    return {name: _filled(render.render(intents[name], root), source) for name in names}


def servers_as_built(declared: DeclaredDns | None, names: Collection[str], root: Path, own: Settings) -> Delivered:
    """The same of name servers: each knows which zones it serves and who writes them, and has nothing in them yet."""
    if declared is None or not names:
        return {}
    renderer, source, writer = NameServerRenderer(root), credentials.open_source(own), _writer(own)
    return {name: _filled(renderer.render(server_intent(declared, name, writer)), source) for name in names}


def _writer(settings: Settings) -> str:
    """Who takes updates by what this home remembers; "" for who is declared, and where there is nothing to ask."""
    try:
        with open_store(settings) as store:
            return writer_in(store)
    except StoreError:
        return ""


def _filled(artefact: Artefact, source: SecretSource) -> tuple[Part, ...]:
    return tuple(
        Part(part.name, credentials.fill(part.text, source, where=f"{artefact.target} {part.name}"))
        for part in artefact.parts
    )
