"""Papers, the audit log and the page of the API in Chromium: axe finds nothing, and what is printed says what it is."""

import io
import re
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import papers
import pytest
from web.axe import breaches
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

CHROMIUM = "/usr/bin/chromium"
PAIR = ("rivers-hq-r1", "rivers-hq-r2")
PAGES = (
    "/audit",
    "/api",
    "/changes/C-000001/documents/plan",
    "/changes/C-000001/documents/procedure",
    "/changes/C-000001/documents/report",
)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def browse(installation, chromium):
    """Gives a page of somebody who has signed in, in a language and at a width, and the address it begins at."""
    papers.peopled(installation.store)
    papers.pushed(installation.store, *PAIR)
    server = make_server("127.0.0.1", 0, installation.app, _Threads, _Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    cookie = installation.browser("viewer", "auditor").get_cookie("netctl").value
    contexts = []

    def one(lang: str, width: int):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True))
        cookies = {"netctl": cookie, "netctl-language": lang}
        contexts[-1].add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
        return contexts[-1].new_page(), origin

    yield one
    for context in contexts:
        context.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("lang", "width"), [("ja", 1440), ("en", 390)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(browse, lang, width):
    page, origin = browse(lang, width)
    for path in PAGES:
        page.goto(origin + path)
        assert breaches(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("kind", ["plan", "procedure", "report"])
def test_what_a_browser_prints_has_change_digest_and_number_on_every_page(browse, installation, kind):
    page, origin = browse("ja", 1440)
    page.goto(f"{origin}/changes/C-000001/documents/{kind}")
    with installation.store.reading() as books:
        digest = books.changes.get("C-000001").plan_digest
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        text = re.sub(r"\s", "", sheet.extract_text())
        assert digest in text
        assert "C-000001" in text
        assert f"{number}/{len(sheets)}" in text
        assert "へ戻る" not in text, "the links are for the screen"
