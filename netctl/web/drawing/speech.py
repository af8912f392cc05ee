"""The words of a drawing, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from netctl.control.pages.lines import LineView, Load, Redundancy
from netctl.model.watch import DeviceState

LEVELS = (0.25, 0.5, 0.75, 0.9)
"""Shares of a line's capacity from which on its wire is drawn thicker."""


class Named(Protocol):
    """What has a name in both languages."""

    @property
    def name(self) -> str: ...

    @property
    def name_ja(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Speech:
    """Words by id with placeholders, as pages say them too."""

    say: Callable[..., str]
    language: Literal["ja", "en"]

    def name(self, thing: Named) -> str:
        """The name of a site, centre or organisation."""
        return thing.name_ja if self.language == "ja" else thing.name

    def region(self, region: str) -> str:
        """The name of a region, as declared where there is no word for it."""
        try:
            return self.say(f"region-{region}")
        except LookupError:
            return region

    def state(self, state: DeviceState) -> str:
        """How a router stands."""
        return self.say(f"state-{state}")

    def redundancy(self, redundancy: Redundancy) -> str:
        """What is left of a site's ways out."""
        return self.say(f"sites-redundancy-{redundancy.replace('_', '-')}")

    def share(self, load: Load) -> str:
        """The busier way's load as people read it."""
        return self.say("topology-load-unknown") if load.share is None else percent(load.share)

    def figure(self, view: LineView) -> str:
        """What stands beside a line: its load, or that it is down."""
        return self.say("topology-line-down") if view.state == "down" else self.share(view.load)

    def level(self, load: Load) -> int:
        """0 to 4, and -1 where no counter tells."""
        return -1 if load.share is None else sum(load.share >= limit for limit in LEVELS)

    def line(self, view: LineView) -> str:
        """Everything about a line in one sentence."""
        return self.say(
            "topology-line-title",
            line=view.line.id,
            a=view.line.a.device,
            b=view.line.b.device,
            carrier=view.line.carrier,
            state=self.say(f"topology-line-{view.state}"),
            load=self.share(view.load),
        )


def percent(share: float) -> str:
    """``7 %``; less than one of a hundred is not nothing."""
    return "<1 %" if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")
