"""netctl: one reviewed change across a closed network, with no site ever losing both halves of its pair."""

__version__ = "0.1.0"
