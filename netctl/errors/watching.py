"""Rounds of looks: E092; problems, silences and alerts: E093."""

from __future__ import annotations

from netctl.errors.store import SettingsInvalid
from netctl.errors.tree import Refused, StoreError


class ObserverAlive(Refused):
    """Another process watches the network already."""

    code = "NETCTL-E0920"
    default_hint = "`netctl observe --last` shows its last round; without --once, this one waits to take over"


class UnknownProblem(Refused):
    """There is no problem with this number, or none that concerns you."""

    code = "NETCTL-E0930"
    default_hint = "`netctl problems list` lists what is open; a problem is named like P-000123"


class ProblemOver(Refused):
    """The problem is closed: there is nothing to acknowledge any more."""

    code = "NETCTL-E0931"
    default_hint = "`netctl problems list` lists what is open"


class UnknownSilence(Refused):
    """There is no silence with this number, or none that concerns you."""

    code = "NETCTL-E0932"
    default_hint = "`netctl problems silences` lists them; a silence is named like S-000123"


class SilenceOver(Refused):
    """The silence has ended already."""

    code = "NETCTL-E0933"
    default_hint = "`netctl problems silences` lists those in force"


class SilenceInvalid(Refused):
    """A silence is about nothing that is declared, or would end too late or in the past."""

    code = "NETCTL-E0934"
    default_hint = "name a router, a site, a line such as SITE:1, or `*`, and an end within 30 days"


class SilentReasonMissing(Refused):
    """An acknowledgement or a silence has no reason."""

    code = "NETCTL-E0935"
    default_hint = "say in a few words what is known and who works on it: others read it at night"


class SinkInvalid(SettingsInvalid):
    """A setting does not say where alerts go."""

    code = "NETCTL-E0936"
    default_hint = "docs/problems.md shows every form of `alert_syslog`, `alert_mail` and `alert_webhook`"


class AlertNotTaken(StoreError):
    """A sink did not take an alert; it is tried again later."""

    code = "NETCTL-E0937"
    default_hint = "alerts wait in the outbox and are sent again; a sink that goes on refusing is a problem of its own"
