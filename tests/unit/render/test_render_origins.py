import pytest

from netctl.render import Renderer, origins
from netctl.render.templates import TemplateEnvironment, load, run

TEMPLATES = {
    "frr/main.j2": "{# a comment\n   of two lines #}\nfirst\n{% for x in items %}\n{% include 'frr/item.j2' %}\n{% endfor %}\nlast\n",
    "frr/item.j2": "{% if x %}\n item {{ x }}\n{% else %}\n nothing\n{% endif %}\n",
    "frr/edges.j2": "{{ empty }}{{ word }}\n{{ word }} {{ word }}\n{%- if word %}\n\nkept\n{% endif %}\n  \n{{ two_lines }}\nend",
    "frr/macro.j2": "{% macro line(x) %}\nport {{ x }}\n up\n{% endmacro %}\n{{ line(word) }}\nafter\n",
    "frr/set.j2": "{% set text %}\na\nb\n{% endset %}\n{{ text }}\nc\n",
}
NAMES = {"items": (1, 0, 2), "empty": "", "word": "w", "two_lines": "x\ny"}


def traced(name):
    plain = run(load(TemplateEnvironment(TEMPLATES), name, "d"), NAMES, "d")
    marked = run(load(origins.MarkingEnvironment(TEMPLATES), name, "d"), NAMES, "d")
    places = [place.removeprefix("templates/frr/") for place in origins.read(marked, plain)]
    return list(zip(plain.splitlines(), places, strict=True))


def test_lines_of_loops_and_includes_name_their_own_template():
    assert traced("frr/main.j2") == [
        ("first", "main.j2:3"),
        (" item 1", "item.j2:2"),
        (" nothing", "item.j2:4"),
        (" item 2", "item.j2:2"),
        ("last", "main.j2:7"),
    ]


def test_blank_lines_several_values_and_values_of_two_lines_have_an_origin():
    assert traced("frr/edges.j2") == [
        ("w", "edges.j2:1"),
        ("w w", "edges.j2:2"),
        ("kept", "edges.j2:5"),
        ("  ", "edges.j2:7"),
        ("x", "edges.j2:8"),
        ("y", "edges.j2:8"),
        ("end", "edges.j2:9"),
    ]


def test_a_macro_s_lines_name_the_macro():
    assert traced("frr/macro.j2") == [
        ("port w", "macro.j2:2"),
        (" up", "macro.j2:3"),
        ("", "macro.j2:5"),
        ("after", "macro.j2:6"),
    ]


def test_a_block_that_is_set_and_shown_later_names_where_it_was_written():
    assert traced("frr/set.j2") == [("a", "set.j2:2"), ("b", "set.j2:3"), ("", "set.j2:5"), ("c", "set.j2:6")]


def test_where_marks_disturb_the_text_no_origin_is_claimed():
    assert origins.read("\ue000t:1\ue001abc\n", "abd\n") == []


def test_an_artefact_is_rendered_once_more_however_often_it_is_asked(intent, root, monkeypatch):
    (root / "templates" / "frr" / "frr.conf.j2").write_text("a\n{{ device }}\n")
    artefact = Renderer(root).render(intent)
    reads = []
    monkeypatch.setattr(origins, "read", lambda marked, text, real=origins.read: reads.append(1) or real(marked, text))
    assert [artefact.origin("frr.conf", line) for line in (1, 2, 3)] == [
        "templates/frr/frr.conf.j2:1",
        "templates/frr/frr.conf.j2:2",
        "",
    ]
    assert len(reads) == len(artefact.parts)


@pytest.mark.parametrize("part", ["gone", "frr.conf"])
def test_what_no_template_wrote_has_no_origin(intent, root, part):
    assert Renderer(root).render(intent).origin(part, 1) == ""
