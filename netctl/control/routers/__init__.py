"""Routers asked outside any change."""
