"""The configuration engine: trees, diff, patch. No I/O; knows nothing of devices or networks."""
