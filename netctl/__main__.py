"""`python -m netctl` is `netctl`."""

from __future__ import annotations

from netctl.cli import main

if __name__ == "__main__":
    main()
