"""The schema's history, one file a revision. Revisions are never edited once released: add another."""
