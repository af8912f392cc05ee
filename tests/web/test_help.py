"""A page as all pages are: for people who have signed in, in two languages, with its table as data."""


def test_somebody_who_has_not_signed_in_is_led_to_the_sign_in_page(installation):
    answer = installation.browser().get("/help")
    assert (answer.status_code, answer.location) == (303, "/signin?next=%2Fhelp")


def test_a_program_that_has_not_signed_in_is_told_so(installation):
    answer = installation.browser().get("/help.json")
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "NETCTL-E0950")


def test_the_page_is_in_the_language_chosen(installation):
    browser = installation.browser("viewer")
    assert "<h1>Help</h1>" in browser.get("/help").text
    assert "<h1>使い方</h1>" in browser.get("/help?lang=ja").text
    assert '<html lang="ja"' in browser.get("/help").text, "the choice was not kept"


def test_its_table_is_there_as_csv_and_json(installation):
    browser = installation.browser("viewer")
    assert browser.get("/help.csv").text.splitlines()[1] == "/,Search"
    assert browser.get("/help.json").json["rows"][0] == {"keys": "/", "leads_to": "Search"}


def test_a_filter_may_ask_for_a_value_that_does_not_exist(installation):
    page = installation.browser("viewer").get("/changes?state=nothing-like-it")
    assert page.status_code == 200
    assert 'value="nothing-like-it" selected' in page.text
