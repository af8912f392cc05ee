"""The process behind a push from a page: `python -m` this module, with its order on standard input.

See `netctl.control.rollout.push_start`. It ends with 0 where the change got where it was to get.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from netctl.control.books import open_store
from netctl.control.rollout.push import PushReport, push
from netctl.control.rollout.resume import resume
from netctl.control.rollout.rollback import rollback
from netctl.errors import NetctlError, OrderVoid
from netctl.model.review import Going, Start
from netctl.settings import Settings
from netctl.store import Store

_GOES: dict[Going, Callable[..., PushReport]] = {"push": push, "resume": resume, "rollback": rollback}


def carry_out(text: str) -> int:
    """Do what the order says in the name of who gave it, and write down how it ended; gives the exit status."""
    try:
        told = json.loads(text)
        secret, root, settings = str(told["secret"]), Path(told["root"]), _settings(told["settings"])
    except (ValueError, KeyError, TypeError) as error:
        raise OrderVoid("this is no order", hint="pages of the dashboard give orders; nobody else can") from error
    with open_store(settings) as store:
        with store.writing() as books:
            order = books.starts.take(secret)
        return _go(root, settings, store, order)


def _go(root: Path, settings: Settings, store: Store, order: Start) -> int:
    try:
        report = _GOES[order.going](root, settings, order.change, user=order.user, emit=_log)
        error = report.error
    except NetctlError as refused:
        error = refused
    except BaseException as defect:
        told = f"{type(defect).__name__}: {defect}"
        _end(store, order, NetctlError(told, hint="the log under `pushes` in netctl's home says more"))
        raise
    _end(store, order, error)
    if error is not None:
        sys.stderr.write(f"{error}\n")
    return error.exit_status if error else 0


def _end(store: Store, order: Start, error: NetctlError | None) -> None:
    with store.writing() as books:
        if error is None:
            books.starts.end(order.number)
        else:
            books.starts.end(order.number, code=error.code, message=error.message, hint=error.hint)


def _log(event: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(event, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _settings(values: dict[str, Any]) -> Settings:
    """The settings of whoever gave the order: JSON has lists for tuples, and text for a path."""
    given: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in values.items()}
    given["home"] = Path(str(values["home"]))
    return Settings(**given)


if __name__ == "__main__":
    try:
        sys.exit(carry_out(sys.stdin.read()))
    except NetctlError as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(refused.exit_status)
