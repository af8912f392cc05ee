"""What Prometheus reads of name servers: few series always, one for each zone and server where all is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric

from netctl.model.moments import read_moment
from netctl.model.names import NamesState

__all__ = ["names_metrics"]


def names_metrics(state: NamesState, *, full: bool) -> Iterable[Metric]:
    """The series of what the last round over the name servers found."""
    if state.mark is not None:
        ended = read_moment(state.mark.ended_at).timestamp()
        yield GaugeMetricFamily(
            "netctl_names_round_ended_timestamp_seconds", "When name servers were asked last.", value=ended
        )
    up = GaugeMetricFamily("netctl_name_server_up", "1 while the name server answers.", labels=["server"])
    wrong = GaugeMetricFamily(
        "netctl_name_server_zones", "Zones it does not serve as it should, by why.", labels=["server", "why"]
    )
    counted = Counter((lapse.place.server, lapse.kind) for lapse in state.lapses.values())
    for name, seen in sorted(state.servers.items()):
        up.add_metric([name], int(seen.answers))
        for why in ("behind", "unserved"):
            wrong.add_metric([name, why], counted[name, why])
    yield up
    yield wrong
    ends = [read_moment(each.expires).timestamp() for each in state.signatures.values() if each.expires]
    if ends:
        first = "When the first signature of any zone ends."
        yield GaugeMetricFamily("netctl_signatures_end_timestamp_seconds", first, value=min(ends))
    if full:
        yield from _of_zones(state)


def _of_zones(state: NamesState) -> Iterable[Metric]:
    labels = ["server", "view", "zone"]
    serials = GaugeMetricFamily("netctl_zone_serial", "The serial a server was last seen to serve.", labels=labels)
    lags = GaugeMetricFamily(
        "netctl_zone_lag", "How many numbers it is behind where the zone is written.", labels=labels
    )
    for place, seen in sorted(state.sightings.items(), key=lambda each: str(each[0])):
        named = [place.server, place.view, place.zone]
        lapse = state.lapses.get(place)
        serials.add_metric(named, seen.serial)
        lags.add_metric(named, lapse.lag if lapse is not None else 0)
    yield serials
    yield lags
    ends = GaugeMetricFamily(
        "netctl_zone_signatures_end_timestamp_seconds",
        "When the first signature of the zone ends.",
        labels=["view", "zone"],
    )
    for of, signed in sorted(state.signatures.items()):
        if signed.expires:
            ends.add_metric([of.view, of.zone], read_moment(signed.expires).timestamp())
    yield ends
