"""kill -9 of the controller at every journalled step, on real routers of both platforms, and what `resume` makes of it."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from live.push.operations import SERVERS, Operations

from netctl.push.names import STEPS

pytestmark = [pytest.mark.live, pytest.mark.timeout(900)]

POINTS = [(step, when) for step in STEPS for when in ("before", "after")]


@pytest.mark.parametrize("router", ["rivers-hq-r2", "rivers-east-r2"])
def test_killed_at_every_step_one_after_the_other_the_change_is_carried_to_its_end(
    operations: Operations, router: str, record_property: Callable[[str, object], None]
) -> None:
    """One change, whose controller dies before and after every step; each time another process resumes it."""
    site = router.removesuffix("-r2")
    operations.declare(site, f"{{syslog_servers: {SERVERS % 8}}}")
    change = operations.approved(router)
    table = []
    verb = "push"
    for step, when in POINTS:
        ended = operations.run(verb, change, NETCTL_CRASH_AT=f"{router}:{step}:{when}")
        assert ended.status == -signal.SIGKILL, (step, when, ended.last)
        begun = [event["step"] for event in ended.events if event.get("outcome") == "begun"]
        table.append((step, when, "killed", ", ".join(dict.fromkeys(begun))))
        verb = "resume"
    ended = operations.run("resume", change)
    assert ended.status == 0, ended.last
    record_property(
        f"{router} killed at {len(table)} points, one after the other, and in the end", ended.states[router]
    )
    for step, when, outcome, begun in table:
        record_property(f"{step:<16}{when:<8}{outcome}, and before that this process ran", begun)
    assert operations.plan(router).plan.empty


@pytest.mark.parametrize(("router", "step", "when"), [
    ("rivers-hq-r2", "verify", "before"),
    ("rivers-east-r2", "undrain-verify", "after"),
])  # fmt: skip
def test_killed_and_resumed_after_the_router_reverted_by_itself(
    operations: Operations, router: str, step: str, when: str
) -> None:
    site = router.removesuffix("-r2")
    operations.declare(site, f"{{syslog_servers: {SERVERS % 9}}}")
    change = operations.approved(router)
    hasty = operations.within(confirm_deadline=25, settle_deadline=10, connect_timeout=5)
    assert hasty.run("push", change, NETCTL_CRASH_AT=f"{router}:{step}:{when}").status == -signal.SIGKILL
    # Asked seldom: netconfd looks at its confirmed-commit clock only when it was left alone for a second.
    operations.lab.until(lambda: not pending(operations, router), "the router's own timer", 60, pause=3)
    ended = operations.run("resume", change)
    assert ended.status == 0, ended.last
    assert operations.plan(router).plan.empty


def pending(operations: Operations, router: str) -> bool:
    """Does a commit wait on the router, as it says itself?"""
    from netctl import inventory
    from netctl.control.changes.plan import connector

    device = inventory.load(operations.root).devices[router]
    with connector(operations.root, operations.settings)(device) as target:
        return target.pending() is not None
