"""Signing in with a name and a password, proving it again, and out: what the browser is given and what is refused."""

import pytest

from netctl.control.people import passwords
from netctl.control.people.accounts import session_of
from netctl.web.entering import safe_next

PASSWORD = "seven lanterns over water"


@pytest.fixture
def aiko(installation):
    installation.person("aiko", "viewer")
    passwords.set_password(installation.store, "aiko", PASSWORD, actor="aiko")
    return installation


def form_of(browser, path="/signin"):
    """What a form of the page must send; the test client keeps the cookie that goes with it."""
    page = browser.get(path).text
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def sign_in(browser, password=PASSWORD, name="aiko", next="/help"):
    data = {"csrf_token": form_of(browser), "name": name, "password": password, "next": next}
    return browser.post("/signin", data=data)


def test_name_and_password_open_the_page_one_came_for(aiko):
    browser = aiko.browser()
    answer = sign_in(browser)
    assert (answer.status_code, answer.location) == (303, "/help")
    assert browser.get("/help").status_code == 200


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(aiko):
    cookie = next(each for each in sign_in(aiko.browser()).headers.getlist("Set-Cookie") if each.startswith("netctl="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_behind_https_the_cookie_is_bound_to_this_host(install):
    installation = install(public_url="https://netctl.example")
    installation.person("aiko", "viewer")
    passwords.set_password(installation.store, "aiko", PASSWORD, actor="aiko")
    browser = installation.app.test_client()
    at = {"base_url": "https://netctl.example"}
    token = browser.get("/signin", **at).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = browser.post("/signin", data={"csrf_token": token, "name": "aiko", "password": PASSWORD}, **at)
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Host-netctl="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_wrong_password_and_an_unknown_name_are_told_alike(aiko):
    wrong, unknown = sign_in(aiko.browser(), "not the password"), sign_in(aiko.browser(), name="mallory")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.count("Name and password do not fit") == unknown.text.count("Name and password do not fit") == 1


def test_after_five_failures_one_is_told_to_wait(aiko):
    browser = aiko.browser()
    assert [sign_in(browser, "wrong wrong wrong").status_code for _ in range(5)] == [401] * 5
    answer = sign_in(browser)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 2
    assert "Too many attempts failed" in answer.text


def test_a_form_without_its_token_signs_nobody_in(aiko):
    browser = aiko.browser()
    assert browser.post("/signin", data={"name": "aiko", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example",
        "///evil.example", "/signin?next=/signin", "evil.example", "", "/\n", "/%0d%0aSet-Cookie:x=1\r\n", "/signout",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere_by_signing_in(aiko, asked):
    assert sign_in(aiko.browser(), next=asked).location == "/"


@pytest.mark.parametrize("asked", ["/", "/changes/C-000001?tab=diff", "/devices?state=down&q=a%2Fb", "/拠点"])
def test_a_place_of_these_pages_is_gone_on_to(asked):
    assert safe_next(asked) == asked


def test_signing_in_begins_a_new_session_and_ends_the_one_before(aiko):
    browser = aiko.browser()
    sign_in(browser)
    first = browser.get_cookie("netctl").value
    token = form_of(browser, "/signin/again")
    browser.post("/signin", data={"csrf_token": token, "name": "aiko", "password": PASSWORD})
    assert browser.get_cookie("netctl").value != first
    assert session_of(aiko.store, first) is None


def test_signing_out_ends_the_session_in_the_database(aiko):
    browser = aiko.browser()
    sign_in(browser)
    secret = browser.get_cookie("netctl").value
    answer = browser.post("/signout", data={"csrf_token": form_of(browser, "/help")})
    assert (answer.status_code, answer.location) == (303, "/signin?said=signed-out")
    assert session_of(aiko.store, secret) is None
    assert browser.get_cookie("netctl") is None
    assert browser.get("/help").status_code == 303


def test_proving_it_again_changes_the_secret_and_keeps_open_forms_valid(aiko):
    browser = aiko.browser()
    sign_in(browser)
    before, token = browser.get_cookie("netctl").value, form_of(browser, "/help")
    answer = browser.post("/signin/again", data={"csrf_token": token, "password": PASSWORD, "next": "/help"})
    assert (answer.status_code, answer.location) == (303, "/help")
    assert browser.get_cookie("netctl").value != before
    assert session_of(aiko.store, before) is None
    assert form_of(browser, "/help") == token


def test_proving_it_again_with_a_wrong_password_changes_nothing(aiko):
    browser = aiko.browser()
    sign_in(browser)
    before = browser.get_cookie("netctl").value
    answer = browser.post(
        "/signin/again", data={"csrf_token": form_of(browser, "/help"), "password": "wrong wrong wrong"}
    )
    assert answer.status_code == 401
    assert browser.get_cookie("netctl").value == before
    assert browser.get("/help").status_code == 200


def test_a_one_time_link_sets_a_password_once(installation):
    installation.person("root", "admin")
    installation.person("ben", "viewer")
    secret, _ = passwords.make_link(installation.store, "ben", actor="root")
    browser, path = installation.browser(), f"/signin/link/{secret}"
    data = {"csrf_token": form_of(browser, path), "new": PASSWORD, "repeated": "something else again"}
    assert browser.post(path, data=data).status_code == 422
    assert browser.post(path, data=data | {"new": "short", "repeated": "short"}).status_code == 422
    assert browser.post(path, data=data | {"repeated": PASSWORD}).location == "/signin?said=password-set"
    assert browser.get(path).status_code == 409
    assert sign_in(browser, name="ben").location == "/help"


def test_the_page_is_japanese_first(installation):
    page = installation.browser(lang="").get("/signin").text
    assert '<html lang="ja"' in page
    assert "<h1>サインイン</h1>" in page
