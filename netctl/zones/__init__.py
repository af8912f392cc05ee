"""The zone engine: names and records as on the wire, read, written, compared, changed. No I/O, no network."""
