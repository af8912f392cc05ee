"""From the plan to the decision, and the papers of a change.

E04, E094 (review), E097 (documents), E1040 to E1044 (zones in plans).
"""

from __future__ import annotations

from netctl.errors.tree import Refused, StoreError, UsageError


class RunningStateMoved(Refused):
    """A router holds something else than when the plan was made (safety law 4)."""

    code = "NETCTL-E0401"


class PlanTampered(Refused):
    """A plan's content and its digest do not agree."""

    code = "NETCTL-E0402"


class SelfApproval(Refused):
    """The author of a change may not approve it (safety law 5)."""

    code = "NETCTL-E0403"


class NotAllowed(Refused):
    """The user's roles do not include the step."""

    code = "NETCTL-E0404"


class WrongState(Refused):
    """The change is not in a state that allows the step."""

    code = "NETCTL-E0405"


class OutsideWindow(Refused):
    """The change's window is not open now."""

    code = "NETCTL-E0406"


class PlanUnsafe(Refused):
    """A plan has a finding that forbids proposing or pushing it."""

    code = "NETCTL-E0407"


class StaleApproval(Refused):
    """An approval names another digest than the change has now (safety law 4)."""

    code = "NETCTL-E0408"
    default_hint = "look at the change again with `netctl show`, then approve the digest it shows"


class GroupBusy(Refused):
    """Another member of the redundancy group is in flight (safety law 1)."""

    code = "NETCTL-E0409"
    default_hint = "wait until that member is done, or resume the change that left it in flight"


class UnknownChange(Refused):
    """There is no change with this number."""

    code = "NETCTL-E0410"
    default_hint = "`netctl status` lists all changes"


class UnknownUser(Refused):
    """The store does not know this user."""

    code = "NETCTL-E0411"
    default_hint = "an admin adds people with `netctl users add NAME --role ROLE`"


class UserExists(Refused):
    """The store already knows a user of this name."""

    code = "NETCTL-E0412"
    default_hint = "change roles with `netctl users grant`"


class NothingToPropose(Refused):
    """The plan has no differences."""

    code = "NETCTL-E0413"


class MomentUnreadable(Refused):
    """A window's moment is not RFC 3339 with an offset, or the window closes before it opens."""

    code = "NETCTL-E0414"
    default_hint = "write it like 2026-11-22T22:00:00+09:00"


class LastAdmin(Refused):
    """The step would leave nobody who can manage users."""

    code = "NETCTL-E0415"
    default_hint = "make someone else admin first"


class UserNameInvalid(Refused):
    """A user name that is not an operating system's user name, or a role that does not exist."""

    code = "NETCTL-E0416"


class LeaseLost(Refused):
    """A lease is held by someone else, or was taken over meanwhile."""

    code = "NETCTL-E0417"


class PlanFileForeign(Refused):
    """A file that is not a plan of ours, or of another format version."""

    code = "NETCTL-E0418"
    default_hint = "`netctl plan` writes plan files"


class PlanFileUnreadable(StoreError):
    """A plan file cannot be read or written."""

    code = "NETCTL-E0419"


class NetworkMoved(Refused):
    """The declared network is no longer the one the plan was made of (safety law 4)."""

    code = "NETCTL-E0420"
    default_hint = "go back to the declared network that was approved, or plan and propose again"


class UnknownDevice(UsageError):
    """The declared network has no device of this name."""

    code = "NETCTL-E0421"


class WordsRefused(Refused):
    """A title or reason is empty, too long, or holds what is no text."""

    code = "NETCTL-E0425"


class UnknownComment(Refused):
    """The change has no comment with this number."""

    code = "NETCTL-E0940"
    default_hint = "open the change again; its page lists all comments"


class UnknownGroup(Refused):
    """The plan has no group or line with this number."""

    code = "NETCTL-E0941"
    default_hint = "open the change again; it may have another plan by now"


class ReasonMissing(Refused):
    """A decision on a change has no reason."""

    code = "NETCTL-E0942"
    default_hint = "say in a few words why: others read it later"


class OrderVoid(Refused):
    """An order to push is unknown, was taken already, or is too old."""

    code = "NETCTL-E0943"
    default_hint = "ask for the push again from the page of the change"


class StartFailed(StoreError):
    """The process that carries a change out could not be started."""

    code = "NETCTL-E0944"
    default_hint = "the log under `pushes` in netctl's home says more"


class FormUnreadable(UsageError):
    """A field of a form holds what it cannot hold: no browser sends that by itself."""

    code = "NETCTL-E0945"
    default_hint = "open the page again and repeat the step"


class DocumentToolsMissing(StoreError):
    """A library that lays out PDF pages is not installed on this host."""

    code = "NETCTL-E0970"
    default_hint = "`make packages` installs libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"


class DocumentFontMissing(StoreError):
    """The font that papers are set in is not installed on this host."""

    code = "NETCTL-E0971"
    default_hint = "`make packages` installs fonts-noto-cjk"


class DocumentNotWritten(StoreError):
    """A paper cannot be written to its file."""

    code = "NETCTL-E0972"
    default_hint = "make room, or choose another file"


class DocumentTooLong(Refused):
    """A paper has more pages than can be laid out while somebody waits."""

    code = "NETCTL-E0973"
    default_hint = "print the page from the browser, or write the file with `netctl documents`"


class ZonePartDamaged(Refused):
    """What a plan says of a zone is no difference, or is not what people were shown."""

    code = "NETCTL-E1040"
    default_hint = "plan again; netctl makes no such plan"


class PlanBeyondLimits(PlanUnsafe):
    """A plan takes more out of a zone than the policy lets pass, and does not say so."""

    code = "NETCTL-E1041"
    default_hint = "plan again and say so: `netctl plan --allow ZONE:deletions=250,deleted_percent=40,apex_ns`"


class ZoneImpossible(PlanUnsafe):
    """A zone of a plan may not, or cannot, become what is declared."""

    code = "NETCTL-E1042"
    default_hint = "change what is declared, or make the change in two plans"


class AllowanceInvalid(UsageError):
    """What `--allow` says is nothing that a plan can be allowed."""

    code = "NETCTL-E1043"
