"""How many routers, name servers and zones, in one phrase."""

from __future__ import annotations

from collections.abc import Callable

from netctl.model.counts import TargetCount

Say = Callable[..., str]  # a message by its id, with its values


def counted(count: TargetCount, say: Say) -> str:
    """``3 routers, 1 name server and 2 zones``: what there is none of is not said, unless there is nothing at all."""
    named = {"targets-routers": count.routers, "targets-servers": count.servers, "targets-zones": count.zones}
    said = [say(word, count=number) for word, number in named.items() if number]
    match said:
        case []:
            return say("targets-none")
        case [one]:
            return one
        case [one, two]:
            return say("targets-two", one=one, two=two)
        case _:
            return say("targets-three", one=said[0], two=said[1], three=said[2])
