"""Every route and every role: what each answers to whom, in one table that people read and the app is held against.

The table is `routes_and_roles.txt`. A route that is not in it fails the test, and so does one whose answer changes for
anybody. Forms are sent empty: whoever may take the step is told what is missing (400, 404, 409, 422), or the step
needs no more than the address; whoever may not is told that (403), and a stranger is led to sign in (303, 401).

`elsewhere` is author, approver and operator of an organisation that nothing in the installation is about.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from change_seeds import add_people, propose
from networks import reference
from outages import standings, world

from netctl.control.people.accounts import FRESH_STEPS, begin
from netctl.control.watching.problems import silence
from netctl.model.moments import now, stamp
from netctl.model.people import ROLES
from netctl.observe.correlate import correlate
from netctl.observe.follow import follow
from netctl.web.routes import needs_of

TABLE = Path(__file__).with_name("routes_and_roles.txt")
ELSEWHERE = ("author@forests", "approver@forests", "operator@forests")
WHO = {"anonymous": (), **{role: (role,) for role in ROLES}, "elsewhere": ELSEWHERE}

# What stands for a placeholder; `name` means another thing in every section.
VALUES = {
    "change": "C-000001",
    "problem": "P-000001",
    "silence": "S-000001",
    "site": "rivers-hq",
    "number": "1",
    "kind": "plan",
    "version": "0",
    "token": "nobody",
    "view": "internal",
    "zone": "rivers.gov-wan.example",
}
NAMES = {"/devices": "rivers-hq-r1", "/api/v1/devices": "rivers-hq-r1", "/sites": "rivers-hq", "/people": "emi"}
NAMES |= {"/changes": "rivers-hq-r1", "/static": "netctl.css"}


@pytest.fixture
def lived_in(installation):
    """An installation with a change, a problem, a silence, and somebody for every column of the table."""
    add_people(installation.store)
    propose(installation.store)
    topology = world()[1]
    with installation.store.writing() as books:
        causes = correlate(topology, standings(world(), dead=["rivers-hq-r1"]))
        books.problems.record(follow(topology, books.problems.open(whole=True), causes))
    for name, roles in WHO.items():
        if roles:
            installation.person(name, *roles)
    until = stamp(now() + timedelta(hours=1))
    silence(installation.store, reference(), "rivers-hq-r1", user="operator", reason="work", until=until)
    return installation


def address(rule: str) -> str:
    """A rule with something that exists in place of every placeholder."""
    name = next((value for section, value in NAMES.items() if rule.startswith(section + "/")), "")
    found = rule
    for key, value in {**VALUES, "name": name}.items():
        for written in (f"<{key}>", f"<int:{key}>", f"<path:{key}>"):
            found = found.replace(written, value)
    assert "<" not in found, f"no value for a placeholder of {rule}"
    return found


def ask(installation, who: str, method: str, path: str):
    """The answer to one request in a session of its own."""
    client = installation.app.test_client()
    fields = {}
    if who == "anonymous":
        if method == "POST":
            page = client.get("/signin").text
            fields = {"csrf_token": page.partition('name="csrf_token" value="')[2].partition('"')[0]}
    else:
        begun = begin(
            installation.store, who, "password", address="192.0.2.1", agent="", settings=installation.settings
        )
        client.set_cookie("netctl", begun.secret)
        fields = {"csrf_token": begun.session.csrf}
    headers = {"X-CSRF-Token": fields.get("csrf_token", "")} if path.startswith("/api/") else {}
    answer = client.open(path, method=method, data=fields if method == "POST" else None, headers=headers)
    if answer.mimetype == "text/event-stream":  # it has no end
        answer.close()
    return answer


def rows(installation) -> list[str]:
    """The table as the app has it, a line a route."""
    found = []
    for rule in sorted(installation.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            statuses = [ask(installation, who, method, address(rule.rule)).status_code for who in WHO]
            found.append(" ".join([f"{method:4} {rule.rule:48}", *(f"{status:>9}" for status in statuses)]))
    return found


def test_every_route_answers_every_role_as_the_table_says(lived_in):
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    expected = [line for line in lines if line and not line.startswith("#")]
    assert rows(lived_in) == expected


def test_whatever_decides_takes_a_sign_in_of_a_few_minutes_ago(install):
    installation = install(again_minutes=0)
    asked = [
        rule
        for rule in installation.app.url_map.iter_rules()
        if "POST" in rule.methods and needs_of(installation.app, rule.endpoint) in FRESH_STEPS
    ]
    assert len(asked) > 10
    installation.person("everything", *ROLES)
    for rule in asked:
        answer = ask(installation, "everything", "POST", address(rule.rule))
        led = answer.location == "/signin/again?next=%2F"
        assert led or (answer.status_code, answer.json["code"]) == (401, "NETCTL-E0905"), rule


def test_no_page_tells_somebody_of_another_organisation_anything(lived_in):
    foreign = ("rivers", "harbours", "C-000001", "P-000001", "S-000001", "syslog", "aiko")
    told = []
    for rule in lived_in.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.rule.startswith(("/live", "/static", "/metrics", "/api/v1/openapi")):
            continue
        path = address(rule.rule)
        text = ask(lived_in, "elsewhere", "GET", path).text
        for asked in [path, *path.split("/")]:  # what was asked for may be said
            text = text.replace(asked, "") if asked in foreign or asked == path else text
        told += [f"{path}: {word}" for word in foreign if word in text and word not in path]
    assert told == []


def test_a_route_that_changes_something_is_closed_to_strangers_and_to_who_may_only_look():
    open_to_all = ("/signin", "/signout", "/account")
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("POST")]
    assert len(lines) > 20
    for _, rule, anonymous, viewer, *_ in lines:
        if not rule.startswith(open_to_all):
            assert anonymous in ("303", "401"), rule
            assert viewer == "403" or rule.endswith("/tick"), rule
