"""Unit tests open no sockets."""

from pytest_socket import disable_socket


def pytest_runtest_setup():
    """Undone by pytest-socket itself after every test."""
    disable_socket(allow_unix_socket=True)
