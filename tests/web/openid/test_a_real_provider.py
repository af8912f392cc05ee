"""People sign in through a real OpenID provider, prove it again there, and sign out of both."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from netctl.control.records import audit
from netctl.control.people import linking, passwords
from netctl.control.people.accounts import session_of
from netctl.web.oidc import Journey
from web.openid.provider import BACK, CLIENT, PASSWORDS, SECRET


@pytest.fixture
def office(provider, joined):
    installation = joined(provider)
    installation.person("aiko", "viewer", "auditor", "admin")
    return installation


@pytest.fixture
def aiko(office, person):
    return person(office, "aiko", PASSWORDS["aiko"])


def test_the_sign_in_page_offers_the_provider(office):
    assert "Sign in with Office" in office.app.test_client().get("/signin?lang=en").text


def test_somebody_the_provider_knows_lands_where_they_wanted(office, aiko):
    answer = aiko.sign_in()
    assert (answer.status_code, answer.location) == (303, "/help"), answer.text
    assert "aiko" in aiko.pages.get("/help").text
    found = session_of(office.store, aiko.pages.get_cookie("netctl").value)
    assert (found.user, found.way) == ("aiko", "oidc")


def test_the_question_carries_what_ties_the_answer_to_it(office):
    asked = parse_qs(urlsplit(office.app.test_client().get("/signin/oidc").location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert all(len(asked[each][0]) >= 43 for each in ("state", "nonce", "code_challenge"))


def test_somebody_who_is_no_user_of_netctl_stays_outside(office, person):
    mallory = person(office, "mallory", PASSWORDS["mallory"])
    answer = mallory.sign_in()
    assert answer.status_code == 409
    assert "no user of netctl" in answer.text
    assert mallory.pages.get("/help").status_code == 303
    with office.store.reading() as books:
        assert [user.name for user in books.users.all()] == ["aiko"], (
            "somebody was made a user by being known elsewhere"
        )


def test_proving_it_again_asks_for_the_password_there_and_makes_the_session_fresh(install, office, aiko):
    aiko.sign_in()
    before = session_of(office.store, aiko.pages.get_cookie("netctl").value)
    assert aiko.sign_in("/signin/oidc?again=yes&next=/account").location == "/account"
    after = session_of(office.store, aiko.pages.get_cookie("netctl").value)
    assert after.authenticated_at > before.authenticated_at
    assert after.csrf == before.csrf
    assert after.id != before.id


def test_a_session_is_no_fresher_than_the_sign_in_at_the_provider(office, aiko):
    aiko.sign_in()
    first = session_of(office.store, aiko.pages.get_cookie("netctl").value)
    aiko.pages.delete_cookie("netctl")
    aiko.sign_in()  # the provider still knows the browser and asks for nothing
    second = session_of(office.store, aiko.pages.get_cookie("netctl").value)
    assert second.signed_in_at > first.signed_in_at
    assert second.authenticated_at == first.authenticated_at


def test_an_answer_is_worth_nothing_in_another_browser(office, aiko, person):
    place = aiko.go()
    thief = person(office, "mallory", PASSWORDS["mallory"])
    assert thief.come_back(place).status_code == 409
    thief.pages.get("/signin/oidc")  # now it has a journey of its own, with another state
    assert thief.come_back(place).status_code == 409
    assert aiko.come_back(place).location == "/help"


def test_an_answer_is_worth_nothing_twice(aiko):
    place = aiko.go()
    assert aiko.come_back(place).location == "/help"
    assert aiko.come_back(place).status_code == 409


def test_a_code_is_taken_from_the_browser_alone_that_asked_for_it(provider, aiko):
    place = aiko.go()
    arguments = {key: values[0] for key, values in parse_qs(urlsplit(place).query).items()}
    own = Journey.unpacked(aiko.pages.get_cookie("netctl-oidc").value)
    asked = parse_qs(urlsplit(aiko.pages.get("/signin/oidc").location).query)  # a new question: another verifier
    answer = aiko.come_back(place.replace(arguments["state"], asked["state"][0]))
    assert answer.status_code == 409
    assert "does not take the code" in answer.text
    data = {"grant_type": "authorization_code", "code": arguments["code"], "redirect_uri": BACK}
    right = requests.post(
        f"{provider}/oauth/token", data=data | {"code_verifier": own.verifier}, auth=(CLIENT, SECRET), timeout=20
    )
    assert right.status_code == 200, "the code was bad for another reason than its verifier"


def test_a_linked_user_is_the_subject_and_no_longer_the_name(office, aiko):
    aiko.sign_in()
    with office.store.reading() as books:
        (link,) = books.accounts.identities("aiko")
    assert (link.subject, link.user) == ("aiko", "aiko")
    assert linking.unlink(office.store, "aiko", actor="aiko") == 1
    assert aiko.pages.get("/help").status_code == 303, "the session outlived the link"
    assert audit.verify(office.store, user="aiko").holds


def test_signing_out_leads_out_of_the_provider_too(provider, aiko, office):
    aiko.sign_in()
    token = aiko.pages.get("/help").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = aiko.pages.post("/signout", data={"csrf_token": token})
    assert answer.location == "/signin?said=signed-out&way=oidc"
    assert "Sign out of Office, too" in aiko.pages.get(answer.location).text
    place = aiko.pages.get("/signout/oidc").location
    assert place.startswith(f"{provider}/oauth/end_session?")
    assert aiko.provider.get(place, timeout=20).status_code < 500


def test_what_happened_is_in_the_log_and_the_log_holds(office, aiko, person):
    aiko.sign_in()
    person(office, "mallory", PASSWORDS["mallory"]).sign_in()
    entries = audit.log(office.store, user="aiko")
    assert [entry.action for entry in entries[1:]] == ["account.link", "account.sign_in", "account.refuse_sign_in"]
    assert audit.verify(office.store, user="aiko").holds


def test_somebody_with_no_password_proves_it_again_at_the_provider(office, aiko):
    aiko.sign_in()
    page = aiko.pages.get("/signin/again?next=/account").text
    assert "Sign in with Office" in page
    assert 'type="password"' not in page
    passwords.set_password(office.store, "aiko", "seven lanterns over water", actor="aiko")
    aiko.sign_in()
    assert 'type="password"' in aiko.pages.get("/signin/again").text
