"""Pushes, resumed and taken back: E05, E1045 to E1048 (zones)."""

from __future__ import annotations

from netctl.errors.tree import OutcomeUnknown, PushFailed, Refused


class RolloutStopped(PushFailed):
    """A member failed: it is rolled back, and what was not yet touched stays untouched."""

    code = "NETCTL-E0501"
    default_hint = "`netctl show CHANGE` tells where every target stands; correct the cause, plan and propose again"


class RolloutHalted(PushFailed):
    """A person asked the rollout to stop between two members."""

    code = "NETCTL-E0502"
    default_hint = "plan again for what is left"


class DeadlinesContradict(Refused):
    """A commit would revert before its checks can end."""

    code = "NETCTL-E0503"
    default_hint = "raise `confirm_deadline` or lower `settle_deadline` and `command_timeout` in settings.toml"


class WorkerAlive(Refused):
    """The rollout's worker still answers, so there is nothing to resume."""

    code = "NETCTL-E0504"
    default_hint = "wait for it, or stop it first; `netctl status` shows its heartbeat"


class NothingToResume(Refused):
    """The change has no rollout that stopped half way."""

    code = "NETCTL-E0505"


class NothingToRollBack(Refused):
    """The change altered nothing that still holds what it wrote."""

    code = "NETCTL-E0506"


class RolloutNeedsResume(Refused):
    """The change's worker died; a person must say that it is to go on."""

    code = "NETCTL-E0507"
    default_hint = "`netctl resume CHANGE` reads everything in flight and goes on from there"


class WorkerNeedsPostgresql(Refused):
    """A worker of its own needs a database that several processes may write."""

    code = "NETCTL-E0508"
    default_hint = "set `database` to a PostgreSQL URL in settings.toml; on SQLite `netctl push` does all the work"


class MemberUnknown(OutcomeUnknown):
    """What a target holds after a change could not be read."""

    code = "NETCTL-E0581"
    default_hint = "make sure that it can be reached again, then `netctl resume CHANGE`"


class NamesMoved(Refused):
    """What `dns/` declares is no longer what the plan was made of."""

    code = "NETCTL-E1045"
    default_hint = "plan again, and propose the new plan"


class WriterMoved(Refused):
    """Another primary takes updates than when the rollout began."""

    code = "NETCTL-E1046"
    default_hint = "promote the former one again, or plan again for the one that writes now"


class WriteUnplaced(Refused):
    """A write to a zone is overdue, and what `dns/` declares does not lead to its server."""

    code = "NETCTL-E1047"
    default_hint = "declare the server and its view again until the write is taken back"


class ZoneHeldByAnother(Refused):
    """Names that a change wrote hold something else since: taking it back would overwrite somebody's work."""

    code = "NETCTL-E1048"
    default_hint = "nothing was changed; declare what these names shall hold, and plan"
