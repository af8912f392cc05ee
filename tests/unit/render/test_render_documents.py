import re

from networks import ROOT

from netctl.render import frr


def test_every_name_a_template_has_is_documented_and_no_other(intent):
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]*) \|", page)
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert documented == set(frr.view(intent))


def test_every_field_of_a_port_and_a_session_is_documented(intent):
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    for record in (intent.interfaces[0], intent.neighbours[0], intent.prefix_lists[0], intent.prefix_lists[0].rules[0]):
        for name in record._fields:
            assert f"`{name}`" in page
