"""Headers on every answer; forms of other sites, hosts of other names and bodies without end are refused."""

import re

import pytest

from netctl.web.routes import every_route, needs_of
from netctl.web.security import HEADERS, LARGEST_BODY


def paths(app):
    """One address for every rule that can be looked at."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "live.live"]
    return sorted({re.sub(r"<(?:[^:<>]+:)?[^<>]+>", "1", rule.rule) for rule in rules})


def test_every_view_says_who_may_take_it(installation):
    assert every_route(installation.app)


def test_a_view_that_was_registered_past_the_gate_is_found(install):
    app = install().app
    app.add_url_rule("/past", "past", lambda: "in")
    with pytest.raises(KeyError):
        needs_of(app, "past")


def test_every_answer_carries_the_headers(installation):
    for browser in (installation.browser(), installation.browser("viewer"), installation.browser("admin")):
        for path in [*paths(installation.app), "/nowhere"]:
            answer = browser.get(path)
            missing = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
            assert missing == set(), path
            assert answer.headers.get("Cache-Control"), path


def test_pages_of_somebody_who_signed_in_are_not_kept(installation):
    assert installation.browser("viewer").get("/help").headers["Cache-Control"] == "no-store"


def test_assets_are_kept_for_good_under_the_address_pages_give_them(installation):
    browser = installation.browser()
    page = installation.browser("viewer").get("/help").text
    address = re.search(r'href="(/static/[0-9a-f]{16}/netctl\.css)"', page)[1]
    answer = browser.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    assert browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "immutable" not in browser.get(address.replace(address.split("/")[2], "0" * 16)).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["../app.py", "..%2fapp.py", "vendor/../../app.py", "%2e%2e/app.py"])
def test_nothing_but_assets_is_served_as_one(installation, path):
    assert installation.browser().get(f"/static/0/{path}").status_code == 404


def test_no_page_holds_a_script_or_a_style(installation):
    """The policy would stop them; and what it stops does not work."""
    browser = installation.browser("viewer", "admin", "auditor", "operator", "author", "approver")
    found = []
    for path in paths(installation.app):
        answer = browser.get(path)
        if answer.mimetype == "text/html":
            text = answer.text
            inline = re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
            elsewhere = re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]+", text)
            found += [(path, each) for each in inline + elsewhere]
    assert found == []


def test_a_form_without_its_token_is_refused(installation):
    browser = installation.browser("viewer")
    assert browser.post("/signout").status_code == 403
    assert browser.get("/help").status_code == 200, "the form was carried out"


def test_a_form_with_the_token_of_another_session_is_refused(installation):
    browser, other = installation.browser("viewer"), installation.browser("viewer")
    assert browser.post("/signout", data={"csrf_token": installation.token(other)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://other.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "-"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_that_another_site_sent_is_refused_even_with_the_token(installation, headers):
    browser = installation.browser("viewer")
    answer = browser.post("/signout", data={"csrf_token": installation.token(browser)}, headers=headers)
    assert answer.status_code == 403


def test_a_form_with_its_token_is_taken(installation):
    browser = installation.browser("viewer")
    answer = browser.post(
        "/signout", data={"csrf_token": installation.token(browser)}, headers={"Origin": "http://localhost"}
    )
    assert answer.status_code == 303
    assert browser.get("/help").status_code == 303


def test_a_form_is_taken_from_where_browsers_know_the_pages(install):
    """A proxy in front may ask for the pages under this host's own name."""
    installation = install(public_url="https://netctl.example")
    browser = installation.browser("viewer")
    browser.set_cookie("__Host-netctl", browser.get_cookie("netctl").value, secure=True)
    form = {"csrf_token": installation.token(browser)}
    asked = {"base_url": "https://localhost"}
    assert browser.post("/signout", data=form, headers={"Origin": "https://other.example"}, **asked).status_code == 403
    assert browser.post("/signout", data=form, headers={"Origin": "https://netctl.example"}, **asked).status_code == 303


def test_somebody_who_has_not_signed_in_needs_a_token_too(installation):
    browser = installation.browser()
    assert browser.post("/signin", data={"name": "suzuki", "password": "x"}).status_code == 403
    page = browser.get("/signin").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = browser.post("/signin", data={"name": "suzuki", "password": "x", "csrf_token": token})
    assert answer.status_code != 403


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1.other.example", "localhost.other.example", "[", ""])
def test_a_host_of_another_name_is_refused(installation, host):
    assert installation.browser().get("/healthz", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "[::1]:8080", "LocalHost:80"])
def test_this_host_has_its_names(installation, host):
    assert installation.browser().get("/healthz", headers={"Host": host}).status_code == 200


def test_the_host_of_public_url_is_known(install):
    browser = install(public_url="https://netctl.example").browser()
    assert browser.get("/healthz", headers={"Host": "netctl.example"}).status_code == 200


def test_over_tls_cookies_are_secure_and_browsers_remember_tls(install):
    installation = install(public_url="https://netctl.example")
    answer = installation.browser().get("/signin?theme=dark", base_url="https://netctl.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"]


def test_a_body_without_end_is_refused(installation):
    browser = installation.browser("viewer")
    body = {"csrf_token": installation.token(browser), "more": "x" * (LARGEST_BODY + 1)}
    assert browser.post("/signout", data=body).status_code == 413


def test_metrics_are_for_this_host(installation):
    browser = installation.browser()
    assert browser.get("/metrics").status_code == 200
    assert browser.get("/metrics?full").status_code == 200
    assert browser.get("/metrics", environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 401


def test_metrics_are_for_whoever_has_the_token(install, monkeypatch):
    monkeypatch.setenv("NETCTL_SECRET_METRICS", "of-a-scraper")
    browser = install(metrics_secret="metrics").browser()
    asked = {"environ_base": {"REMOTE_ADDR": "198.51.100.7"}}
    assert browser.get("/metrics", headers={"Authorization": "Bearer of-a-scraper"}, **asked).status_code == 200
    assert browser.get("/metrics", headers={"Authorization": "Bearer another"}, **asked).status_code == 401


def test_behind_a_proxy_this_host_is_anybody(install):
    browser = install(public_url="https://netctl.example").browser()
    assert browser.get("/metrics", headers={"Host": "netctl.example"}).status_code == 401
