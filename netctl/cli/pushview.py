"""A push while it runs: what every target is doing, for a person who watches and for the line that Ctrl-C leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from netctl.cli.output import printable, write_json_line
from netctl.cli.progress import console_on_stderr, watched
from netctl.cli.session import Session
from netctl.cli.targets import called
from netctl.model.places import zone_target

Event = Mapping[str, Any]
_ROUTER, _SERVER, _ZONE = 13, 8, 6  # steps of one, for the length of its bar


class Tally:
    """What the events of a push add up to."""

    def __init__(self, change: str, again: str) -> None:
        self.change = change
        self.again = f"`netctl {again} {change}`"
        self.states: dict[str, str] = {}
        self.steps: dict[str, str] = {}

    def take(self, event: Event) -> None:
        """One more event."""
        target = str(event.get("target", ""))
        if event.get("event") == "member":
            self.states[target] = str(event["state"])
        elif event.get("event") == "step":
            self.steps[target] = str(event["step"])

    def standing(self) -> str:
        """Where things stand, in one line."""
        if not self.states:
            return f"{self.change}: nothing was touched"
        flying = [
            f"{called(name)} ({self.steps.get(name, 'begun')})"
            for name, state in self.states.items()
            if state == "in_flight"
        ]
        done = sum(state in {"done", "rolled_back"} for state in self.states.values())
        text = f"{self.change}: {done} target{'' if done == 1 else 's'} done"
        if not flying:
            return f"{text}, none in flight; {self.again} goes on"
        return (
            f"{text}, in flight: {', '.join(flying)}, which is taken back when its deadline ends; "
            f"{self.again} reads where it stands and goes on"
        )


@contextmanager
def following(session: Session, change: str, again: str, *, events: bool) -> Iterator[Callable[[Event], None]]:
    """What to call with every event of a push: JSON lines, bars, lines or nothing, as was asked for.

    `again` is the command that goes on after an interruption.
    """
    tally = Tally(change, again)
    session.standing = tally.standing

    def take_with(shown: Callable[[Event], None]) -> Callable[[Event], None]:
        def take(event: Event) -> None:
            tally.take(event)
            shown(event)

        return take

    if events:
        yield take_with(write_json_line)
    elif session.verbose:
        yield take_with(_line)
    elif not watched():
        yield take_with(lambda _event: None)
    else:
        with _bars(tally) as shown:
            yield take_with(shown)


def _line(event: Event) -> None:
    facts = [str(event[key]) for key in ("target", "step", "state", "outcome", "detail") if event.get(key)]
    click.echo(printable(f"{event.get('event')}: {' '.join(facts)}"), err=True)


@contextmanager
def _bars(tally: Tally) -> Iterator[Callable[[Event], None]]:
    """A bar for every target in flight; one that ended stays as a line above."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), TextColumn("{task.fields[now]}"))
    with Progress(*columns, TimeElapsedColumn(), console=console_on_stderr(), transient=True) as bars:
        tasks: dict[str, Any] = {}
        drained: set[str] = set()  # routers: nothing is led away from a name server

        def show(event: Event) -> None:
            target = str(event.get("target", ""))
            if event.get("event") == "member" and event["state"] != "in_flight":
                if target in tasks:
                    bars.remove_task(tasks.pop(target))
                bars.console.print(printable(f"{called(target)}: {event['state']}: {event['detail']}"))
            elif event.get("event") == "taken-back":
                bars.console.print(printable(f"{target}: {event['state'].replace('_', ' ')}: {event['detail']}"))
            elif event.get("event") == "step" and target:
                if target not in tasks:
                    total = _ROUTER if zone_target(target) is None else _ZONE
                    tasks[target] = bars.add_task(printable(called(target)), total=total, now="")
                if event["step"] == "read-back" and target not in drained and zone_target(target) is None:
                    bars.update(tasks[target], total=_SERVER)
                drained.update({target} if event["step"] == "drain" else ())
                finished = event["outcome"] != "begun"
                bars.update(tasks[target], advance=int(finished), now=tally.steps.get(target, ""))

        yield show
