"""The declared network, and what is written from it: E01 (inventory), E02 (services and render)."""

from __future__ import annotations

from typing import Any

from netctl.errors.tree import NetworkError, Refused, RenderError, StoreError


class NetworkNotRead(NetworkError):
    """The declared network is not read yet, or its folder cannot be."""

    code = "NETCTL-E0195"
    default_hint = "try again in a moment; `netctl validate` reads it by itself"


class NetworkNotWritten(StoreError):
    """A network's files cannot be written."""

    code = "NETCTL-E0196"
    default_hint = "make room, or choose another folder; nothing half written is left"


class FolderNotEmpty(Refused):
    """A network is scaffolded into an empty folder only."""

    code = "NETCTL-E0197"


class NoNetwork(NetworkError):
    """No declared network where one was looked for."""

    code = "NETCTL-E0198"


class InvalidNetwork(NetworkError):
    """The declared network has errors; `findings` holds every one of them."""

    code = "NETCTL-E0199"
    default_hint = "`netctl validate` lists every finding with file and line"

    def __init__(self, message: str, *, findings: tuple[Any, ...] = (), where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.findings = findings


class TemplateSyntax(RenderError):
    """A template cannot be read as one."""

    code = "NETCTL-E0201"


class UndefinedVariable(RenderError):
    """A template uses a name that its router's intent does not have."""

    code = "NETCTL-E0202"


class UnrenderedMarkup(RenderError):
    """An artefact still holds template markup."""

    code = "NETCTL-E0203"


class TemplateMissing(RenderError):
    """A template that a platform or another template asks for does not exist."""

    code = "NETCTL-E0204"


class UnsafeTemplate(RenderError):
    """A template reaches for something that templates may not use."""

    code = "NETCTL-E0205"


class TemplateFailed(RenderError):
    """A template's own computation went wrong."""

    code = "NETCTL-E0206"


class UnknownRenderer(RenderError):
    """No artefact can be written for this platform."""

    code = "NETCTL-E0207"


class NotWritable(RenderError):
    """The platform cannot hold what the intent says."""

    code = "NETCTL-E0208"
