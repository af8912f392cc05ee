"""The way into a name server: zones transferred, updated and watched, signed with TSIG."""
