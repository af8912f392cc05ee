"""One file a revision; `netctl.store.schema.REVISIONS` lists them in order."""
