"""Text ↔ tree, losing nothing: what is written is kept byte for byte, what it means is not asked here."""
