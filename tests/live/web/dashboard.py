"""The dashboard as operators run it: `netctl web` and `netctl observe` as processes of their own on the lab."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from live.small_lab import Lab
from playwright.sync_api import Browser, BrowserContext, Page

from netctl import inventory
from netctl.change import steps
from netctl.control.people import passwords
from netctl.control.changes import plan as plan_room
from netctl.control.people.accounts import begin
from netctl.model.change import Change, Window
from netctl.model.moments import stamp
from netctl.model.people import Grant
from netctl.settings import Settings, load
from netctl.store import Store

INTERVAL = 6
PASSWORD = "seven lanterns over water"
PEOPLE = {
    "sato": ("author", "approver", "operator"),
    "suzuki": ("approver", "operator"),
    "tanaka": ("admin", "auditor", "operator"),
}
SERVERS = "[3fff:200:1::514, 3fff:200:2::514, 3fff:200:1::51%d]"


@dataclass
class Dashboard:
    """Its address, and the installation behind it. `foreign` and `complaints` are what no browser may ever see."""

    lab: Lab
    settings: Settings
    origin: str
    chromium: Browser
    foreign: list[str]
    complaints: list[str]
    contexts: list[BrowserContext]

    def browser(self, **options: object) -> BrowserContext:
        """A browser of its own, nobody signed in; it keeps what pages complain about and what they ask of others."""
        context = self.chromium.new_context(base_url=self.origin, locale="en", **options)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        context.on("request", lambda asked: self._asked(asked.url))
        context.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        context.on("weberror", lambda told: self.complaints.append(str(told.error)))
        self.contexts.append(context)
        return context

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:")):
            self.foreign.append(url)

    def signed_in(self, name: str, **options: object) -> Page:
        """A page of somebody who typed name and password."""
        page = self.browser(**options).new_page()
        page.goto("/signin")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{self.origin}/")
        return page

    def signed_in_long_ago(self, name: str, **options: object) -> Page:
        """A page of somebody whose last proof is too old to decide or push."""
        long_ago = stamp(datetime.now(UTC) - timedelta(hours=1))
        with self.store() as store:
            begun = begin(
                store,
                name,
                "password",
                address="127.0.0.1",
                agent="",
                settings=self.settings,
                authenticated_at=long_ago,
            )
        context = self.browser(**options)
        context.add_cookies([{"name": "netctl", "value": begun.secret, "url": self.origin}])
        return context.new_page()

    def store(self) -> Store:
        return Store.open(self.settings.database_url)

    def declare(self, site: str, number: int = 0) -> None:
        """Let a site send its logs to one more server; 0 for what was declared at first."""
        file = self.lab.root / "inventory" / "sites" / f"{site}.yaml"
        kept = re.sub(r"settings:.*\n", "", file.read_text())
        file.write_text(kept + (f"settings: {{syslog_servers: {SERVERS % number}}}\n" if number else ""))

    def plan(self, *names: str) -> plan_room.PlanReport:
        return plan_room.plan(self.lab.root, self.settings, names=names)

    def restore(self) -> None:
        """Put every router back to what is declared at once, without the care a push takes: between tests only."""
        reach = plan_room.connector(self.lab.root, self.settings, push=True)
        devices = inventory.load(self.lab.root).devices
        for share in self.plan().plan.targets:
            with reach(devices[share.target]) as target:
                target.stage(share.intended)
                target.commit("netctl-between-tests", 60)
                target.confirm("netctl-between-tests")

    def propose(self, site: str, number: int, title: str, reason: str = "Log retention") -> Change:
        """A change by sato that declares one more server at a site."""
        self.declare(site, number)
        with self.store() as store:
            made = self.plan(site).plan
            return steps.propose(store, made, title=title, reason=reason, author="sato", window=Window())


@contextmanager
def dashboard(lab: Lab, home: Path, chromium: Browser) -> Iterator[Dashboard]:
    """Raised on a home of its own; everything is told to end afterwards."""
    (home / "settings.toml").write_text(_settings_text(lab.settings))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NETCTL_")}
    environment |= {"NETCTL_HOME": str(home), "NETCTL_NETWORK": str(lab.root), "NO_COLOR": "1"}
    settings = load(environment)
    with Store.open(settings.database_url, create=True) as store:
        with store.writing() as books:
            for name, roles in PEOPLE.items():
                books.users.add(name, [Grant(role) for role in roles], "tanaka")  # type: ignore[arg-type]
        for name in PEOPLE:
            passwords.set_password(store, name, PASSWORD, actor="tanaka")
    with _program(environment, home, "observe"), _program(environment, home, "web", "--listen", "127.0.0.1:0") as web:
        assert web.stdout is not None
        told = web.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert found, told
        made = Dashboard(lab, settings, found[0], chromium, [], [], [])
        try:
            yield made
        finally:
            for context in made.contexts:
                context.close()


def _settings_text(settings: Settings) -> str:
    """What leads into the lab, with short rounds."""
    wanted = {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in ("home", "database", "lab", "extra")
    }
    wanted |= {"observe_interval": INTERVAL, "observe_timeout": 3, "drift_every": 5, "fetch_workers": 8}
    wanted |= {"confirm_deadline": 90, "settle_deadline": 30, "connect_timeout": 10, "command_timeout": 60}
    return "".join(f"{name} = {_toml(value)}\n" for name, value in wanted.items())


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


@contextmanager
def _program(environment: dict[str, str], home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    with (home / f"{words[0]}.log").open("w") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", "netctl", *words],
            cwd=environment["NETCTL_NETWORK"],
            env=environment | {"PYTHONPATH": str(Path(__file__).resolve().parents[3])},
            stdout=subprocess.PIPE if words[0] == "web" else log,
            stderr=log,
            text=True,
        )
    try:
        yield program
    finally:
        program.send_signal(signal.SIGTERM)
        try:
            program.communicate(timeout=60)
        finally:
            program.kill()
