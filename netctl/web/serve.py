"""The pages on the network: gunicorn, with as many threads as open event streams and pages beside them need."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import Any, cast

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.workers.gthread import ThreadWorker

from netctl.control.books import open_store
from netctl.control.pages.following import nobody_yet
from netctl.errors import AddressNotFree, ListenRefused, NobodyYet, TlsUnusable
from netctl.settings import Settings
from netctl.web.app import create_app
from netctl.web.context import Here, here
from netctl.web.moments import zone

PATIENCE = 4  # seconds that requests under way have once the server is told to stop
BACKLOG = 512
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # compared, not bound
TURN = 0.001  # seconds a thread computes while others wait: pages must not wait long for one that reads a round
SPARE = 8  # threads that no event stream may take


def serve(root: Path, settings: Settings, *, listen: str = "", workers: int = 1, tell: Callable[[str], None]) -> None:
    """Serve the pages until SIGTERM or SIGINT; `tell` gets the address once it is ours.

    Raises `ListenRefused`, `AddressNotFree`, `TlsUnusable`, `NobodyYet`, or `StoreError` where there is no database.
    """
    settings = replace(settings, listen=listen or settings.listen)
    zone(settings.timezone)
    refuse_unusable_tls(settings)
    with open_store(settings) as store:
        if nobody_yet(store):
            raise NobodyYet("there is no user yet", where=store.where)
    door = open_door(settings)
    tell(address_of(door, settings))
    _Server(root, settings, door.detach(), workers).run()  # gunicorn closes it


def open_door(settings: Settings) -> socket.socket:
    """The listening socket; raises `ListenRefused` for one that strangers could listen in on, or `AddressNotFree`."""
    listen = settings.listen
    host, port = _parts(listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not _is_loopback(host) and not settings.tls_certificate and not settings.public_url.startswith("https://"):
        raise ListenRefused(f"{listen} can be reached from other machines, and there is no TLS", where="listen")
    if host in _EVERYWHERE and not settings.public_url:
        hint = 'set `public_url`, as in "https://netctl.example": under any other name the pages do not answer'
        raise ListenRefused(f"{listen} is every address of this host, under no name", where="listen", hint=hint)
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise AddressNotFree(
            f"cannot listen on {listen}: {os.strerror(error.errno) if error.errno else error}", where="listen"
        ) from error


def address_of(door: socket.socket, settings: Settings) -> str:
    """Where people find the pages."""
    if settings.public_url:
        return settings.public_url.rstrip("/") + "/"
    host, port = door.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.tls_certificate else 'http'}://{name}:{port}/"


def refuse_unusable_tls(settings: Settings) -> None:
    """Nothing, or `TlsUnusable` where certificate and key are not both there and do not fit each other."""
    if not settings.tls_certificate and not settings.tls_key:
        return
    if not (settings.tls_certificate and settings.tls_key):
        raise TlsUnusable("one of `tls_certificate` and `tls_key` is missing")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_certificate, settings.tls_key)
    except (OSError, ssl.SSLError) as error:
        raise TlsUnusable(f"{settings.tls_certificate}, {settings.tls_key}: {error}") from error


def _parts(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise AddressNotFree(f"{listen!r} is not HOST:PORT", where="listen")
    return host.strip("[]"), int(port)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told by us and not by its own files and options."""

    def __init__(self, root: Path, settings: Settings, door: int, workers: int) -> None:
        self._root = root
        self._settings = settings
        self._door = door
        self._workers = workers
        super().__init__()

    def load_default_config(self) -> None:
        self.cfg = Config(None, prog="netctl web")

    def load_config(self) -> None:
        settings = self._settings
        chosen: dict[str, Any] = {
            "bind": f"fd://{self._door}",
            "workers": self._workers,
            "threads": max(settings.web_threads, settings.web_streams + SPARE),
            "worker_class": _Worker,
            "worker_connections": 1000,
            "keepalive": 15,
            "graceful_timeout": PATIENCE,
            "timeout": 60,
            "loglevel": "warning",
            "errorlog": "-",
            "accesslog": None,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # what a proxy says is read in one place: web.app
            "limit_request_line": 8190,
            "proc_name": "netctl-web",
            "certfile": settings.tls_certificate or None,
            "keyfile": settings.tls_key or None,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """In each worker, after the fork: neither a store nor a thread survives one."""
        sys.setswitchinterval(TURN)
        app = create_app(self._root, self._settings, open_store(self._settings))
        with app.app_context():
            here().declared.start()
        return app


class _Worker(ThreadWorker):  # type: ignore[misc]  # as above
    """A worker that ends its event streams when it is told to stop: they would hold it for minutes."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._end_streams()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        # Ctrl-C reaches the worker as well as its master; both mean: finish what is under way, and go.
        self._end_streams()
        super().handle_exit(sig, frame)

    def _end_streams(self) -> None:
        app = getattr(self, "wsgi", None)
        if isinstance(app, Flask):
            cast("Here", app.extensions["netctl"]).close()
