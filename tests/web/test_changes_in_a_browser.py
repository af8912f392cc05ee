"""A change of routers, a name server and zones in Chromium: axe finds nothing, and long differences are walked through."""

import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from change_seeds import add_people, propose
from mixed_plans import RIVERS, long_zone_plan, mixed_plan
from playwright.sync_api import expect
from web.axe import breaches

from netctl.change import steps
from netctl.control.changes import decide
from netctl.store import Receipts

CHROMIUM = "/usr/bin/chromium"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def browse(installation, chromium):
    """Gives a page of somebody who may comment, and the address it begins at; pages say nothing to the console."""
    add_people(installation.store)
    server = make_server("127.0.0.1", 0, installation.app, _Threads, _Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    cookie = installation.browser("approver", name="suzuki").get_cookie("netctl").value
    contexts, complaints = [], []

    def one(lang: str, width: int, *, look: bool = False):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=look))
        cookies = {"netctl": cookie, "netctl-language": lang}
        contexts[-1].add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
        page = contexts[-1].new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        return page, origin

    yield one
    for context in contexts:
        context.close()
    server.shutdown()
    server.server_close()
    assert complaints == []


def under_way(installation) -> str:
    """A push in the middle of a zone."""
    change = propose(installation.store, mixed_plan())
    decide.decide(installation.store, change.id, "approve", user="ben", digest=change.plan_digest, reason="yes")
    steps.begin_push(installation.store, change.id, user="daichi")
    receipts = Receipts(installation.store, "daichi")
    receipts.set_member(change.id, str(RIVERS), "in_flight")
    receipts.begin(change.id, str(RIVERS), "apply", "w")
    return change.id


@pytest.mark.parametrize(("lang", "width"), [("ja", 1440), ("en", 390)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browse, installation, lang, width):
    change = under_way(installation)
    page, origin = browse(lang, width, look=True)
    papers = [f"/documents/{kind}" for kind in ("plan", "procedure")]
    for path in ("", "?view=unified", "/groups/5", "/decision", "/push", f"/push/targets/{RIVERS}", *papers):
        page.goto(f"{origin}/changes/{change}{path}")
        assert breaches(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_long_difference_is_walked_through_and_spoken_of_without_leaving_the_review(browse, installation):
    change = propose(installation.store, long_zone_plan(600))
    page, origin = browse("en", 1440)
    page.goto(f"{origin}/changes/{change.id}")
    group = page.locator("#group-1")
    group.locator("summary", has_text="Lines").click()
    expect(group.locator("table.records")).to_contain_text("host-00000")
    group.get_by_role("link", name="After these").first.click()
    expect(group.locator("table.records")).not_to_contain_text("host-00000")
    owner = group.locator("tr.change .owner").first.inner_text()
    group.locator("tr.change .remark").first.click()
    group.locator("textarea[name=text]").first.fill("still in use?")
    group.get_by_role("button", name="Send").first.click()
    expect(group.locator(".thread")).to_contain_text("still in use?")
    expect(group.locator("table.records")).to_contain_text(owner)
    group.get_by_role("link", name="First").first.click()
    expect(group.locator("table.records")).to_contain_text("host-00000")
    group.get_by_role("link", name="line ", exact=False).first.click()
    expect(group.locator(".thread")).to_contain_text("still in use?")
    assert page.url.endswith(change.id), "it all happened on one page"
