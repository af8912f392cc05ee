"""Host-local facts: where an installation keeps its state and how it reaches routers. Never in the network repository.

Everything lives under one folder, `NETCTL_HOME` (default ``~/.netctl``)::

    settings.toml        this file's contents; every key is optional
    netctl.db            the database, unless `database` names another
    plans/               plan files
    cache/               what can be thrown away
    labs/NAME/           a raised lab: state, and settings.toml (laid over the one above while the lab is chosen)
    labs/.keys/          SSH keys of labs: they outlive a lab

A lab is chosen with ``--lab NAME`` or `NETCTL_LAB`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from netctl.errors import SettingsInvalid


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation. Times are in seconds unless a name says otherwise."""

    home: Path
    database: str = ""  # SQLAlchemy URL; "" for SQLite in `home`
    username: str = "netctl"  # who netctl is on routers
    key_file: str = ""  # SSH private key; "" to use `password_secret`
    password_secret: str = ""  # a secret's reference, see netctl.credentials
    secret_sources: tuple[str, ...] = ("env",)  # "env", "file:PATH"
    management_netns: str = ""  # network namespace management sockets are opened in; "" for this one
    connect_timeout: int = 10  # to reach a router and log in
    command_timeout: int = 60  # for one operation on a router, whatever it answers
    confirm_deadline: int = 120  # how long a commit lives without confirmation
    settle_deadline: int = 60  # how long sessions may take to come back
    probe_count: int = 3  # echo requests of one probe
    fetch_workers: int = 16  # sessions at the same time when states are read
    allow_as: bool = False  # may `--as USER` name another user on the command line
    observe_interval: int = 30  # between two rounds over all routers
    observe_timeout: int = 8  # for one look at one router, login and all; at most half of `observe_interval`
    observe_sessions: int = 500  # how many sessions stay open between two rounds
    observe_down_after: int = 2  # looks in a row that something is wrong before it is told
    observe_up_after: int = 2  # looks in a row that it is right again before it is taken back
    drift_every: int = 10  # rounds after which a router's configuration is compared again; 0 for never
    names_every: int = 4  # rounds after which every name server is asked for the serials of its zones; 0 for never
    names_behind_after: int = 600  # how long a server may be behind with a zone, or not serve it, before it is told
    names_expiry_hours: int = 72  # how long before the first signature of a zone ends that is told, in hours
    history_raw_hours: int = 6  # how long single looks are kept
    history_fine_days: int = 14  # how long means over 5 minutes are kept
    history_days: int = 400  # how long means over an hour, states and configurations are kept
    listen: str = "127.0.0.1:8080"  # where the web pages answer
    web_threads: int = 64  # requests one process of the web pages answers at the same time
    web_streams: int = 48  # of them, at most so many for pages that show what happens live; others ask every 10 s
    tls_certificate: str = ""  # file of the web pages' certificate chain (PEM); with `tls_key`, pages are https
    tls_key: str = ""  # file of its private key (PEM)
    metrics_secret: str = ""  # a secret's reference: the token that reads /metrics elsewhere; "" for this host only
    timezone: str = "Asia/Tokyo"  # in which people read moments, on pages and in mail
    public_url: str = ""  # how browsers reach the pages, "https://netctl.example"; "" for plain HTTP on `listen`
    session_hours: int = 12  # how long a session of the dashboard lasts at most, in hours
    session_idle_minutes: int = 120  # how long one lasts that nobody uses, in minutes
    again_minutes: int = 10  # how long after signing in one may decide and push, in minutes
    oidc_issuer: str = ""  # the OpenID provider's issuer, "https://login.example/realms/office"; "" for none
    oidc_client: str = "netctl"  # who netctl is at the provider
    oidc_secret: str = ""  # a secret's reference, see netctl.credentials; "" for a public client
    oidc_name_claim: str = "preferred_username"  # the claim that says which user of netctl somebody is
    oidc_label: str = ""  # what the button on the sign-in page calls the provider
    alert_syslog: str = ""  # where problems are told by syslog: "unix:/dev/log", "udp:[3fff::514]:514", "tcp:HOST:PORT"
    alert_mail: str = ""  # and by mail: "smtp://relay.example:25?from=netctl@noc.example&to=noc@noc.example&starttls=1"
    alert_webhook: str = ""  # and by a webhook: its http or https URL
    alert_webhook_secret: str = ""  # a secret's reference: what calls of the webhook are signed with; "" for unsigned
    alert_severity: str = "low"  # the least severity that is told: "info", "low", "medium" or "high"
    alert_language: str = "ja"  # in which alerts are told: "ja" or "en"
    alert_timeout: int = 10  # how long a sink may take
    lab: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database or f"sqlite:///{self.home / 'netctl.db'}"


def load(environ: Mapping[str, str] = os.environ, *, lab: str = "") -> Settings:
    """Settings of this host; raises `SettingsInvalid` naming file and key."""
    home = Path(environ.get("NETCTL_HOME") or Path(environ.get("HOME", "/root")) / ".netctl")
    lab = lab or environ.get("NETCTL_LAB", "")
    values = _read(home / "settings.toml")
    if lab:
        lab_file = home / "labs" / lab / "settings.toml"
        if not lab_file.exists():
            raise SettingsInvalid(f"no lab named {lab!r}", where=str(lab_file), hint="raise it with `netctl lab up`")
        values |= _read(lab_file)
    values["lab"] = lab
    return Settings(home=home, **values)


_KINDS: dict[str, type | tuple[type, ...]] = {"str": str, "int": int, "bool": bool, "tuple[str, ...]": list}


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsInvalid(str(error), where=str(path)) from error
    known = {entry.name: entry for entry in fields(Settings) if entry.name not in ("home", "lab", "extra")}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise SettingsInvalid(f"unknown key {key!r}", where=str(path), hint=f"known keys: {', '.join(known)}")
        kind = _KINDS[str(known[key].type)]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise SettingsInvalid(f"{key!r} must be of type {known[key].type}, got {value!r}", where=str(path))
        values[key] = tuple(value) if isinstance(value, list) else value
    return values
