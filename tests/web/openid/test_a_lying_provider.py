"""What an OpenID provider, or somebody in its place, may say and is not believed."""

import base64
import hmac
import json
import time

import pytest

from netctl.control.records import audit
from web.openid.conftest import key_named, question_of
from web.openid.provider import SECRET


@pytest.fixture
def office(liar, joined):
    installation = joined(liar.issuer)
    installation.person("aiko", "viewer", "auditor")
    installation.person("ben", "viewer")
    return installation


@pytest.fixture
def browser(office):
    client = office.app.test_client()
    client.set_cookie("netctl-language", "en")
    return client


def claims(liar, question, **changes):
    now = int(time.time())
    held = {"iss": liar.issuer, "sub": "s-1", "aud": "netctl", "exp": now + 300, "iat": now, "nonce": question["nonce"]}
    held |= {"preferred_username": "aiko", **changes}
    return {name: value for name, value in held.items() if value is not None}


def come_back(browser, question, **arguments):
    told = {"code": "c", "state": question["state"]} | arguments
    return browser.get(
        "/signin/oidc/back", query_string={name: value for name, value in told.items() if value is not None}
    )


def refused(answer, *words):
    assert answer.status_code == 409, answer.status
    assert all(word in answer.text for word in words), answer.text[answer.text.find("<main") :]
    return True


def test_what_holds_is_believed(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question))
    assert come_back(browser, question).location == "/help"
    assert browser.get("/help").status_code == 200


NOW = int(time.time())
LIES = {
    "another nonce": ({"nonce": "x" * 43}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "a foreign audience": ({"aud": "another-client"}, "aud"),
    "two audiences, for the other": ({"aud": ["netctl", "another-client"], "azp": "another-client"}, "azp"),
    "two audiences, for nobody": ({"aud": ["netctl", "another-client"]}, "azp"),
    "no audience": ({"aud": None}, "aud"),
    "another issuer": ({"iss": "https://login.example"}, "iss"),
    "no issuer": ({"iss": None}, "iss"),
    "expired": ({"exp": NOW - 3600, "iat": NOW - 7200}, "expired"),
    "without an end": ({"exp": None}, "exp"),
    "made tomorrow": ({"iat": NOW + 86400, "exp": NOW + 90000}, "valid"),
    "not valid yet": ({"nbf": NOW + 86400}, "valid"),
    "no subject": ({"sub": None}, "sub"),
    "an empty subject": ({"sub": ""}, "sub"),
    "a subject that is no text": ({"sub": ["s-1"]}, "sub"),
    "an access token that is not its own": ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "at_hash"),
    "a time of signing in that is no time": ({"auth_time": "now"}, "auth_time"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_claim_that_does_not_hold_is_refused(liar, browser, lie):
    changes, word = LIES[lie]
    question = question_of(browser)
    liar.says(claims(liar, question, **changes))
    assert refused(come_back(browser, question), "does not hold", word)
    assert browser.get("/help").status_code == 303


def by_hand(header, claims, sign=lambda _text: b"") -> str:
    """A token that no decent library would make."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    parts.append(base64.urlsafe_b64encode(sign(b".".join(parts))).rstrip(b"="))
    return b".".join(parts).decode()


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
def test_a_token_that_is_not_signed_is_refused(liar, browser, algorithm):
    question = question_of(browser)
    liar.says_text(by_hand({"alg": algorithm, "kid": "one"}, claims(liar, question)))
    assert refused(come_back(browser, question), "does not hold")


@pytest.mark.parametrize("what", ["the public key", "the client's secret"])
def test_a_token_signed_with_what_others_know_too_is_refused(liar, browser, what):
    """The public key taken for the shared secret of HMAC: the classic confusion of algorithms."""
    secret = liar.key.as_pem(private=False) if what == "the public key" else SECRET.encode()
    question = question_of(browser)
    token = by_hand(
        {"alg": "HS256", "kid": "one"}, claims(liar, question), lambda text: hmac.digest(secret, text, "sha256")
    )
    liar.says_text(token)
    assert refused(come_back(browser, question), "does not hold")


def test_a_token_of_another_key_is_refused(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question), key=key_named("two"))  # under the first one's name
    assert refused(come_back(browser, question), "does not hold")


def test_a_token_that_was_altered_is_refused(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question))
    head, _, signature = liar.token["id_token"].split(".")
    liar.says(claims(liar, question, preferred_username="ben"))
    liar.says_text(".".join((head, liar.token["id_token"].split(".")[1], signature)))
    assert refused(come_back(browser, question), "does not hold")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.b.c.d.e", None, 7, ["x"], "x" * 70_000])
def test_what_is_no_token_is_refused(liar, browser, token):
    question = question_of(browser)
    liar.says_text(token)
    assert refused(come_back(browser, question))


def test_keys_are_read_again_where_the_provider_has_changed_them(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question))
    come_back(browser, question)
    liar.key = key_named("two")
    liar.keys = {"keys": [liar.key.as_dict(private=False)]}
    browser.delete_cookie("netctl")
    question = question_of(browser)
    liar.says(claims(liar, question), kid="two")
    assert come_back(browser, question).location == "/help"
    assert liar.asked.count("/keys") == 2


def test_a_key_nobody_has_is_asked_for_once_more_and_refused(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question), kid="nobody's")
    assert refused(come_back(browser, question), "a key the provider does not have")
    assert liar.asked.count("/keys") == 2


@pytest.mark.parametrize("arguments", [{"state": "x"}, {"state": None}, {"iss": "https://login.example"}, {"code": None}, {"error": "access_denied"}])  # fmt: skip
def test_an_answer_to_another_question_is_refused(liar, browser, arguments):
    question = question_of(browser)
    liar.says(claims(liar, question))
    assert refused(come_back(browser, question, **arguments))
    assert "/token" not in liar.asked


def test_an_answer_nobody_asked_for_is_refused(liar, browser):
    assert refused(come_back(browser, {"state": "x"}), "did not ask for it")


@pytest.mark.parametrize("name", ["mallory", "AIKO", "aiko ", "", None, 7, ["aiko"], "' OR 1=1 --"])
def test_a_name_that_is_nobody_becomes_nobody(liar, office, browser, name):
    question = question_of(browser)
    liar.says(claims(liar, question, preferred_username=name))
    assert refused(come_back(browser, question), "no user of netctl")
    with office.store.reading() as books:
        assert [user.name for user in books.users.all()] == ["aiko", "ben"]
        assert books.accounts.identities() == ()


def test_a_user_linked_to_one_subject_is_not_another_of_the_same_name(liar, office, browser):
    question = question_of(browser)
    liar.says(claims(liar, question))
    come_back(browser, question)
    other = office.app.test_client()
    other.set_cookie("netctl-language", "en")
    question = question_of(other)
    liar.says(claims(liar, question, sub="s-2"))
    assert refused(come_back(other, question), "another subject")


def test_a_subject_stays_who_it_is_when_its_name_changes(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question))
    come_back(browser, question)
    browser.delete_cookie("netctl")
    question = question_of(browser)
    liar.says(claims(liar, question, preferred_username="ben"))
    come_back(browser, question)
    assert 'href="/account"' in (page := browser.get("/help").text)
    assert "<span>aiko</span>" in page


def test_proving_it_again_takes_the_same_person(liar, browser):
    question = question_of(browser)
    liar.says(claims(liar, question))
    come_back(browser, question)
    secret = browser.get_cookie("netctl").value
    question = question_of(browser, "/signin/oidc?again=yes")
    assert (question["prompt"], question["max_age"]) == ("login", "600")
    liar.says(claims(liar, question, sub="s-2", preferred_username="ben", auth_time=int(time.time())))
    assert refused(come_back(browser, question), "somebody else than aiko")
    assert browser.get_cookie("netctl").value == secret


@pytest.mark.parametrize("auth_time", [None, NOW - 3600], ids=["not told", "an hour ago"])
def test_proving_it_again_takes_a_password_that_was_asked_for_just_now(liar, browser, auth_time):
    question = question_of(browser)
    liar.says(claims(liar, question))
    come_back(browser, question)
    question = question_of(browser, "/signin/oidc?again=yes")
    liar.says(claims(liar, question, auth_time=auth_time))
    assert refused(come_back(browser, question))


def test_the_name_is_asked_for_where_the_token_does_not_hold_it(liar, browser):
    liar.described["userinfo_endpoint"] = f"{liar.issuer}/userinfo"
    liar.person = {"sub": "s-1", "preferred_username": "aiko"}
    question = question_of(browser)
    liar.says(claims(liar, question, preferred_username=None))
    assert come_back(browser, question).location == "/help"


def test_what_is_told_about_another_subject_is_refused(liar, browser):
    liar.described["userinfo_endpoint"] = f"{liar.issuer}/userinfo"
    liar.person = {"sub": "s-2", "preferred_username": "aiko"}
    question = question_of(browser)
    liar.says(claims(liar, question, preferred_username=None))
    assert refused(come_back(browser, question), "about another one")


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://login.example"}, {"issuer": None}, {"token_endpoint": "http://login.example/token"}, {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": "file:///etc/passwd"},
    ],
)  # fmt: skip
def test_a_provider_that_describes_itself_badly_is_not_used(liar, browser, changes):
    liar.described |= changes
    answer = browser.get("/signin/oidc")
    assert answer.status_code == 503
    assert "NETCTL-E0911" in answer.text


def test_a_provider_that_does_not_answer_is_told_as_that(joined):
    answer = joined("http://localhost:1").app.test_client().get("/signin/oidc")
    assert (answer.status_code, "NETCTL-E0911" in answer.text) == (503, True)


def test_without_a_provider_there_is_no_such_way(installation):
    assert installation.app.test_client().get("/signin/oidc").status_code == 503


def test_refusals_are_in_the_log_but_do_not_flood_it(liar, office, browser):
    for _ in range(20):
        question = question_of(browser)
        liar.says(claims(liar, question, nonce="x"))
        come_back(browser, question)
    told = [entry for entry in audit.log(office.store, user="aiko") if entry.action == "account.refuse_sign_in"]
    assert [entry.detail["failures"] for entry in told] == ["1", "2", "4", "8", "16"]
    assert audit.verify(office.store, user="aiko").holds


def test_no_secret_of_a_sign_in_is_ever_in_a_page_or_the_log(liar, office, browser):
    question = question_of(browser)
    liar.says(claims(liar, question, aud="x"))
    page = come_back(browser, question).text
    log = " ".join(str(entry) for entry in audit.log(office.store, user="aiko"))
    assert "thirty-two letters" not in page + log
    assert liar.token["id_token"] not in page + log
