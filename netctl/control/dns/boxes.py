"""From a declared name server to a connected one, whoever asks: its platform is its software's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from netctl import credentials
from netctl.devices.platform import Purpose, load_platform
from netctl.devices.register import connect_box
from netctl.devices.router import RouterTarget
from netctl.errors import ServerNotManaged
from netctl.model.dns import NameServer
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.servers import server_intent
from netctl.settings import Settings

ServerConnector = Callable[[NameServer], RouterTarget]


def server_connector(
    root: Path, settings: Settings, declared: DeclaredDns, *, push: bool = False, writer: str = ""
) -> ServerConnector:
    """What connects one server after the other, for reading or for a push.

    `writer` is the primary that takes updates, "" for the main one: it holds the key for them.

    It raises `ServerNotManaged` for a server without a management address, and what `connect_box` raises.
    """
    secrets = credentials.open_source(settings)
    # One that took updates before a promotion still holds the key for them.
    references = tuple(sorted({key.secret for key in declared.keys.values()}))

    def connect(server: NameServer) -> RouterTarget:
        require_managed(server)
        platform = load_platform(root, server.software)
        own = own_secrets(declared, server.name, writer)
        purpose: Purpose = "push" if push else "read"
        return connect_box(server, settings, platform, secrets, purpose=purpose, own=own, references=references)

    return connect


def own_secrets(declared: DeclaredDns, name: str, writer: str = "") -> tuple[str, ...]:
    """References of the secrets in a server's configuration."""
    return tuple(key.secret for key in server_intent(declared, name, writer).keys)


def require_managed(server: NameServer) -> None:
    """Nothing, or `ServerNotManaged` where others configure this server."""
    if not server.management_address:
        raise ServerNotManaged(
            f"name server {server.name} has no management address: netctl does not configure it",
            where=f"{server.source.file}:{server.source.line}",
            hint="say `management: ADDRESS` where netctl shall configure it",
        )
