"""The API on the real app holds what its document says, whatever it is asked: schemathesis finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import papers
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from networks import ROOT
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from netctl.control.people.accounts import begin
from netctl.control.people.tokens import make_token
from netctl.settings import Settings
from netctl.store import Store
from netctl.web import context
from netctl.web.api.operation import Operation
from netctl.web.api.operations import OPERATIONS
from netctl.web.app import create_app

PAIR = ("rivers-hq-r1", "rivers-hq-r2")
WHO = {
    "show": "fumi",
    "comment": "aiko",
    "approve": "ben",
    "reject": "ben",
    "ask": "ben",
    "acknowledge": "daigo",
    "push": "daigo",
    "stop": "daigo",
    "read the audit log": "emi",
}

# 412: a well-formed digest is hardly ever the change's own. 428: If-Match may be left out on purpose.
FINE = ["2xx", "401", "403", "404", "409", "412", "428"]


class Tried:
    """One app for all requests of this file: what they change, they change beside each other."""

    def __init__(self, app: Flask, store: Store) -> None:
        self.app = app
        names = (*papers.PEOPLE, "root")
        self.tokens = {name: make_token(store, name, name="test", scope="push", days=1)[0] for name in names}
        settings = Settings(home=Path("unused"))
        begun = begin(store, "ben", "password", address="192.0.2.1", agent="test", settings=settings)
        self.decides = {"cookies": {"netctl": begun.secret}, "headers": {"X-CSRF-Token": begun.session.csrf}}
        with store.reading() as books:
            digest = books.changes.get("C-000002").plan_digest
        self.known = {"name": PAIR[0], "site": "rivers-hq", "change": "C-000002"}
        self.known |= {"view": "internal", "zone": "rivers.gov-wan.example"}
        self.match = f'"{digest}"'
        config = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": FINE}}})
        self.schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)

    def ask(self, operation: Operation, person: str, mode: GenerationMode, *, known: bool = False) -> None:
        """Any requests for one operation, each answer held against the document; about what there is, if `known`."""
        found = self.schema[f"/api/v1{operation.template}"][operation.method]
        who = {"headers": {"Authorization": f"Bearer {self.tokens[person]}"}}
        if operation.personal and person == WHO[operation.step]:
            who = self.decides  # no token does

        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=found.as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case) -> None:
            if known:
                for name in operation.parameters:
                    case.path_parameters[name] = self.known.get(name, case.path_parameters[name])
                if operation.conditional:
                    case.headers["If-Match"] = self.match
            case.call_and_validate(**who)

        check()


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    chosen = Settings(home=tmp_path_factory.mktemp("home"))
    with Store.open(chosen.database_url, create=True) as store:
        papers.peopled(store)
        papers.pushed(store, *PAIR)
        papers.proposed(store, "harbours-hq-r1")
        app = create_app(ROOT, chosen, store)
        yield Tried(app, store)
        with app.app_context():
            context.here().close()


each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
each_mode = pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)


@each_mode
@each_operation
def test_any_request_of_who_may_is_answered_as_the_document_says(tried, operation, mode) -> None:
    tried.ask(operation, WHO[operation.step], mode)


@each_operation
def test_any_request_about_what_there_is_is_answered_as_the_document_says(tried, operation) -> None:
    if operation.name != "push_change":  # that would start a process which reaches for routers
        tried.ask(operation, WHO[operation.step], GenerationMode.POSITIVE, known=True)


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.step != "show"], ids=lambda each: each.name)
def test_any_request_of_who_may_not_is_refused_as_the_document_says(tried, operation) -> None:
    tried.ask(operation, "fumi", GenerationMode.POSITIVE, known=True)


def test_every_operation_is_in_the_document(tried) -> None:
    found = {operation.ok().label for operation in tried.schema.get_all_operations()}
    assert found == {f"{each.method} /api/v1{each.template}" for each in OPERATIONS}
