"""Whatever somebody types into the address or sends as a form, it is answered, and never as a defect."""

import re
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from change_seeds import add_people, propose
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from networks import reference
from seeds import Seeds
from web.test_security import paths

SENT = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
KEYS = ["q", "sort", "page", "per", "lang", "theme", "keys", "next", "state", "severity", "since", "until", "after",
        "topics", "organisation", "region", "from", "to", "left", "right", "site", "code", "user", "action", "device",
        "name", "digest", "group", "csrf_token"]  # fmt: skip
ODD = st.sampled_from(
    ["", "0", "-1", "99999999999999999999", "1e9", "２", "\x00", "%", "../..", "<b>", "' OR 1=1", "=1+1", "a" * 3000,
     "\ud7ff\uffff", "http://[", "//other.example/", "2026-13-45", "C-000001", "*", "\r\nX: y"]
)  # fmt: skip
VALUE = ODD | st.text(st.characters(codec="utf-8"), max_size=20)
NAME = VALUE | st.sampled_from(["C-000001", "P-000001", "rivers-hq-r1", "rivers-hq", "1", "plan", "anybody", "0" * 64])
QUERY = st.dictionaries(st.sampled_from(KEYS), st.lists(VALUE, min_size=1, max_size=2), max_size=4)


@SENT
@given(data=st.data())
def test_no_address_is_a_defect(installation, data):
    browser = _browser(installation)
    path = data.draw(st.sampled_from(paths(installation.app)))
    query = data.draw(QUERY)
    answer = browser.get(f"{path}?{urlencode(query, doseq=True)}")
    assert answer.status_code != 500, answer.text[-2000:]


@SENT
@given(data=st.data())
def test_no_name_in_an_address_is_a_defect(installation, data):
    browser = _browser(installation)
    rules = sorted(
        rule.rule for rule in installation.app.url_map.iter_rules() if "<" in rule.rule and "GET" in rule.methods
    )
    path = re.sub(r"<[^<>]+>", lambda _: quote(data.draw(NAME), safe=""), data.draw(st.sampled_from(rules)))
    answer = browser.get(path)
    assert answer.status_code != 500, answer.text[-2000:]


@SENT
@given(data=st.data())
def test_no_form_is_a_defect(installation, data):
    browser = _browser(installation)
    rules = [
        rule.rule
        for rule in installation.app.url_map.iter_rules()
        if "POST" in rule.methods and "signout" not in rule.rule and "session" not in rule.rule
    ]
    path = re.sub(r"<[^<>]+>", lambda _: data.draw(st.sampled_from(["1", "C-000001", "P-000001", "S-000001", "u0", "rivers-hq-r1"])),
                  data.draw(st.sampled_from(sorted(rules))))  # fmt: skip
    form = data.draw(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), VALUE, max_size=5))
    answer = browser.post(path, data=form | {"csrf_token": installation.token(browser)})
    assert answer.status_code != 500, answer.text[-2000:]


def _browser(installation):
    """One for all examples: nothing they send may break it for the next. There is something to see behind it."""
    if not hasattr(installation, "anybody"):
        Seeds(reference()).rounds(installation.store, datetime.now(UTC), 2, dead=["rivers-hq-r1"])
        add_people(installation.store)
        propose(installation.store)
        roles = ("viewer", "operator", "author", "approver", "auditor", "admin")
        installation.anybody = installation.browser(*roles, name="anybody")
    return installation.anybody
