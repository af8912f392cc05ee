"""One operation of the API: what it takes, what it gives, who may ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from netctl.control.people.accounts import PERSONAL_STEPS, Step


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """What is asked for in an address or a body; what it does not know, it refuses."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation answers."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`view` is called with the parts of the path, `asked` (of type `query`) and `body`, as far as they are there.

    `concerns` names the field of the answer that its entity tag begins with: If-Match may then name that alone.
    `conditional` operations need If-Match. What is `kept` is made once until anything happens, as pages are.
    """

    method: Literal["GET", "POST"]
    path: str  # as the routing writes it: "/devices/<name>"
    name: str
    step: Step
    view: Callable[..., Any]
    summary: str
    answers: type[Given]
    query: type[Asked] | None = None
    body: type[Asked] | None = None
    status: int = 200
    concerns: str = ""
    conditional: bool = False
    recent: bool = False
    kept: Literal["", "for the same roles", "for its reader"] = ""

    @property
    def tag(self) -> str:
        """The first part of its path: what it is about."""
        return self.path.split("/")[1]

    @property
    def personal(self) -> bool:
        """True where no token will do: a person decides."""
        return self.step in PERSONAL_STEPS

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parts of its path that are given by who asks."""
        return tuple(part[1:-1].rpartition(":")[2] for part in self.path.split("/") if part.startswith("<"))

    @property
    def template(self) -> str:
        """The path as OpenAPI writes it: ``/devices/{name}``; what may hold slashes is one parameter to it as well."""
        return self.path.replace("<path:", "<").replace("<", "{").replace(">", "}")

    @property
    def refusals(self) -> tuple[int, ...]:
        """The statuses it may refuse with."""
        found = {400, 401, 403, 406, 503}
        found |= {404} if self.parameters else set()
        found |= {409, 413, 415} if self.method == "POST" else set()
        found |= {412, 428} if self.conditional else set()
        return tuple(sorted(found))
