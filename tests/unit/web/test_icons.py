"""Whatever a page shows a sign for has one."""

import re
from pathlib import Path

from netctl.web.menu import PLACES

WEB = Path(__file__).resolve().parents[3] / "netctl" / "web"
DRAWN = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static" / "icons.svg").read_text(encoding="utf-8")))
_ASKED = re.compile(r"""\bicon\("([\w-]+)"\)""")


def test_every_place_of_the_menu_has_a_sign():
    assert {place.word for place in PLACES} <= DRAWN


def test_every_sign_that_a_template_asks_for_is_drawn():
    asked = {
        name for path in (WEB / "pages").rglob("*.html") for name in _ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= DRAWN
