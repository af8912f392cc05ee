"""What a raised lab writes down: the state of `netctl lab` and the settings that lead every other command into it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from netctl.errors import LabUnknown
from netctl.lab import kernel, seed
from netctl.lab.place import Place
from netctl.lab.topology import NOC, Topology


class State(msgspec.Struct, frozen=True):
    """One lab's state. `phase` is ``raised`` only once every door answered."""

    network: str  # the network's folder
    phase: str
    only: tuple[str, ...]
    topology: Topology


def write(where: Place, state: State) -> None:
    """Keep `state`, replacing what was there."""
    where.write_state(msgspec.to_builtins(state))


def read(where: Place) -> State | None:
    """The state of a lab; None where there is none or a crash cut it short."""
    raw: dict[str, Any] = where.read_state()
    try:
        return msgspec.convert(raw, State)
    except msgspec.ValidationError:
        return None


def raised(where: Place) -> State:
    """The state of a lab that is up; raises `LabUnknown` where it is not."""
    state = read(where)
    if state is None or state.phase != "raised" or not kernel.claimed(where):
        raise LabUnknown(f"no lab named {where.name!r} is raised", hint="raise it with `netctl lab up`")
    return state


def write_settings(where: Place, secret_sources: Iterable[str]) -> None:
    """Settings that make netctl speak to this lab: through its NOC, as its user, with its key and its secrets."""
    sources = ", ".join(json.dumps(source, ensure_ascii=False) for source in secret_sources)
    where.settings_file.write_text(
        f'management_netns = "{where.namespace(NOC)}"\n'
        f'username = "{seed.USER}"\n'
        f'key_file = "{where.keys / seed.USER}"\n'
        f"secret_sources = [{sources}]\n",
        encoding="utf-8",
    )


def forget(where: Place) -> None:
    """Remove what says the lab is raised; its keys stay."""
    where.settings_file.unlink(missing_ok=True)
    where.state_file.unlink(missing_ok=True)
