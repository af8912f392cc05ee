"""What chronyd says of the clock, as ``chronyc -c -n`` prints ``tracking`` and ``sources``. Pure: text in, noun out."""

from __future__ import annotations

from netctl.model.health import Clock

_TRACKING, _SOURCE = 14, 10  # columns of either report, chrony 4.x
_ACCEPTABLE = frozenset("*+-")  # followed, combined with it, or not needed
_UNKNOWN = Clock(synchronised=False, source="", stratum=None, offset=None)


def clock(text: str) -> Clock | None:
    """The clock of a box that has ``chronyc`` (its path stands in the first line); None where it has none.

    chronyd goes on showing the source it followed last, as selected, too, however long all have been silent (seen in
    chrony 4.3). So the clock counts as synchronised only while an acceptable source answered one of the last three
    polls. A chronyd that does not run is a clock nobody keeps.
    """
    if not text.strip():
        return None
    rows = [line.split(",") for line in text.splitlines()]
    tracking = next((row for row in rows if len(row) == _TRACKING), None)
    if tracking is None:
        return _UNKNOWN
    sources = [row for row in rows if len(row) == _SOURCE]
    selected = next((row[2] for row in sources if row[1] == "*"), "")
    heard = any(row[1] in _ACCEPTABLE and not row[5].endswith("0") for row in sources)  # reach: octal, the newest last
    serves_itself = tracking[0] == "7F7F0101"  # the reference id of `local`: it is a source of time
    if tracking[13] == "Not synchronised" or not ((selected and heard) or serves_itself):
        return _UNKNOWN
    stratum, offset = tracking[2], tracking[4]
    try:
        return Clock(True, selected, int(stratum), float(offset))
    except ValueError:
        return _UNKNOWN
