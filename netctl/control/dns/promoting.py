"""A promotion carried out: who wrote stands back if it can be reached, the new one writes, all others turn.

At no moment may two take updates. So the one that wrote is turned and confirmed before the other one is; between the
two nobody writes, and every name is still answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, NoReturn

from netctl.control.dns.leftwrites import settle_left
from netctl.control.dns.prospect import Prospect
from netctl.control.dns.turning import Turning
from netctl.devices.nameserver.raising import LEAP
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import NetctlError, PromotionStopped
from netctl.model.zonewrites import ZoneId
from netctl.zones.serial import rises

_Zone = tuple[str, str]  # view, zone

_STEPS: Mapping[str, str] = {"copies": "copy", "follows": "follow"}
_FEW = 3  # zones that are named


class Ended(NamedTuple):
    """Who still owes a turn, and which copies stay behind, each with the reason."""

    owed: tuple[str, ...]
    behind: tuple[tuple[str, str], ...]


def carry_out(turning: Turning, prospect: Prospect) -> Ended:
    """All of it, in order. Raises `PromotionStopped`; what had been turned is turned back then, or it says why not."""
    return _Course(turning, prospect).run()


class _Course:
    def __init__(self, turning: Turning, prospect: Prospect) -> None:
        self._turning = turning
        self._outlook, self._survey = prospect.outlook, prospect.survey
        self._server, self._former = prospect.outlook.server, prospect.outlook.former
        self._mine = self._survey.places_of(self._server)
        self._turns = {each.server: each.turn for each in prospect.outlook.servers}

    def run(self) -> Ended:
        """The whole course of this way."""
        if self._outlook.way == "handover":
            self._hand_over()
        elif self._outlook.way == "takeover":
            self._take_over()
        self._settle_left()
        owed = tuple(self._others())
        return Ended(owed, tuple(self._behind(owed)))

    # ── the one that writes ──────────────────────────────────────────────────────────────────────────────────────────

    def _take_over(self) -> None:
        try:
            self._write(LEAP)
        except NetctlError as error:
            self._give_up(error)

    def _hand_over(self) -> None:
        """The one that wrote gives its part away: first they are level, then nobody writes, then the other one does."""
        turning, server, former = self._turning, self._server, self._former
        try:
            if self._turns[server] == "copies, then writes":
                self._come_back()
            with turning.step(server, "level"):
                self._require_level(self._mine, self._theirs())
            with turning.step(former, "stand back") as said:
                said.append(turning.configure(former, server, self._nothing_came_between))
        except NetctlError as error:
            self._give_up(error)
        try:
            self._write(1)
        except NetctlError as error:
            with turning.step(former, "write again") as said:
                turning.require_copy(server)
                said.append(turning.configure(former, former))
            self._give_up(error)

    def _come_back(self) -> None:
        """One that was away becomes a copy of the one that writes, whose serials rise above all it gave out unseen."""
        with self._turning.step(self._server, "copy") as said:
            said.append(self._turning.configure(self._server, self._former))
            self._rise_above(self._server, self._theirs())
            self._require_level(self._mine, self._theirs())
            self._require_equal(self._server, self._theirs())

    def _write(self, leap: int) -> None:
        """The new one takes updates, which one to every zone proves; else it is again what it was."""
        above = {place: self._survey.highest(zone) for zone, place in self._mine.items()}
        with self._turning.step(self._server, "write") as said:
            said.append(self._turning.configure(self._server, self._server, lambda: self._turning.prove(above, leap)))
            said.append(f"it takes updates: the serials of {len(above)} zones rose")

    def _give_up(self, error: NetctlError) -> NoReturn:
        """The one that wrote before is the one that writes."""
        with self._turning.surveyor.store.writing() as books:
            books.writers.give_up(self._turning.promotion.number, self._turning.user)
        hint = f"{self._server} does not write; `netctl dns promote {self._server}` shows how things are"
        raise PromotionStopped(error.message, where=error.where or self._server, hint=hint) from error

    # ── all others ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _others(self) -> Iterator[str]:
        """Everybody else, one after the other; those that did not have their turn are named."""
        for name, turn in self._turns.items():
            if turn in ("owed", "left"):
                yield name
            elif turn in _STEPS:
                try:
                    with self._turning.step(name, _STEPS[turn]) as said:
                        said.append(self._turning.configure(name, self._server))
                        if turn == "copies":
                            self._rise_above(name, self._mine)
                except NetctlError:
                    yield name

    def _behind(self, owed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Copies of whoever can be reached that are not level in time, or do not hold the same."""
        pairs = {
            place: self._mine[zone]
            for name in self._turns
            if name not in {self._server, *owed} and self._survey.answers(name)
            for zone, place in self._survey.places_of(name).items()
        }
        with self._turning.step(self._server, "converge") as said:
            late = self._turning.behind(pairs)
            said.append(_named(late) or f"{len(pairs)} copies are level")
            for place, why in late.items():
                yield place.where, why
        for name in self._turns:
            if self._survey.boxes[name].writes and self._turns[name] == "copies" and name not in owed:
                yield from self._turning.unequal(self._of_lost(name, self._mine))

    def _settle_left(self) -> None:
        """Writes that were open on the one that wrote before: nobody there can settle them any more."""
        gone, notes = self._turning.promotion.former, self._turning.surveyor.notes()
        if gone == self._server or not any(each.place.server == gone for each in notes.open_writes()):
            return
        by_id = {(place.view, place.zone): place for place in self._mine.values()}

        def place_of(at: ZoneId) -> ZonePlace | None:
            return by_id.get((at.view, at.zone))

        with self._turning.step(self._server, "settle writes") as said:
            settled = settle_left(notes, gone, place_of, self._turning.patience)
            said += [f"{each.place.zone}@{each.place.view}: {each.state}: {each.note}" for each in settled]

    # ── zones ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _theirs(self) -> dict[_Zone, ZonePlace]:
        return {zone: place for zone, place in self._survey.places_of(self._former).items() if zone in self._mine}

    def _rise_above(self, name: str, source: Mapping[_Zone, ZonePlace]) -> None:
        """The serials of whoever writes, above those of its new copy: nothing else tells that one to look.

        It may have given out serials unseen: where it is not behind, the next ones are far from those.
        """
        behind, level = dict[ZonePlace, list[int]](), dict[ZonePlace, list[int]]()
        for zone, place in self._survey.places_of(name).items():
            serial, theirs = self._survey.serials[place], self._survey.serials.get(source.get(zone, place))
            if zone in source and isinstance(serial, int):
                late = isinstance(theirs, int) and rises(serial, theirs)
                (behind if late else level)[source[zone]] = [serial]
        self._turning.raised(behind, 1)
        self._turning.raised(level, LEAP)

    def _nothing_came_between(self) -> None:
        """What the one that stood back holds is what the other one has: no update came in the last moment."""
        self._require_level(self._theirs(), self._mine)

    def _require_level(self, copies: Mapping[_Zone, ZonePlace], sources: Mapping[_Zone, ZonePlace]) -> None:
        late = self._turning.behind({copies[zone]: sources[zone] for zone in copies.keys() & sources.keys()})
        if late:
            raise PromotionStopped(f"not level: {_named(late)}", where=next(iter(late)).server.name)

    def _require_equal(self, name: str, source: Mapping[_Zone, ZonePlace]) -> None:
        for where, why in self._turning.unequal(self._of_lost(name, source)):
            raise PromotionStopped(why, where=where)

    def _of_lost(self, name: str, source: Mapping[_Zone, ZonePlace]) -> dict[ZonePlace, ZonePlace]:
        """The zones that a server had changed by itself, beside those that replace them."""
        lost = {each.zone for each in self._outlook.losses if each.holder == name}
        places = self._survey.places_of(name)
        return {place: source[zone] for zone, place in places.items() if f"{zone[1].rstrip('.')}@{zone[0]}" in lost}


def _named(late: Mapping[ZonePlace, str]) -> str:
    said = [f"{place.where}: {why}" for place, why in list(late.items())[:_FEW]]
    return "; ".join(said) + (f"; and {len(late) - _FEW} more" if len(late) > _FEW else "")
