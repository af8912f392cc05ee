"""An installation of the pages: a store in a temporary folder, people with roles, browsers that are signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from playwright.sync_api import Browser, expect, sync_playwright
from stores import fresh

from netctl.control.people.accounts import begin
from netctl.model.moments import Clock, now
from netctl.model.people import Grant
from netctl.settings import Settings
from netctl.store import Store
from netctl.web import context
from netctl.web.app import create_app

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Installation:
    """The app on its store. `browser("viewer")` is a client of somebody who has that role and has signed in."""

    app: Flask
    store: Store
    settings: Settings
    tokens: dict[int, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def person(self, name: str, *roles: str) -> str:
        """A user with these roles: `viewer`, or `approver@rivers`."""
        grants = [Grant(*role.split("@")) for role in roles]
        with self.store.writing() as books:
            books.users.add(name, grants, name)
        return name

    def browser(self, *roles: str, name: str = "", lang: str = "en") -> FlaskClient:
        """A client; without a role, of somebody who has not signed in."""
        client = self.app.test_client()
        client.set_cookie("netctl-language", lang)
        if roles:
            number = next(self.numbers)  # not of how many there are: a client that is gone leaves its id to another
            person = self.person(name or f"u{number}", *roles)
            begun = begin(self.store, person, "password", address="192.0.2.1", agent="test", settings=self.settings)
            client.set_cookie("netctl", begun.secret)
            self.tokens[id(client)] = begun.session.csrf
        return client

    def token(self, client: FlaskClient) -> str:
        """What a form of this client's must send as `csrf_token`."""
        return self.tokens[id(client)]


class Compiled(BytecodeCache):
    """Templates that one installation has compiled, for all after it: compiling takes longer than answering."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])  # which looks whether the source is still the same

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. What is expected may take half a minute: the machine may be busy."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Makes installations with settings of one's own."""
    made: list[Installation] = []

    def one(root: Path = ROOT, clock: Clock = now, **settings: object) -> Installation:
        chosen = Settings(home=tmp_path / f"home{len(made)}", **settings)
        if not chosen.database:
            fresh(chosen.home / "netctl.db")
        store = Store.open(chosen.database_url, create=True, clock=clock)
        app = create_app(root, chosen, store, clock)
        app.testing = True
        app.jinja_env.bytecode_cache = COMPILED
        made.append(Installation(app, store, chosen))
        return made[-1]

    yield one
    for each in made:
        with each.app.app_context():
            context.here().close()
        each.store.close()


@pytest.fixture
def installation(install: Callable[..., Installation]) -> Installation:
    """One with every setting as it comes."""
    return install()
