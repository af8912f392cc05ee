"""What an admin does with people in the browser: add, grant, revoke, links, sessions."""

import pytest

from netctl.control.people import accounts, passwords, users

PASSWORD = "seven lanterns over water"


@pytest.fixture
def root(installation):
    browser = installation.browser("admin", name="root")
    installation.person("ben", "viewer")
    return browser


def send(installation, browser, path, **data):
    return browser.post(path, data={"csrf_token": installation.token(browser), **data})


def roles(installation, name="ben"):
    return {
        str(each) for each in {user.name: user for user in users.people(installation.store, actor="root")}[name].grants
    }


def test_everybody_is_listed_also_as_data(root):
    assert "ben" in root.get("/people").text
    assert [row["name"] for row in root.get("/people.json").json["rows"]] == ["ben", "root"]


def test_a_user_is_added_with_a_role_for_one_organisation(installation, root):
    answer = send(installation, root, "/people", name="chie", role="approver", organisation="rivers")
    assert (answer.status_code, answer.location) == (303, "/people/chie")
    assert roles(installation, "chie") == {"approver@rivers"}


@pytest.mark.parametrize(
    "data",
    [
        {"name": "ben"},
        {"name": "Not A Name"},
        {"role": "king"},
        {"role": "admin", "organisation": "rivers"},
        {"organisation": "A B"},
    ],
)
def test_a_user_that_cannot_be_is_refused_with_the_reason(installation, root, data):
    answer = send(installation, root, "/people", **{"name": "chie", "role": "viewer", "organisation": ""} | data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert len(users.people(installation.store, actor="root")) == 2


def test_roles_are_granted_and_revoked(installation, root):
    send(installation, root, "/people/ben/grant", role="approver", organisation="rivers")
    assert roles(installation) == {"viewer", "approver@rivers"}
    send(installation, root, "/people/ben/revoke", role="viewer", organisation="")
    assert roles(installation) == {"approver@rivers"}
    assert "Rivers Agency only" in root.get("/people/ben").text


def test_the_last_admin_stays_one(installation, root):
    assert send(installation, root, "/people/root/revoke", role="admin", organisation="").status_code == 409
    assert roles(installation, "root") == {"admin"}


def test_a_role_that_is_taken_is_gone_at_the_next_request(installation, root):
    other = installation.browser("admin", name="daichi")
    assert other.get("/people").status_code == 200
    send(installation, root, "/people/daichi/revoke", role="admin", organisation="")
    assert other.get("/people").status_code == 403


def test_a_link_for_a_password_is_shown_once_and_works(installation, root):
    answer = send(installation, root, "/people/ben/link")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    link = answer.text.partition('value="http://localhost')[2].partition('"')[0]
    assert passwords.use_link(installation.store, link.rpartition("/")[2], PASSWORD) == "ben"
    assert link not in root.get("/people/ben").text


def test_an_admin_makes_no_link_for_themselves(installation, root):
    assert send(installation, root, "/people/root/link").status_code == 403


def test_all_sessions_of_somebody_are_ended(installation, root):
    at = {"address": "198.51.100.9", "agent": "", "settings": installation.settings}
    begun = accounts.begin(installation.store, "ben", "password", **at)
    assert send(installation, root, "/people/ben/sessions/end").status_code == 303
    assert accounts.session_of(installation.store, begun.secret) is None


def test_somebody_who_does_not_exist_is_not_found(installation, root):
    assert root.get("/people/mallory").status_code == 404
    assert send(installation, root, "/people/mallory/link").status_code == 404
