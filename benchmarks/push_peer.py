"""The peer of the push benchmark: ncclient in a thread pool, as one writes it in an afternoon. Prints JSON.

    python -m benchmarks.push_peer plain|alike ROUTERS.json KEY WORKERS

`plain`: connect, lock, edit-config, validate, commit, unlock, get-config. `alike` makes the commits and reads back as
often as netctl does: drain, change and return of traffic are each a confirmed commit with a persist-id and read back,
two confirmations, each read back. It checks nothing but that the change is there at the end, logs in once a router,
knows no pairs, no health and no journal.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ncclient import manager
from ncclient.manager import Manager

from benchmarks.push_watch import Watch, peak_mb

DEADLINE = "600"
OPERATIONS: Counter[str] = Counter()
_LOCK = threading.Lock()


def ask(operation: Any, *arguments: Any, **named: Any) -> Any:
    """One NETCONF operation, counted."""
    with _LOCK:
        OPERATIONS["NetconfSession.rpc"] += 1
    return operation(*arguments, **named)


def connect(address: str, key: str) -> Manager:
    """A session; the host key is not even looked at."""
    with _LOCK:
        OPERATIONS["NetconfSession.open"] += 1
    return manager.connect(
        host=address, port=830, username="root", key_filename=key, hostkey_verify=False, look_for_keys=False,
        allow_agent=False, timeout=120,
    )  # fmt: skip


def edit(session: Manager, config: str) -> None:
    """Into the candidate."""
    ask(
        session.edit_config,
        target="candidate",
        config=config,
        default_operation="merge",
        error_option="rollback-on-error",
    )


def stage(session: Manager, config: str) -> None:
    """Edit and validate; then once more, because this server forgets what it validated (docs/platforms)."""
    edit(session, config)
    ask(session.validate, source="candidate")
    ask(session.discard_changes)
    edit(session, config)


def plain(session: Manager, router: dict[str, str]) -> str:
    """What a script does."""
    ask(session.lock, "candidate")
    stage(session, router["intended"])
    ask(session.commit)
    ask(session.unlock, "candidate")
    return str(ask(session.get_config, source="running"))


def alike(session: Manager, router: dict[str, str]) -> str:
    """As many commits, confirmations and read-backs as netctl's."""
    ask(session.lock, "candidate")
    stage(session, router["drain"])
    ask(session.commit, confirmed=True, timeout=DEADLINE, persist="one")
    ask(session.unlock, "candidate")
    ask(session.get_config, source="running")
    edit(session, router["drained"])
    ask(session.commit, confirmed=True, timeout=DEADLINE, persist_id="one")
    ask(session.get_config, source="running")
    ask(session.commit, persist_id="one")
    ask(session.get_config, source="running")
    ask(session.lock, "candidate")
    stage(session, router["intended"])
    ask(session.commit, confirmed=True, timeout=DEADLINE, persist="two")
    ask(session.unlock, "candidate")
    ask(session.get_config, source="running")
    ask(session.commit, persist_id="two")
    return str(ask(session.get_config, source="running"))


def main(how: str, routers: list[dict[str, str]], key: str, workers: int) -> dict[str, Any]:
    """Seconds, computing time, operations and peak memory."""
    work = {"plain": plain, "alike": alike}[how]

    def one(router: dict[str, str]) -> None:
        with connect(router["address"], key) as session:
            text = work(session, router)
        if f">{router['wanted']}<" not in text:
            raise SystemExit(f"{router['name']} does not hold the change")

    watch = Watch(OPERATIONS)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, routers))
    return {"figures": {"push": watch.stop()}, "peak_mb": peak_mb(), "devices": len(routers)}


if __name__ == "__main__":
    side, file, key_file, threads = sys.argv[1:]
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps(main(side, given, key_file, int(threads))))
