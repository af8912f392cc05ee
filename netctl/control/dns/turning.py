"""One name server after the other made to follow another writer: staged, committed with a deadline, proven, kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Literal

from netctl.control.dns.prospect import OURS
from netctl.control.dns.survey import Surveyor
from netctl.devices.nameserver.raising import raise_serials, takes_updates
from netctl.devices.nameserver.reading import serials_everywhere
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transfer import transfer
from netctl.devices.nameserver.transport import Connection
from netctl.devices.router import RouterTarget
from netctl.errors import NetctlError, PromotionStopped
from netctl.model.artefact import Part
from netctl.model.promotion import Promotion, PromotionStep
from netctl.push.crash import crash_here
from netctl.zones.data import ZoneData
from netctl.zones.difference import diff_lines, difference

Emit = Callable[[PromotionStep], None]
Proof = Callable[[], None]

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0  # seconds
_FEW = 3  # zones that are named


class Turning:
    """The servers of one promotion. Every step is in the store before it begins and when it ended."""

    def __init__(self, surveyor: Surveyor, promotion: Promotion, user: str, emit: Emit) -> None:
        self.surveyor = surveyor
        self.promotion = promotion
        self.user = user
        self._emit = emit
        settings = surveyor.settings
        self._seconds, self._workers = float(settings.connect_timeout), settings.fetch_workers
        self.patience = min(settings.settle_deadline, settings.confirm_deadline // 2)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def step(self, target: str, step: str) -> Iterator[list[str]]:
        """What happens inside is one step; what is put into the list is said of it."""
        self.note(target, step, "begun")
        crash_here(target, step, "before")
        said: list[str] = []
        try:
            yield said
        except NetctlError as error:
            self.note(target, step, "failed", str(error))
            raise
        crash_here(target, step, "after")
        self.note(target, step, "ok", "; ".join(said))

    def note(
        self, target: str, step: str, outcome: Literal["begun", "ok", "failed", "skipped"], detail: str = ""
    ) -> None:
        """One line of the promotion's steps, on disk when the call returns."""
        with self.surveyor.store.writing() as books:
            number = self.promotion.number
            noted = books.writers.note(number, target, step, outcome, actor=self.user, detail=detail)
        self._emit(noted)

    # ── configurations ───────────────────────────────────────────────────────────────────────────────────────────────

    def configure(self, name: str, writer: str, proof: Proof | None = None) -> str:
        """The server has what it must have while `writer` writes; what fails within `proof` is taken back.

        Whoever changed it since it was surveyed is not overwritten. What was done is the answer.
        """
        parts = self.surveyor.configurations.parts(name, writer)
        connect = self.surveyor.connector(writer, push=True)
        with connect(self.surveyor.declared.servers[name]) as target:
            token = self._brought(target, name, parts)
            try:
                if target.fetch().parts != parts:
                    raise PromotionStopped("it does not hold what was written", where=name)
                if proof is not None:
                    proof()
            except NetctlError:
                if token:
                    with suppress(NetctlError):  # it goes back by itself when its deadline has passed
                        target.roll_back(token)
                raise
            if token:
                target.confirm(token)
        return "configured" if token else "configured so already"

    def require_copy(self, name: str) -> None:
        """Nothing, where the server certainly takes no updates; raises `PromotionStopped`, or why nobody can tell."""
        with self.surveyor.connector(name, push=True)(self.surveyor.declared.servers[name]) as target:
            if target.pending() is not None or self.surveyor.configurations.writes(name, target.fetch().parts):
                raise PromotionStopped("it may still take updates: nobody else is made to write", where=name)

    def _brought(self, target: RouterTarget, name: str, parts: tuple[Part, ...]) -> str:
        """The token of the commit that waits for its confirmation; "" where the server held all of it for good."""
        pending, running = target.pending(), target.fetch().parts
        token = pending.token if pending is not None else ""
        if token and not token.startswith(OURS):
            raise PromotionStopped(f"commit {token} of {pending.owner if pending else ''} waits there", where=name)
        if token and running != parts:
            target.roll_back(token)
            token, running = "", target.fetch().parts
        if running == parts:
            return token
        if not self.surveyor.configurations.followed(name, running):
            raise PromotionStopped("somebody has changed its configuration", where=name)
        token = f"{OURS}{self.promotion.number}-{name}-{self._turns_of(name)}"
        target.stage(parts)
        target.commit(token, self.surveyor.settings.confirm_deadline)
        return token

    def _turns_of(self, name: str) -> int:
        with self.surveyor.store.reading() as books:
            return sum(each.target == name for each in books.writers.steps(self.promotion.number))

    # ── zones ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def prove(self, places: Mapping[ZonePlace, Collection[int]], leap: int) -> None:
        """The server takes updates: every zone's serial rises there above all others. Raises `PromotionStopped`."""
        first: dict[str, ZonePlace] = {}
        for place in places:
            first.setdefault(place.view, place)
        self._until(lambda: all(takes_updates(place, self._seconds) for place in first.values()), "takes no updates")
        left, errors = dict(places), dict[ZonePlace, NetctlError]()

        def risen() -> bool:
            answers = raise_serials(left, self._seconds, self._workers, leap=leap)
            errors.clear()
            errors.update({each: found for each, found in answers.items() if isinstance(found, NetctlError)})
            for each in answers.keys() - errors.keys():
                del left[each]
            return not left

        self._until(risen, lambda: _said({each: str(error) for each, error in errors.items()}))

    def serials(self, places: Collection[ZonePlace]) -> dict[ZonePlace, int | NetctlError]:
        """What each place serves now."""
        asked = list(places)
        return dict(zip(asked, serials_everywhere(asked, self._seconds, self._workers), strict=True))

    def raised(self, places: Mapping[ZonePlace, Collection[int]], leap: int) -> None:
        """The serials of zones of whoever writes, above others; raises the first error."""
        for found in raise_serials(places, self._seconds, self._workers, leap=leap).values():
            if isinstance(found, NetctlError):
                raise found

    def behind(self, pairs: Mapping[ZonePlace, ZonePlace]) -> dict[ZonePlace, str]:
        """Copies that did not come level with their sources in time, and why; asked until they are."""
        late: dict[ZonePlace, str] = dict.fromkeys(pairs, "")

        def level() -> bool:
            asked = {each: pairs[each] for each in late}
            found = self.serials([*asked, *asked.values()])
            late.clear()
            late.update({each: why for each, source in asked.items() if (why := _lag(found[each], found[source]))})
            return not late

        with suppress(PromotionStopped):
            self._until(level, "")
        return late

    def unequal(self, pairs: Mapping[ZonePlace, ZonePlace]) -> Iterator[tuple[str, str]]:
        """Copies that hold other records than their sources although their serials are level, and what they hold."""
        for copy, source in pairs.items():
            if change := difference(self._read(copy), self._read(source)):
                said = "; ".join(line.text for line in diff_lines(change)[:_FEW])
                yield copy.where, f"it does not hold the same as {source.server.name}: {said}"

    def _read(self, place: ZonePlace) -> ZoneData:
        with Connection(place.server, self.surveyor.settings.command_timeout, where=place.where) as connection:
            return transfer(connection, place)

    def _until(self, holds: Callable[[], bool], what: str | Callable[[], str]) -> None:
        """It holds, asked again and again; raises `PromotionStopped` at the deadline, or the last error there was."""
        until, pause = time.monotonic() + self.patience, _FIRST_PAUSE
        while True:
            error: NetctlError | None = None
            try:
                if holds():
                    return
            except NetctlError as one:
                error = one
            if time.monotonic() >= until:
                raise error or PromotionStopped(what if isinstance(what, str) else what())
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _lag(copy: int | NetctlError, source: int | NetctlError) -> str:
    if isinstance(copy, NetctlError):
        return str(copy)
    if isinstance(source, NetctlError):
        return str(source)
    return f"serves {copy}, not {source}" if copy != source else ""


def _said(errors: Mapping[ZonePlace, str]) -> str:
    more = f", and {len(errors) - _FEW} more zones" if len(errors) > _FEW else ""
    return "; ".join(list(errors.values())[:_FEW]) + more
