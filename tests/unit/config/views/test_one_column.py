"""The view in one column: signs, sections, and where in a sequence a line stands."""

from __future__ import annotations

from netctl.config.views.lines import DEEPEST_MARGIN
from unit.config.platforms import IOS, platform
from unit.config.views.shown import column

RULES = platform(IOS)
LIST = "ip access-list extended A\n"


def entries(words: str) -> str:
    return LIST + "".join(f" permit {word}\n" for word in words)


def test_lines_stand_under_their_sections_indented_as_deep_as_they_stand() -> None:
    running = "router bgp 1\n address-family ipv4\n  neighbor a activate\n"
    assert column(running, running.replace("neighbor a", "neighbor b"), RULES) == (
        "  router bgp 1\n   address-family ipv4\n-   neighbor a activate\n+   neighbor b activate\n"
    )


def test_an_entry_is_shown_under_the_one_it_follows_because_its_place_means_something() -> None:
    assert column(entries("abc"), entries("abxc"), RULES) == f"  {LIST}   permit b\n+  permit x\n"
    assert column(entries("abc"), entries("xabc"), RULES) == f"  {LIST}+  permit x\n"


def test_a_moved_entry_has_a_sign_of_its_own() -> None:
    assert column(entries("abcd"), entries("adbc"), RULES) == f"  {LIST}   permit a\n>  permit d\n"


def test_the_entry_before_a_change_is_said_once() -> None:
    assert column(entries("abc"), entries("axyc"), RULES) == (
        f"  {LIST}   permit a\n-  permit b\n+  permit x\n+  permit y\n"
    )


def test_where_order_means_nothing_no_neighbour_is_shown() -> None:
    running = "interface Loopback0\n description a\n"
    assert column(running, running + " ip access-group A in\n", RULES) == (
        "  interface Loopback0\n+  ip access-group A in\n"
    )


def test_each_line_of_a_banner_has_a_sign() -> None:
    rules = platform(IOS.replace('step: " ",', "step: \" \", wholes: [{start: 'banner \\S+ (?P<delimiter>\\^.).*'}],"))
    running = "banner motd ^C\nhello\n^C\n"
    assert column("", running, rules) == "+ banner motd ^C\n+ hello\n+ ^C\n"


def test_what_nests_deeper_than_any_router_does_is_not_indented_without_end() -> None:
    deep = "".join(f"{' ' * depth}level {depth}\n" for depth in range(DEEPEST_MARGIN + 20))
    lines = column("", deep, RULES).splitlines()
    assert len(lines) == DEEPEST_MARGIN + 20
    assert len(lines[-1]) - len(lines[-1].lstrip("+ ")) == DEEPEST_MARGIN + 2
