"""From a router that is not well to what was done to it."""

import papers
import pytest

from netctl.control.network.atlas import Atlas
from netctl.control.pages.device_page import device_page
from netctl.control.pages.overview import work
from netctl.control.pages.site_page import site_page
from netctl.control.people.users import add
from netctl.model.people import Grant
from netctl.store import Store
from networks import reference


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'netctl.db'}", create=True, clock=papers.Ticking()) as opened:
        yield papers.peopled(opened)


def test_changes_that_touched_a_router_are_found_the_last_first(store):
    papers.pushed(store, "rivers-hq-r1", "rivers-hq-r2")
    papers.pushed(store, "harbours-hq-r1")
    papers.proposed(store, "rivers-hq-r1")
    papers.pushed(store, "rivers-hq-r1")
    with store.reading() as books:
        found = books.traces.of(("rivers-hq-r1",))
        assert [(trace.change, trace.target, trace.member) for trace in found] == [
            ("C-000004", "rivers-hq-r1", "done"),
            ("C-000001", "rivers-hq-r1", "done"),
        ]
        assert len(books.traces.of(("rivers-hq-r1", "rivers-hq-r2"))) == 3
        assert len(books.traces.of(("rivers-hq-r1",), most=1)) == 1
        assert books.traces.of(()) == books.traces.of(("nowhere",)) == ()


def test_a_router_that_stayed_untouched_was_not_touched(store):
    papers.pushed(store, "rivers-hq-r1", "rivers-hq-r2", failing="rivers-hq-r2")
    with store.reading() as books:
        states = {
            name: [trace.member for trace in books.traces.of((name,))] for name in ("rivers-hq-r1", "rivers-hq-r2")
        }
    assert states["rivers-hq-r2"] == ["rolled_back"]
    assert states["rivers-hq-r1"] in ([], ["done"]), "in whichever order the waves take them"


def test_the_overview_tells_what_was_pushed_last_and_what_waits_for_whom(store):
    papers.pushed(store, "rivers-hq-r1")
    papers.proposed(store, "harbours-hq-r1")
    papers.approved(store, "forests-hq-r1")
    assert [(trace.change, trace.state) for trace in work(store, user="fumi").recent] == [("C-000001", "done")]
    assert work(store, user="fumi").waiting == ()
    assert [(change.id, turn) for change, turn in work(store, user="ben").waiting] == [("C-000002", "approve")]
    assert [(change.id, turn) for change, turn in work(store, user="daigo").waiting] == [("C-000003", "push")]


def test_somebody_of_one_organisation_is_told_of_its_changes_only(store):
    add(store, "hana", [Grant("viewer", "harbours")], actor="root")
    papers.pushed(store, "rivers-hq-r1")
    papers.pushed(store, "harbours-hq-r1")
    assert [trace.change for trace in work(store, user="hana").recent] == ["C-000002"]


def test_the_page_of_a_router_names_the_changes_to_it(store):
    papers.pushed(store, "rivers-hq-r1")
    found = device_page(store, Atlas(reference()), "rivers-hq-r1", user="fumi")
    assert [(trace.change, trace.author) for trace in found.traces] == [("C-000001", "aiko")]


def test_a_change_that_reaches_further_is_not_told_of_on_ones_own_router(store):
    add(store, "rita", [Grant("viewer", "rivers")], actor="root")
    papers.pushed(store, "rivers-hq-r1", "harbours-hq-r1")
    papers.pushed(store, "rivers-hq-r1")
    atlas = Atlas(reference())
    assert [trace.change for trace in device_page(store, atlas, "rivers-hq-r1", user="rita").traces] == ["C-000002"]
    assert [trace.change for trace in site_page(store, atlas, "rivers-hq", user="rita").traces] == ["C-000002"]
    assert len(site_page(store, atlas, "rivers-hq", user="fumi").traces) == 2
