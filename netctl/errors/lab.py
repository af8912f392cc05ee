"""The lab: E07."""

from __future__ import annotations

from netctl.errors.tree import LabError


class LabNotPossible(LabError):
    """No lab can be raised here: not root, no namespaces, or Debian packages missing."""

    code = "NETCTL-E0701"


class LabUnknown(LabError):
    """No lab, or no host or line of it, has this name."""

    code = "NETCTL-E0702"


class LabNameTaken(LabError):
    """Something that is not this lab's holds a name the lab needs."""

    code = "NETCTL-E0703"


class LabCommandFailed(LabError):
    """A command of the base system refused while a lab was raised or changed."""

    code = "NETCTL-E0704"


class LabNotReady(LabError):
    """A lab's routers did not come up, or their sessions did not, within the deadline."""

    code = "NETCTL-E0705"
