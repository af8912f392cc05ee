import pytest
from networks import ROOT

from netctl.errors import (
    NotWritable,
    TemplateFailed,
    TemplateMissing,
    TemplateSyntax,
    UndefinedVariable,
    UnknownRenderer,
    UnrenderedMarkup,
)
from netctl.render import Renderer, render, render_drain, render_drained


def refusal(root, intent, text, kind):
    (root / "templates" / "frr" / "frr.conf.j2").write_text(text)
    with pytest.raises(kind) as caught:
        render(intent, root)
    return caught.value


def test_an_undefined_variable_names_variable_template_line_and_device(root, intent):
    error = refusal(root, intent, "hostname {{ device }}\n\nlog {{ syslog_levl }}\n", UndefinedVariable)
    assert "'syslog_levl' is undefined" in error.message
    assert "rivers-hq-r1" in error.message
    assert error.where == "templates/frr/frr.conf.j2:3"
    assert error.hint


def test_an_undefined_field_is_found_in_an_included_template(root, intent):
    (root / "templates" / "frr" / "ports.j2").write_text(
        "{% for port in interfaces %}\n{{ port.adress }}\n{% endfor %}\n"
    )
    error = refusal(root, intent, "{% include 'frr/ports.j2' %}\n", UndefinedVariable)
    assert "adress" in error.message
    assert error.where == "templates/frr/ports.j2:2"


def test_a_syntax_error_is_one_error_with_its_line(root, intent):
    error = refusal(root, intent, "a\n{% for x in %}\n{% endfor %}\n", TemplateSyntax)
    assert error.where == "templates/frr/frr.conf.j2:2"


def test_a_syntax_error_in_an_included_template_names_that_template(root, intent):
    (root / "templates" / "frr" / "broken.j2").write_text("{% if %}\n")
    error = refusal(root, intent, "x\n{% include 'frr/broken.j2' %}\n", TemplateSyntax)
    assert error.where == "templates/frr/broken.j2:1"


def test_a_missing_template_is_named_with_who_asks_for_it(root, intent):
    error = refusal(root, intent, "x\n{% include 'frr/gone.j2' %}\n", TemplateMissing)
    assert "frr/gone.j2" in error.message
    assert error.where == "templates/frr/frr.conf.j2:2"


def test_a_missing_part_s_template_is_named(root, intent):
    (root / "templates" / "frr" / "banner.j2").unlink()
    error = refusal(root, intent, "x\n", TemplateMissing)
    assert "frr/banner.j2" in error.message


def test_a_computation_that_fails_is_an_error_with_its_line(root, intent):
    error = refusal(root, intent, "\n{{ asn / 0 }}\n", TemplateFailed)
    assert "ZeroDivisionError" in error.message
    assert error.where == "templates/frr/frr.conf.j2:2"


def test_a_template_that_includes_itself_is_an_error(root, intent):
    error = refusal(root, intent, "{% include 'frr/frr.conf.j2' %}\n", TemplateFailed)
    assert "RecursionError" in error.message


def test_a_template_that_is_not_utf_8_is_an_error(root, intent):
    (root / "templates" / "frr" / "banner.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateSyntax) as caught:
        render(intent, root)
    assert caught.value.where == "templates/frr/banner.j2"


@pytest.mark.parametrize("markup", ["{{ device }}", "{% if x %}"])
def test_a_value_with_template_markup_is_refused_and_not_rendered(root, intent, markup):
    (root / "templates" / "frr" / "banner.j2").write_text("{{ login_banner }}\n")
    with pytest.raises(UnrenderedMarkup) as caught:
        render(intent._replace(login_banner=f"Welcome\nto {markup}"), root)
    assert "line 2" in caught.value.message
    assert caught.value.where == "templates/frr/banner.j2"


def test_a_document_with_template_markup_is_refused_too(intent):
    with pytest.raises(UnrenderedMarkup, match="holds template markup"):
        render(intent._replace(platform="ietf_netconf", login_banner="{{ x }}"), ROOT)


def test_a_control_character_that_xml_cannot_hold_is_an_error_of_ours(intent):
    with pytest.raises(NotWritable, match="control character"):
        render(intent._replace(platform="ietf_netconf", login_banner="ring \a the bell"), ROOT)


def test_raw_blocks_that_leave_markup_are_refused(root, intent):
    refusal(root, intent, "{% raw %}{{ device }}{% endraw %}\n", UnrenderedMarkup)


def test_a_platform_without_renderer_is_refused(root, intent):
    for write in (render, render_drained, render_drain):
        with pytest.raises(UnknownRenderer, match="cisco_ios"):
            write(intent._replace(platform="cisco_ios"), root)


def test_a_metric_frr_cannot_boot_with_is_refused(root, intent):
    port = intent.interfaces[0]._replace(metric=64)
    with pytest.raises(NotWritable, match="metric 64"):
        render(intent._replace(interfaces=(port,)), root)


def test_a_backbone_router_without_a_model_for_isis_is_refused(root, intent):
    from netctl.model.intent import Igp

    with pytest.raises(NotWritable, match="IS-IS"):
        render(intent._replace(platform="ietf_netconf", igp=Igp("backbone", "49.0001")), root)


def test_all_templates_of_a_broken_network_can_be_mended_in_one_process(root, intent):
    refusal(root, intent, "{{ gone }}\n", UndefinedVariable)
    (root / "templates" / "frr" / "frr.conf.j2").write_text("hostname {{ device }}\n")
    assert render(intent, root).parts[0].text == "hostname rivers-hq-r1\n"


def test_a_text_without_line_break_at_its_end_gets_one(root, intent):
    (root / "templates" / "frr" / "frr.conf.j2").write_text("hostname {{ device }}")
    assert Renderer(root).render(intent).parts[0].text == "hostname rivers-hq-r1\n"
