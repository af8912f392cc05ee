"""What commands do where a removal goes by words."""

from __future__ import annotations

from netctl.config.commands import Command
from netctl.config.engine import Engine
from netctl.config.syntax import render
from unit.config.platforms import JUNOS, platform

ENGINE = Engine(platform(JUNOS))
CURLY = """\
interfaces {
    ge-0/0/0 {
        description "north port";
        unit 0 {
            family inet {
                address 192.0.2.1/24;
            }
        }
    }
}
"""
SET = 'set interfaces ge-0/0/0 description "north port"\nset interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24\n'


def after(running: str, *lines: str) -> tuple[str, list[str]]:
    outcome = ENGINE.apply(ENGINE.parse(running), [Command((), line) for line in lines])
    return render(outcome.tree), [command.line for command in outcome.ignored]


def test_curly_and_set_texts_mean_the_same() -> None:
    assert ENGINE.same(ENGINE.parse(CURLY), ENGINE.parse(SET))


def test_a_value_is_overwritten_in_either_form() -> None:
    command = "set interfaces ge-0/0/0 description south"
    assert after(CURLY, command)[0] == CURLY.replace('"north port"', "south")
    assert after(SET, command)[0] == SET.replace('"north port"', "south")


def test_a_removal_takes_all_that_begins_with_its_words_and_the_sections_left_empty() -> None:
    command = "delete interfaces ge-0/0/0 unit 0"
    assert after(CURLY, command)[0] == 'interfaces {\n    ge-0/0/0 {\n        description "north port";\n    }\n}\n'
    assert after(SET, command)[0] == SET.splitlines(keepends=True)[0]


def test_a_new_statement_stands_in_the_section_that_is_there() -> None:
    text, _ = after(CURLY, "set interfaces ge-0/0/0 unit 0 family inet address 198.51.100.1/24")
    assert text == CURLY.replace("192.0.2.1/24;\n", "192.0.2.1/24;\n                address 198.51.100.1/24;\n")


def test_new_sections_are_opened_for_a_new_statement() -> None:
    text, _ = after(CURLY, "set protocols bgp group north neighbor 192.0.2.9 peer-as 64501")
    assert (
        "    bgp {\n        group north {\n            neighbor 192.0.2.9 {\n                peer-as 64501;\n" in text
    )


def test_terms_are_moved() -> None:
    running = "".join(f"set firewall family inet filter F term {term} then accept\n" for term in "abc")
    text, _ = after(running, "insert firewall family inet filter F term c before term a")
    assert [line.split()[7] for line in text.splitlines()] == ["c", "a", "b"]


def test_commands_that_do_nothing_are_told() -> None:
    _, ignored = after(CURLY, "delete interfaces ge-0/0/9", 'set interfaces ge-0/0/0 description "north port"')
    assert ignored == ["delete interfaces ge-0/0/9", 'set interfaces ge-0/0/0 description "north port"']


def test_marks_stand_before_sections_and_statements_of_a_curly_text() -> None:
    whole, leaf = "interfaces ge-0/0/0 unit 0", "interfaces ge-0/0/0 description"
    text, ignored = after(CURLY, f"deactivate {whole}", f'deactivate {leaf} "north port"')
    assert text == CURLY.replace("unit 0", "inactive: unit 0").replace("description", "inactive: description")
    assert ignored == []
    assert after(text, f"activate {whole}", f'activate {leaf} "north port"')[0] == CURLY
    assert after(SET, f"deactivate {whole}")[0] == f"{SET}deactivate {whole}\n"


def test_what_is_said_twice_in_the_same_words_goes_with_one_command() -> None:
    twice = "set system host-name a\nset snmp location b\nset system host-name a\n"
    assert after(twice, "delete system host-name") == ("set snmp location b\n", [])


def test_of_two_values_of_one_statement_the_last_counts_and_the_new_one_is_the_only_one() -> None:
    running = "set system host-name one\nset system host-name two\n"
    assert after(running, "set system host-name two") == (running, ["set system host-name two"])
    assert after(running, "set system host-name one")[0] == "set system host-name one\n"
    assert after(running, "set system host-name three")[0] == "set system host-name three\n"
