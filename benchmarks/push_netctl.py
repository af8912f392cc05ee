"""netctl's side of the push benchmark: plan, propose, approve, push, and plan again. Prints JSON.

    python -m benchmarks.push_netctl ROOT HOME KEY WORKERS SITE…

The use cases are called as the command line calls them; only NETCONF operations and logins are counted beside.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.push_watch import Watch, peak_mb
from netctl.control.books import open_store
from netctl.control.changes.approve import approve
from netctl.control.changes.plan import plan
from netctl.control.changes.propose import propose
from netctl.control.people import users
from netctl.control.rollout.push import push
from netctl.devices.netconf.session import NetconfSession
from netctl.devices.shell import Shell
from netctl.model.people import Grant
from netctl.settings import Settings

COUNTED = ((NetconfSession, "rpc"), (NetconfSession, "open"), (Shell, "open"), (Shell, "run"))
AUTHOR, APPROVERS = "author", ("first", "second")


def count_calls() -> Counter[str]:
    """From here on, how often each method of `COUNTED` was called, as ``Class.method``."""
    calls: Counter[str] = Counter()
    lock = threading.Lock()

    def counting(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            with lock:
                calls[name] += 1
            return method(*arguments, **named)

        return called

    for kind, name in COUNTED:
        setattr(kind, name, counting(f"{kind.__name__}.{name}", getattr(kind, name)))
    return calls


def settings_for(home: Path, key: str, workers: int) -> Settings:
    """As of an installation whose routers and itself share two busy cores: patient."""
    return Settings(
        home=home, username="root", key_file=key, fetch_workers=workers, connect_timeout=60, command_timeout=120,
        confirm_deadline=600, settle_deadline=300,
    )  # fmt: skip


def main(root: Path, settings: Settings, sites: list[str]) -> dict[str, Any]:
    """Seconds, computing time, operations and peak memory of plan and push; raises where anything went wrong."""
    calls = count_calls()
    watch = Watch(calls)
    made = plan(root, settings, names=sites)
    figures = {"plan": watch.stop()}
    with open_store(settings, create=True) as store:
        users.add(store, AUTHOR, [Grant("author"), Grant("operator")], actor=AUTHOR)
        for name in APPROVERS:
            users.add(store, name, [Grant("approver")], actor=AUTHOR)
        change = propose(store, made.plan, title="Syslog moves", reason="benchmark", author=AUTHOR)
        for name in APPROVERS[: change.approvals_needed]:
            approve(store, change.id, user=name, digest=made.plan.digest)
    figures["propose"] = watch.stop()
    report = push(root, settings, change.id, user=AUTHOR)
    figures["push"] = watch.stop()
    if report.state != "done" or any(member.state != "done" for member in report.members):
        raise SystemExit(f"the push ended {report.state}: {report.error}")
    peak = peak_mb()
    if not plan(root, settings, names=sites).plan.empty:
        raise SystemExit("the plan after the push is not empty")
    return {"figures": figures, "peak_mb": peak, "devices": len(report.members)}


if __name__ == "__main__":
    where, home, key, workers, *names = sys.argv[1:]
    sys.stdout.write(json.dumps(main(Path(where), settings_for(Path(home), key, int(workers)), names)))
