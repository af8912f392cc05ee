"""The address plan: who has what, what is free, and how the ledger changes."""
