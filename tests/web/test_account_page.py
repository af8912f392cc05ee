"""One's own account: the password, where one is signed in, and tokens; nothing of it reaches anybody else's."""

import pytest

from netctl.control.people import accounts, passwords, sessions, tokens
from netctl.errors import TokenRefused

PASSWORD = "seven lanterns over water"
ANOTHER = "eight bridges without rain"


@pytest.fixture
def ben(installation):
    browser = installation.browser("viewer", name="ben")
    passwords.set_password(installation.store, "ben", PASSWORD, actor="ben")
    begun = accounts.begin(
        installation.store, "ben", "password", address="192.0.2.7", agent="Lynx", settings=installation.settings
    )
    browser.set_cookie("netctl", begun.secret)
    installation.tokens[id(browser)] = begun.session.csrf
    return browser


def send(installation, browser, path, **data):
    return browser.post(path, data={"csrf_token": installation.token(browser), **data})


def elsewhere(installation, user="ben"):
    at = {"address": "198.51.100.9", "agent": "another browser", "settings": installation.settings}
    return accounts.begin(installation.store, user, "password", **at)


def test_the_page_shows_roles_and_where_one_is_signed_in(installation, ben):
    elsewhere(installation)
    page = ben.get("/account").text
    assert "viewer" in page.lower()
    assert "192.0.2.7" in page
    assert "198.51.100.9" in page
    assert page.count("this one") == 1


def test_a_changed_password_ends_every_other_session(installation, ben):
    other = elsewhere(installation)
    answer = send(installation, ben, "/account/password", current=PASSWORD, new=ANOTHER, repeated=ANOTHER)
    assert answer.location == "/account?said=password"
    assert ben.get("/account").status_code == 200
    assert accounts.session_of(installation.store, other.secret) is None
    at = {"address": "192.0.2.1", "agent": "", "settings": installation.settings}
    assert accounts.sign_in(installation.store, "ben", ANOTHER, **at).session.user == "ben"


@pytest.mark.parametrize(
    ("current", "new", "repeated", "told"),
    [
        ("not the password", ANOTHER, ANOTHER, "Name and password do not fit"),
        (PASSWORD, ANOTHER, PASSWORD, "The two new passwords differ"),
        (PASSWORD, "qZ8 tiny", "qZ8 tiny", "at least 12 characters"),
        (PASSWORD, "password1234567", "password1234567", "It is one that is tried first"),
        (PASSWORD, "ben ben ben has one", "ben ben ben has one", "It holds the user&#39;s name"),
    ],
)
def test_a_password_is_not_changed_for_no_good_reason(installation, ben, current, new, repeated, told):
    answer = send(installation, ben, "/account/password", current=current, new=new, repeated=repeated)
    assert answer.status_code == 422
    assert told in answer.text
    assert new not in answer.text, "a password came back in the page"


def test_one_session_or_all_others_are_ended(installation, ben):
    first, second = elsewhere(installation), elsewhere(installation)
    assert send(installation, ben, "/account/sessions/end", session=first.session.id).status_code == 303
    assert accounts.session_of(installation.store, first.secret) is None
    assert accounts.session_of(installation.store, second.secret) is not None
    send(installation, ben, "/account/sessions/end-others")
    assert [each.id for each in sessions.sessions(installation.store, "ben", actor="ben")] != []
    assert accounts.session_of(installation.store, second.secret) is None


def test_nobody_ends_a_session_or_revokes_a_token_of_somebody_else(installation, ben):
    installation.person("chie", "viewer")
    hers = elsewhere(installation, "chie")
    _, token = tokens.make_token(installation.store, "chie", name="report", scope="read", days=1)
    assert send(installation, ben, "/account/sessions/end", session=hers.session.id).status_code == 404
    assert send(installation, ben, "/account/tokens/revoke", token=token.id).status_code == 404
    assert accounts.session_of(installation.store, hers.secret) is not None
    assert tokens.tokens(installation.store, "chie", actor="chie") == (token,)


def test_a_token_is_shown_once_and_speaks_in_ones_name_until_it_is_revoked(installation, ben):
    answer = send(installation, ben, "/account/tokens", name="report", scope="read", days="30")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    secret = "netctl_" + answer.text.partition('value="netctl_')[2].partition('"')[0]
    found = accounts.by_token(installation.store, secret)
    assert (found.user, found.scope) == ("ben", "read")
    assert secret not in ben.get("/account").text
    send(installation, ben, "/account/tokens/revoke", token=found.token)
    with pytest.raises(TokenRefused):
        accounts.by_token(installation.store, secret)


@pytest.mark.parametrize("data", [{"name": ""}, {"days": "0"}, {"days": "9999"}, {"days": "x"}, {"name": "a\x07b"}])
def test_a_token_that_cannot_be_is_refused(installation, ben, data):
    answer = send(installation, ben, "/account/tokens", **{"name": "report", "scope": "read", "days": "30"} | data)
    assert answer.status_code == 422


def test_a_token_is_made_only_by_who_signed_in_a_short_while_ago(install):
    installation = install(again_minutes=0)
    browser = installation.browser("viewer")
    answer = send(installation, browser, "/account/tokens", name="report", scope="read", days="30")
    assert (answer.status_code, answer.location) == (303, "/signin/again?next=%2F")
