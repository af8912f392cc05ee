"""The peer of the dashboard's load: a Flask app that says hello, behind the same gunicorn with as many threads."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Hello."""
    return "hello"
