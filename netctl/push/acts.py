"""A step performed: the bench for its kind of target is laid out from the sheet, and the act behind its name runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from netctl.devices.nameserver.notes import Notes
from netctl.devices.target import Target
from netctl.errors import NetctlError, StoreError
from netctl.model.places import ZoneTargetName, zone_target
from netctl.model.plan import TargetKind, TargetPlan
from netctl.model.zonewrites import ZoneWrite
from netctl.plan.zonepart import change_of
from netctl.push.answering import PlacesOfCopies, names_resolved, zones_answered
from netctl.push.bench import Bench, Deadlines, Keeper
from netctl.push.boxes import box_of
from netctl.push.engine import Engine
from netctl.push.finish import KeeperOfWayBack
from netctl.push.member import Member, ServerMember, StepResult, answer
from netctl.push.names import WRITES
from netctl.push.names_sheet import NamesSheet, allowed_in
from netctl.push.serversteps import SERVER_ACTS
from netctl.push.serversteps.bench import Answers, ServerBench
from netctl.push.sessions import Sessions
from netctl.push.sheet import Sheet, device_of, expectation_of, names_in
from netctl.push.steps import ACTS
from netctl.push.zonesteps import ZONE_ACTS
from netctl.push.zonesteps.bench import Share, ZoneBench
from netctl.push.zoneways import ZoneWays
from netctl.store import Receipts
from netctl.zones import names


class Acts:
    """What the steps of one rollout's members do. Sessions into boxes are shared until a step has written."""

    def __init__(self, engine: Engine, change: str, sheet: Sheet, receipts: Receipts) -> None:
        self._engine = engine
        self._change = change
        self._sheet = sheet
        self._keeper: Keeper = receipts if sheet["direction"] == "forth" else KeeperOfWayBack(receipts)
        self.sessions = Sessions(self._connect)

    def kind(self, target: str) -> TargetKind:
        """What the plan says that a target is."""
        return self._share(target).kind

    def perform(
        self,
        target: str,
        step: str,
        memory: Mapping[str, StepResult],
        *,
        excused: tuple[str, ...] = (),
        deadlines: Deadlines | None = None,
    ) -> StepResult:
        """What a step answers; whatever it raises beside `StoreError` is a failure of the step."""
        deadlines = deadlines or self._engine.deadlines
        share = self._share(target)
        try:
            if share.kind == "zone":
                return ZONE_ACTS[step](self._zone(share, memory, deadlines))
            if share.kind == "server":
                return SERVER_ACTS[step](self._server(share, memory, deadlines))
            return ACTS[step](self._router(share, memory, deadlines, excused))
        except StoreError:
            raise
        except NetctlError as error:
            return answer("failed", str(error))
        except Exception as error:  # noqa: BLE001  a defect in a step must not leave its target half changed
            return answer("failed", f"defect of netctl: {type(error).__name__}: {error}")
        finally:
            if step in WRITES:
                self.sessions.end(target)

    def _share(self, target: str) -> TargetPlan:
        return self._engine.share(self._sheet["plan"], target)

    def _connect(self, name: str) -> Target:
        if name in self._sheet["devices"]:
            return self._engine.connect(device_of(self._sheet, name))
        return self._engine.boxes.connect(box_of(self._names, name))

    @property
    def _names(self) -> NamesSheet:
        return names_in(self._sheet)

    @property
    def _ways(self) -> ZoneWays:
        return ZoneWays(self._names, self._engine.settings, self._engine.store)

    def _router(
        self, share: TargetPlan, memory: Mapping[str, StepResult], deadlines: Deadlines, excused: tuple[str, ...]
    ) -> Bench:
        mate = self._sheet["mates"][share.target]
        member = Member(
            change=self._change,
            plan=share,
            mate=mate,
            expectation=expectation_of(self._sheet, share.target),
            mate_expectation=expectation_of(self._sheet, mate),
            rules=self._engine.rules(share.platform),
        )
        return Bench(
            member=member,
            connect=self.sessions.lend,
            keeper=self._keeper,
            deadlines=deadlines,
            probe_count=self._engine.settings.probe_count,
            excused=excused,
            pause=self._engine.pause,
            memory=memory,
        )

    def _server(self, share: TargetPlan, memory: Mapping[str, StepResult], deadlines: Deadlines) -> ServerBench:
        name, servers, ways = share.target, self._names["servers"], self._ways
        role = servers[name]["role"]
        seconds = float(min(self._engine.settings.command_timeout, deadlines.mate))

        def answers(server: str) -> Answers:
            ask = names_resolved if servers[server]["role"] == "resolver" else zones_answered
            return ask(ways, server, seconds)

        return ServerBench(
            member=ServerMember(self._change, share, self._engine.rules(share.platform)),
            connect=self.sessions.lend,
            keeper=self._keeper,
            deadlines=deadlines,
            mates=tuple(each for each, facts in servers.items() if facts["role"] == role and each != name),
            source=servers[name]["source"],
            taught=servers[name]["taught"],
            answers=answers,
            whole=self._sheet["direction"] == "forth",
            memory=memory,
            pause=self._engine.pause,
        )

    def _zone(self, share: TargetPlan, memory: Mapping[str, StepResult], deadlines: Deadlines) -> ZoneBench:
        ways, engine = self._ways, self._engine
        copies = ways.copies(share.target)
        forth = self._sheet["direction"] == "forth"
        owed = tuple(each.server.name for each in copies if each.server.name in _owed(engine))
        return ZoneBench(
            change=self._change,
            plan=share,
            share=_step(share),
            later=self._later(share) if forth else None,
            zone=ways.target(share.target, self._change, engine.boxes.zone_file),
            copies=PlacesOfCopies(copies, ways, engine.settings.command_timeout, owed),
            written=lambda token: _write(ways.notes, token),
            allowed=allowed_in(self._names["zones"][share.target]) if forth else None,
            deadlines=deadlines,
            owed=owed,
            memory=memory,
            pause=engine.pause,
        )

    def _later(self, share: TargetPlan) -> Share | None:
        """The second step of a zone that changes in two."""
        name = cast("ZoneTargetName", zone_target(share.target))
        if not name.leaving:
            return None
        found = self._engine.find_share(self._sheet["plan"], str(name._replace(leaving=False)))
        return _step(found) if found is not None else None


def _step(share: TargetPlan) -> Share:
    name = cast("ZoneTargetName", zone_target(share.target))
    return Share(share.running_digest, change_of(share, names.wire(name.zone)))


def _owed(engine: Engine) -> frozenset[str]:
    """Servers that were away when another primary was promoted, and have not had their turn since."""
    with engine.store.reading() as books:
        found = books.writers.latest()
    return frozenset(found.owed if found is not None else ())


def _write(notes: Notes, token: str) -> ZoneWrite | None:
    try:
        return notes.write(token)
    except LookupError:
        return None
