"""The audit log: read, proven, given away."""
