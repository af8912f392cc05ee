"""Targets → Samples → how each router stands, and the problems a person has to look at. No Flask, no SQLAlchemy."""
