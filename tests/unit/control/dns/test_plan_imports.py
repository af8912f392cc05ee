"""A plan of zones stays small: what only others need is not loaded for it."""

import subprocess
import sys

HEAVY = ("alembic", "cryptography", "napalm", "paramiko", "rich", "sqlalchemy.dialects.postgresql")


def test_a_plan_of_zones_needs_no_heavy_library():
    code = f"import sys; import netctl.control.dns.plan; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
