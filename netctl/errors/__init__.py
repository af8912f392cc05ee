"""Every error netctl raises on purpose, in one tree.

::

    NetctlError
    ├── UsageError                 the words of a command are off                       exit 2
    ├── NetworkError               the declared network cannot be used                  exit 4
    │   └── InvalidNetwork         ... and here are all findings at once
    ├── RenderError                an intent cannot be written as an artefact           exit 4
    ├── Refused                    a rule of the house says no                          exit 5
    ├── DeviceError                a target cannot be read or written                   exit 6
    ├── PushFailed                 a change stopped; what was touched is rolled back    exit 7
    ├── OutcomeUnknown             a person must look before anything goes on           exit 8
    ├── StoreError                 the database or a file of ours cannot be used        exit 9
    └── LabError                   the lab cannot be raised or reached                  exit 10

A leaf class names a fact (``RunningStateMoved``), carries a stable ``code`` (never reused, never renumbered) and a
``hint`` that says what a person can do next. Exit status 1 is kept for defects of netctl itself, 3 for "there are
differences" and 130 for an interrupted command.

Codes by room stand at the top of each module; the whole list is docs/errors.md. Everything is imported from here.
"""

from netctl.errors.addresses import *
from netctl.errors.changes import *
from netctl.errors.commands import *
from netctl.errors.devices import *
from netctl.errors.lab import *
from netctl.errors.names import *
from netctl.errors.network import *
from netctl.errors.pages import *
from netctl.errors.people import *
from netctl.errors.rollout import *
from netctl.errors.store import *
from netctl.errors.tree import *
from netctl.errors.watching import *
