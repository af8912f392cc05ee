"""What stops a request is told in people's words or as JSON, never as a traceback."""

from netctl.errors import DatabaseLocked, NetworkNotRead, UnknownChange
from netctl.web.routes import Pages


def failing(installation, error):
    """A page that fails so."""
    pages = Pages("failing")

    @pages.table("/failing", step="show")
    def failing():
        raise error

    installation.app.testing = False
    installation.app.register_blueprint(pages.blueprint)
    return installation.browser("viewer")


def test_an_error_of_ours_is_told_with_what_to_do(installation):
    answer = failing(installation, UnknownChange("there is no change C-000009", hint="look again")).get("/failing")
    assert answer.status_code == 404
    assert all(words in answer.text for words in ("there is no change C-000009", "look again", "NETCTL-E04"))


def test_a_store_that_is_busy_is_no_defect(installation):
    assert failing(installation, DatabaseLocked("busy")).get("/failing").status_code == 503


def test_a_network_that_cannot_be_read_is_no_defect(installation):
    assert failing(installation, NetworkNotRead("not yet")).get("/failing").status_code == 503


def test_a_defect_is_a_number_and_no_traceback(installation, caplog):
    answer = failing(installation, ValueError("the secret is x")).get("/failing")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "the secret is x" in caplog.text, "who runs the server learns nothing"


def test_a_program_is_told_as_json(installation):
    answer = failing(installation, UnknownChange("none")).get("/failing.json")
    assert (answer.status_code, answer.json["error"]["message"]) == (404, "none")


def test_a_page_that_does_not_exist_is_told_alike_to_everybody(installation):
    assert installation.browser().get("/nowhere").status_code == 404
    assert installation.browser("viewer").get("/nowhere").status_code == 404


def test_a_wrong_method_says_which_is_right(installation):
    answer = installation.browser("viewer").put("/help")
    assert answer.status_code in (403, 405)


def test_what_people_type_is_text_on_the_page(installation):
    browser = installation.browser("viewer")
    for path in ("/help?lang=<script>", '/nowhere"><script>alert(1)</script>', "/help?q='\"><script>x</script>"):
        assert "<script>" not in browser.get(path).text
