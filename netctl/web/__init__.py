"""The dashboard: the only Flask; no logic. Pages, the API and what is served to browsers (docs/dashboard.md)."""
