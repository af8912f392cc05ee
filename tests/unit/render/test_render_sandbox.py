"""Templates are data from the network's repository; none may reach into the process that renders them."""

import pytest

from netctl.errors import NetctlError, UnsafeTemplate
from netctl.render import render

ESCAPES = [
    "{{ device.__class__ }}",
    "{{ interfaces[0]._fields }}",
    "{{ device['__class__'] }}",
    "{{ device['__cl' ~ 'ass__'] }}",
    "{{ interfaces[device] }}",
    "{{ device.upper() }}",
    "{{ '{0.__class__}'.format(device) }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ interfaces | map(attribute='__class__') | list }}",
    "{{ device | attr('__class__') }}",
    "{{ interfaces | sort(attribute='__class__') }}",
    "{{ interfaces | sort(attribute='name.__class__') }}",
    "{{ interfaces | groupby('_' ~ '_class__') }}",
    "{{ interfaces | selectattr(device) | list }}",
    "{{ interfaces | join(',', attribute='__doc__') }}",
    "{{ interfaces | sum(attribute='__doc__') }}",
    "{{ interfaces | sort(**neighbours) }}",
    "{{ self.__init__ }}",
    "{{ self }}{{ self._TemplateReference__context }}",
    "{{ cycler }}",
    "{{ lipsum.__globals__ }}",
    "{{ range(10) }}",
    "{{ namespace(x=1) }}",
    "{% import 'frr/banner.j2' as other %}",
    "{% from 'frr/banner.j2' import x %}",
    "{% extends 'frr/banner.j2' %}",
    "{% include device %}",
    "{% include ['frr/banner.j2', device] %}",
    "{{ '%s' | format(device) }}",
    "{{ device | pprint }}",
    "{{ device | tojson }}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m() }}",
    "{{ loop.__class__ }}",
    "{% for x in interfaces %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{% for x in interfaces %}{{ loop.cycle('a') }}{% endfor %}",
    "{% do device %}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_a_template_that_reaches_out_is_refused_before_it_runs(root, intent, text):
    (root / "templates" / "frr" / "frr.conf.j2").write_text(f"\n{text}\n")
    with pytest.raises(NetctlError) as caught:
        render(intent, root)
    assert caught.value.where.startswith("templates/frr/frr.conf.j2")


def test_the_error_names_what_and_where(root, intent):
    (root / "templates" / "frr" / "frr.conf.j2").write_text("\n\n{{ device.__class__ }}\n")
    with pytest.raises(UnsafeTemplate, match="'__class__'") as caught:
        render(intent, root)
    assert caught.value.where == "templates/frr/frr.conf.j2:3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% for port in interfaces %}{{ loop.index }}{{ port.name }} {% endfor %}", "1lan0 2lo 3mgmt0 4wan0 "),
        ("{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice(device) }}", "rivers-hq-r1rivers-hq-r1"),
        ("{{ interfaces | length }}", "4"),
        ("{{ ntp_servers | join(' ') | upper }}", "3FFF:200:1::123 3FFF:200:2::123"),
        ("{{ interfaces[0].v4[0] }}", "192.0.2.18/28"),
        ("{{ ntp_servers[1:] | first }}", "3fff:200:2::123"),
        ("{{ 'x' if snmp is none else 'y' }}", "x"),
    ],
)
def test_what_templates_need_is_allowed(root, intent, text, expected):
    (root / "templates" / "frr" / "frr.conf.j2").write_text(text)
    assert render(intent, root).parts[0].text == f"{expected}\n"
