"""``/api/v1``: what the dashboard shows and does, for programs."""
