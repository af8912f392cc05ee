"""The address plan's engine: prefixes found, allocated and looked up. No I/O; knows nothing of routers."""
