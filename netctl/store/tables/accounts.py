"""Passwords, sessions, tokens and the directory's names of people."""

from __future__ import annotations
