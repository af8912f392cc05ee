"""Texts in which every line stands alone."""

from __future__ import annotations

from unit.config.syntax.layouts import SIR, sees


def test_every_line_is_a_statement_and_the_rest_is_kept_beside_it():
    tree = sees(
        """
        # Si-R G210
        lan 0 ip address 192.0.2.1/24 3

          lan 0 vlan 10
        remote 0 name "本庁"
        # end
        """,
        SIR,
        """
        lan 0 ip address 192.0.2.1/24 3
        lan 0 vlan 10
        remote 0 name "本庁"
        """,
    )
    assert [(node.lead, node.number) for node in tree.children] == [("# Si-R G210\n", 2), ("\n", 4), ("", 5)]
    assert tree.tail == "# end\n"
